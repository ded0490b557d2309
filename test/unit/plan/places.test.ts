/** Where the requests of a stream go, under which names, and what a repetition or a round changes of that: worked by hand. */
import { describe, expect, test } from 'vitest'
import type { Step } from '../../../harness/model/plan.ts'
import type { Scenario, Stream } from '../../../harness/model/scenario.ts'
import { lacks, planScenario } from '../../../harness/plan/scenarios/scenario.ts'
import { lacksFor, streamOf, type StreamContext } from '../../../harness/plan/scenarios/stream.ts'
import { seeded } from '../../../harness/random.ts'
import { idJag } from '../../../suites/profiles/id-jag.ts'
import { rfc7523bis } from '../../../suites/profiles/rfc7523bis.ts'
import { streamOf as someStream } from '../oracle/histories.ts'
import { EVERYTHING, FACTS, offering } from './facts.ts'

const CONTEXT = {
  scenario: 's',
  policy: rfc7523bis.policy,
  facts: FACTS,
  random: seeded('7'),
} as const

const THREE: Partial<Stream> = { arrivals: { kind: 'in-turn', count: 3 }, copies: 2 }

function planned(more: Partial<Stream>, context: Partial<StreamContext> = {}): readonly Step[] {
  return [...streamOf(someStream({ ...THREE, ...more }), { ...CONTEXT, ...context })]
}

const nodes = (...of: Parameters<typeof planned>) => planned(...of).map(({ node }) => node)

describe('the nodes of a stream', () => {
  const [A, B, C] = ['node-1', 'node-2', 'node-3']

  test('take turns by arrivals, by copies from one arrival’s to the next, or by copies alone', () => {
    expect(nodes({ nodes: 'rotate' })).toEqual([A, A, B, B, C, C])
    expect(nodes({ nodes: 'first-then-others' })).toEqual([A, B, B, C, C, A])
    expect(nodes({ nodes: 'spread' })).toEqual([A, B, A, B, A, B])
    expect(nodes({ nodes: { first: 'node-3', then: 'node-1' }, copies: 3 })).toEqual([
      C,
      A,
      A,
      C,
      A,
      A,
      C,
      A,
      A,
    ])
    expect(new Set(nodes({ nodes: 'rotate' }, { facts: { ...FACTS, nodes: [] } }))).toEqual(
      new Set([null]),
    )
  })

  test('go on taking turns where a scenario is asked once more', () => {
    const arrivals = { kind: 'in-turn', count: 2 } as const
    expect(nodes({ arrivals, copies: 1 })).toEqual([A, B])
    expect(nodes({ arrivals, copies: 1 }, { repetition: 1 })).toEqual([C, A])
    expect(nodes({ arrivals, copies: 1 }, { repetition: 2 })).toEqual([B, C])
  })
})

describe('the names of a stream', () => {
  const names = (context: Partial<StreamContext>) =>
    planned({ copies: 1 }, context).map(({ name, caseId }) => [name, caseId])

  test('tell the round that it is asked in, and which time', () => {
    expect(names({})[2]).toEqual(['s/r0/stream/2/c0', 's/stream/2'])
    expect(names({ repetition: 1 })[2]).toEqual(['s/r0/stream/1-2/c0', 's/stream/1-2'])
    expect(names({ round: 3 })[2]).toEqual(['s/r3/stream/3-2/c0', 's/stream/3-2'])
  })

  test('and with them what is drawn', () => {
    const arrivals = { kind: 'poisson', perSecond: 50, startSeconds: 0, endSeconds: 1 } as const
    const drawn = (repetition: number, name = 'stream') => {
      const steps = planned({ arrivals, copies: 1, name }, { repetition })
      return JSON.stringify(steps.map(({ due }) => due))
    }
    expect(drawn(0)).toBe(drawn(0))
    expect(new Set([drawn(0), drawn(1), drawn(0, 'other')]).size).toBe(3)
  })

  test('are what a recipe of them goes by, with the first and the last of what is sent', () => {
    const recipe = (more: Partial<Stream>, facts = FACTS) => {
      const { recipe: of } = streamOf(someStream(more), { ...CONTEXT, facts })
      return Object(of) as { readonly shown: readonly Step[]; readonly scenario: string }
    }
    expect(recipe(THREE).shown.map(({ name }) => name)).toEqual([
      's/r0/stream/0/c0',
      's/r0/stream/0/c1',
    ])
    const tried = recipe({ ...THREE, tries: true }).shown
    expect(tried.map(({ name }) => name.replace('s/r0/stream/', ''))).toEqual([
      '0/c0',
      '0/c0/token',
      '0/c1',
      '0/c1/token',
    ])
    expect(recipe({ arrivals: { kind: 'in-turn', count: 0 } }).shown).toEqual([])
    expect(recipe(THREE)).toMatchObject({ scenario: 's' })
  })
})

describe('a request of a stream', () => {
  test('goes to where its usage is presented', () => {
    const endpoint = (usage: Stream['usage']) =>
      planned({ usage, copies: 1 }, { facts: EVERYTHING })[0]?.endpoint
    expect(endpoint('client-authentication')).toBe('token')
    expect(endpoint('bearer-token')).toBe('resource')
  })

  test('is one of a race only where its copies are sent at once', () => {
    const races = (release: Stream['release']) =>
      planned({ release, arrivals: { kind: 'in-turn', count: 1 } }).map(({ race }) => race)
    expect(races('together')).toEqual(['s/stream/0', 's/stream/0'])
    expect(races('in-turn')).toEqual([null, null])
    expect(planned({})[0]).toMatchObject({ onChallenge: 'record', verifierNowSeconds: null })
  })

  test('has a client’s assertion of its own beside each copy', () => {
    const steps = planned(
      { usage: 'authorization-grant' },
      { policy: idJag.policy, facts: EVERYTHING },
    )
    const besides = steps.map(({ parts: { client_assertion: source } }) =>
      source?.kind === 'minted' ? JSON.stringify(Object(source.claims)['jti']) : null,
    )
    expect(new Set(besides).size).toBe(6)
    expect(besides).not.toContain(null)
  })
})

describe('a stream that cannot be planned is an error of whoever plans it', () => {
  test('for want of a party or of a mix', () => {
    const proofs = { usage: 'dpop-proof' } as const
    expect(() => planned(proofs)).toThrow('no party for dpop-proof')
    expect(lacksFor(someStream(proofs), FACTS)).toBe('the target has no dpop-proof')
    const share = { arrivals: { kind: 'share', of: 0.5 } } as const
    expect(() => planned(share)).toThrow('stream is a share of no mix')
    expect(() => planned({ endpoints: 'first-then-others' })).toThrow('no endpoint to send it to')
    const many = { ...FACTS.endpoints, par: 'https://as.example/par' }
    const declares = { ...FACTS.declares, remembersAcross: ['token', 'par'] }
    const endpoints = planned(
      { endpoints: 'first-then-others', nodes: 'rotate' },
      { facts: { ...FACTS, endpoints: many, declares } },
    ).map(({ endpoint }) => endpoint)
    expect(endpoints).toEqual(['token', 'par', 'par', 'token', 'token', 'par'])
  })
})

const SCENARIO: Scenario = {
  name: 's',
  question: 'Is it?',
  means: { conforms: 'It is.', violates: 'It is not.' },
  needs: [],
  nodes: 3,
  streams: [someStream({ ...THREE, copies: 1 })],
  faults: [{ fault: 'link.cut', on: 'edge', startSeconds: 1, endSeconds: 2 }],
  guards: [],
  gates: [],
  maxUndecided: 0,
}

describe('a scenario', () => {
  test('runs on as many nodes as it needs, and on a target of which nobody knows what it offers', () => {
    expect(lacks(SCENARIO, FACTS, offering())).toBeNull()
    expect(lacks({ ...SCENARIO, nodes: 4 }, FACTS, null)).toBe(
      'needs 4 nodes that can be asked one by one; the target has 3',
    )
    expect(lacks({ ...SCENARIO, needs: ['link'] }, FACTS, null)).toBeNull()
  })

  test('names each control that it lacks, and why where that is known', () => {
    const needs = ['link', 'clock', 'keys']
    const offered = { ...offering('keys'), lacking: { clock: 'apt install faketime' } }
    expect(lacks({ ...SCENARIO, needs }, FACTS, offered)).toBe(
      'needs the control link, clock, which the target does not offer: apt install faketime',
    )
    expect(lacks({ ...SCENARIO, needs }, FACTS, offering('keys', 'clock'))).toBe(
      'needs the control link, which the target does not offer',
    )
  })

  test('is asked repetition by repetition, each a part of the round, with its faults', () => {
    const experiment = planScenario(SCENARIO, CONTEXT, [2, 5])
    const first = experiment.start()
    expect(first).toMatchObject({ faults: SCENARIO.faults, part: { number: 1, of: 2 }, state: 0 })
    const asked = (next: typeof first) =>
      'ask' in next ? [...next.ask].map(({ name }) => name) : []
    expect(asked(first)[0]).toBe('s/r0/stream/2-0/c0')
    const second = experiment.next(0, null)
    expect(second).toMatchObject({ part: { number: 2, of: 2 }, state: 1 })
    expect(asked(second)[0]).toBe('s/r0/stream/5-0/c0')
    expect(experiment.next(1, null)).toEqual({ conclude: null })
    expect(planScenario(SCENARIO, CONTEXT).start()).not.toHaveProperty('part')
    expect(planScenario(SCENARIO, CONTEXT, []).start()).toEqual({ conclude: null })
  })
})

describe('a scenario that climbs', () => {
  const mix = { kind: 'even', perSecond: 10, startSeconds: 0, endSeconds: 1 } as const
  const CLIMB: Scenario = {
    ...SCENARIO,
    mix,
    climb: { times: [1, 3], unavailable: 0 },
    // Of each arrival one request and a half.
    streams: [
      someStream({ name: 'once', arrivals: { kind: 'share', of: 0.5 }, copies: 1 }),
      someStream({ name: 'twice', arrivals: { kind: 'share', of: 0.5 }, copies: 2 }),
      someStream({ name: 'beside', arrivals: { kind: 'in-turn', count: 1 }, copies: 9 }),
    ],
  }
  const started = (maxPerSecond: number | null, repetitions?: readonly number[]) =>
    planScenario(CLIMB, { ...CONTEXT, maxPerSecond }, repetitions).start()

  test('asks its mix at each multiple, in rounds of their own', () => {
    const next = started(null)
    const names = 'ask' in next ? [...next.ask].map(({ name }) => name) : []
    expect(names.filter((name) => name.includes('/once/'))).toHaveLength(5)
    expect(names[0]).toBe('s/r0/once/0/c0')
  })

  test('is held to the limit by the requests that its mix comes to', () => {
    expect(started(15)).toHaveProperty('ask')
    expect(started(14)).toHaveProperty('conclude')
  })

  test('is asked once however often others are, by the shard that asks the first', () => {
    expect(started(null, [0, 1])).not.toHaveProperty('part')
    const elsewhere = planScenario(CLIMB, CONTEXT, [1])
    expect(elsewhere).toMatchObject({ name: 's', question: 'Is it?' })
    expect(elsewhere.start()).toEqual({ conclude: null })
    expect(elsewhere.next(0, null)).toEqual({ conclude: null })
  })
})
