import type { Scenario } from '../harness/model/scenario.ts'

/**
 * Somebody who saw an identifier, or guessed it, sends a forged assertion with it before the genuine one comes. All of it
 * goes by one client, so that a server which locks clients out after bad signatures spoils nobody else's requests.
 */
export default {
  name: 'jti-poisoning',
  question: 'Can a forged assertion use up the identifier of a genuine one that comes after it?',
  means: {
    conforms: 'Nothing that anybody could forge kept a genuine assertion out.',
    violates:
      'The target remembers identifiers before it has checked who signed them, so strangers can lock clients out.',
  },
  needs: [],
  nodes: 1,
  streams: [
    // Several between a forged one and its genuine one, and the next: a lock-out would look the same, and convict nobody.
    {
      name: 'undisturbed',
      attack: null,
      usage: 'client-authentication',
      by: 'hostile',
      arrivals: { kind: 'even', perSecond: 40, startSeconds: 0, endSeconds: 4.5 },
      copies: 1,
      release: 'in-turn',
      gapSeconds: 0,
      nodes: 'rotate',
      lifetimeSeconds: 60,
    },
    {
      name: 'forged-first',
      attack: 'forged-first',
      usage: 'client-authentication',
      by: 'hostile',
      arrivals: { kind: 'even', perSecond: 6, startSeconds: 1.5, endSeconds: 4.2 },
      copies: 2,
      release: 'in-turn',
      // Half way between two later forged ones.
      gapSeconds: 0.25,
      nodes: 'rotate',
      lifetimeSeconds: 60,
      first: { defect: { kind: 'signature-bit' } },
    },
    // Only the issuer itself can do this, so that whatever comes of it is an observation.
    {
      name: 'wrong-audience-first',
      attack: 'wrong-audience-first',
      usage: 'client-authentication',
      by: 'hostile',
      arrivals: { kind: 'even', perSecond: 8, startSeconds: 0.5, endSeconds: 1.3 },
      copies: 2,
      release: 'in-turn',
      gapSeconds: 0,
      nodes: 'rotate',
      lifetimeSeconds: 60,
      first: {
        set: { aud: 'https://another-server.cupel.example' },
        defect: { kind: 'audience', form: 'foreign' },
      },
    },
  ],
  faults: [],
  guards: [
    {
      name: 'genuine assertions judged after a forged one',
      counts: 'owed-accepts',
      stream: 'forged-first',
      needed: 12,
    },
    {
      name: 'requests of the same client judged in between',
      counts: 'owed-accepts',
      stream: 'undisturbed',
      needed: 80,
    },
  ],
  gates: [],
  // A target that lets a refusal spend the identifier leaves all of wrong-audience-first undecided, which are few here.
  maxUndecided: 0.15,
} satisfies Scenario
