/** Honest requests ahead of everything else: when they let more be asked, and when not. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../../harness/model/plan.ts'
import { canaryExperiment, canaryScenario } from '../../../harness/plan/scenarios/canary.ts'
import { seeded } from '../../../harness/random.ts'
import { rfc7523bis } from '../../../suites/profiles/rfc7523bis.ts'
import { FACTS } from './facts.ts'

const CONTEXT = { policy: rfc7523bis.policy, facts: FACTS, random: seeded('7') }

/** What became of a round. */
interface Came {
  readonly in: number
  readonly refused?: number
  readonly failed?: number
  readonly unknown?: number
}

/** Asks a canary of 5 round by round for as long as it lives; the judge tells sums over all rounds. */
function flown(rounds: readonly Came[]) {
  const experiment = canaryExperiment(5, CONTEXT)
  const live = { judged: 0, falseAccepts: 0, falseRejects: 0, unavailable: 0, undecided: 0 }
  const names: string[] = []
  let next = experiment.start()
  for (const came of rounds) {
    if ('conclude' in next) break
    names.push(...[...next.ask].map(({ name }) => name))
    const { refused = 0, failed = 0, unknown = 0 } = came
    live.judged += came.in + refused + failed + unknown
    live.falseRejects += refused
    live.unavailable += failed
    live.undecided += unknown
    next = experiment.next(next.state, { live: { ...live } })
  }
  const fell: Json = 'conclude' in next ? next.conclude : null
  return { names, fell }
}

describe('a canary', () => {
  test('asks another round for as long as half are let in, and nothing twice', () => {
    const { names, fell } = flown([{ in: 5 }, { in: 3, failed: 2 }, { in: 3, refused: 2 }])
    expect(fell).toBeNull()
    expect(names).toHaveLength(15)
    expect(new Set(names).size).toBe(15)
  })

  test.each<[Came, string]>([
    [
      { in: 2, refused: 3 },
      'of 5 honest requests 2 were let in and 3 refused, and 0 got no answer that tells',
    ],
    [
      { in: 0, failed: 5 },
      'of 5 honest requests 0 were let in and 0 refused, and 5 got no answer that tells',
    ],
    [
      { in: 2, unknown: 1 },
      'of 5 honest requests 2 were let in and 0 refused, and 3 got no answer that tells',
    ],
  ])('falls at %j, also after rounds that went well', (came, says) => {
    expect(flown([came]).fell).toBe(says)
    expect(flown([{ in: 5 }, { in: 5 }, came]).fell).toBe(says)
  })

  test('falls when fewer than half of its own round were let in, whatever came before', () => {
    const came = fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 2 })).map(([letIn, kind]): Came => {
      const rest = 5 - letIn
      return { in: letIn, ...[{ refused: rest }, { failed: rest }, { unknown: rest }][kind] }
    })
    fc.assert(
      fc.property(fc.array(came, { minLength: 1 }), (rounds) => {
        const { names, fell } = flown(rounds)
        const at = rounds.findIndex((each) => each.in < 2.5)
        expect(fell === null).toBe(at < 0)
        expect(names).toHaveLength(5 * (at < 0 ? rounds.length : at + 1))
      }),
    )
  })

  test('is judged as so many honest requests of which any may be wrong, by nothing else', () => {
    expect(canaryScenario(3, FACTS)).toMatchObject({
      needs: [],
      streams: [
        {
          name: 'honest',
          attack: null,
          usage: 'client-authentication',
          by: 'honest',
          arrivals: { kind: 'in-turn', count: 3 },
          copies: 1,
          release: 'in-turn',
          nodes: 'rotate',
        },
      ],
      faults: [],
      guards: [{ counts: 'owed-accepts', stream: 'honest', needed: 1 }],
      gates: [],
    })
  })

  test('is of clients where the target says nothing of what it takes', () => {
    const [stream] = canaryScenario(1, { ...FACTS, usages: [] }).streams
    expect(stream?.usage).toBe('client-authentication')
  })

  test('goes on at exactly half of them, each round under names of its own', () => {
    const experiment = canaryExperiment(4, CONTEXT)
    const live = { judged: 4, falseAccepts: 0, falseRejects: 2, unavailable: 0, undecided: 0 }
    const first = experiment.start()
    const second = 'ask' in first ? experiment.next(first.state, { live }) : first
    expect('ask' in second ? [...second.ask].map(({ name }) => name) : []).toEqual(
      [0, 1, 2, 3].map((index) => `canary/r0/honest/1-${index}/c0`),
    )
    expect('ask' in second ? second.state.round : null).toBe(1)
  })

  test('asks for what the target takes, by the honest party', () => {
    const grants = { ...FACTS, usages: ['authorization-grant'] as const }
    expect(canaryScenario(3, grants).streams[0]?.usage).toBe('authorization-grant')
    const next = canaryExperiment(3, { ...CONTEXT, facts: grants }).start()
    const steps = 'ask' in next ? [...next.ask] : []
    expect(steps.map(({ principal }) => principal)).toEqual(Array(3).fill('honest-issuer'))
    // One after the other: none of them is a load.
    expect(steps.slice(1).every(({ due }) => 'after' in due)).toBe(true)
  })
})
