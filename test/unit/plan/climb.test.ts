/** Ever higher rates until one goes wrong: what stops it, and what is told of it. */
import { describe, expect, test } from 'vitest'
import type { Json, Step } from '../../../harness/model/plan.ts'
import type { Scenario } from '../../../harness/model/scenario.ts'
import { planScenario } from '../../../harness/plan/scenarios/scenario.ts'
import { seeded } from '../../../harness/random.ts'
import capacity from '../../../scenarios/capacity.ts'
import { rfc7523bis } from '../../../suites/profiles/rfc7523bis.ts'
import { FACTS } from './facts.ts'

const CLIMB: Scenario = {
  ...capacity,
  climb: { times: [1, 2, 4], unavailable: 0.1, slowMs: 1000 },
  tolerates: { dueToBegunP99Ms: 50, dropped: 0 },
}

/** What the judge says after a round: sums of all rounds, and the measurements of the last. */
interface Said {
  readonly live?: Readonly<Record<string, number>>
  readonly measured?: Readonly<Record<string, number>>
  readonly violated?: boolean
  readonly cells?: readonly Json[]
}

const QUIET = { 'generator/due-to-begun-p99-ms': 1, 'generator/dropped': 0 }

/** Every round asked for, given these answers, and the conclusion. */
function climbed(said: readonly Said[], maxPerSecond: number | null = null) {
  const experiment = planScenario(CLIMB, {
    policy: rfc7523bis.policy,
    facts: FACTS,
    random: seeded('7'),
    maxPerSecond,
  })
  const rounds: (readonly Step[])[] = []
  let next = experiment.start()
  while ('ask' in next) {
    rounds.push([...next.ask])
    const each = said[rounds.length - 1]
    if (each === undefined) break
    const judged = {
      live: {
        judged: rounds.length * 100,
        undecided: 0,
        falseAccepts: 0,
        falseRejects: 0,
        unavailable: 0,
        ...each.live,
      },
      measured: each.measured ?? QUIET,
      violated: each.violated ?? false,
      cells: each.cells ?? [],
    }
    next = experiment.next(next.state, judged)
  }
  const conclusion: Json = 'conclude' in next ? next.conclude : null
  return { rounds, conclusion }
}

describe('a climb', () => {
  test('asks the mix at each multiple in turn, and no name or identifier twice', () => {
    const { rounds, conclusion } = climbed([{}, {}, {}])
    const mix = CLIMB.mix?.kind === 'poisson' ? CLIMB.mix.perSecond * 5 : 0
    for (const [round, steps] of rounds.entries()) {
      const arrivals = new Set(steps.map(({ caseId }) => caseId)).size
      // Poisson: five standard deviations.
      const expected = mix * 2 ** round
      expect(Math.abs(arrivals - expected)).toBeLessThan(5 * Math.sqrt(expected))
    }
    const all = rounds.flat()
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
    const jtis = all.flatMap(({ parts }) =>
      Object.values(parts).flatMap((source) =>
        source.kind === 'minted' ? [JSON.stringify(Object(source.claims)['jti'])] : [],
      ),
    )
    expect(new Set(jtis).size).toBe(jtis.length)
    expect(conclusion).toMatchObject({
      says: 'right up to 200/s; and nothing higher was asked',
      rightUpTo: 200,
      stoppedAt: null,
      because: null,
    })
  })

  test.each<[string, Said, string]>([
    ['false-reject', { live: { falseRejects: 1 } }, 'the first false reject came at 100/s'],
    ['false-accept', { live: { falseAccepts: 1 } }, 'the first false accept came at 100/s'],
    ['false-accept', { violated: true }, 'the first false accept came at 100/s'],
    [
      'unavailable',
      { live: { unavailable: 6, undecided: 5 } },
      'too many requests went without an answer at 100/s',
    ],
    [
      'harness',
      { measured: { ...QUIET, 'generator/dropped': 1 } },
      'the harness itself could not keep up at 100/s',
    ],
    [
      'harness',
      { measured: { ...QUIET, 'generator/due-to-begun-p99-ms': 51 }, live: { unavailable: 90 } },
      'the harness itself could not keep up at 100/s',
    ],
    [
      'slow',
      { measured: { ...QUIET, 'latency/from-due-p99-ms': 1001 } },
      'answers came too late at 100/s',
    ],
    // What is missing says more than what was late.
    [
      'unavailable',
      { measured: { ...QUIET, 'latency/from-due-p99-ms': 1001 }, live: { unavailable: 11 } },
      'too many requests went without an answer at 100/s',
    ],
    ['nothing-judged', { live: { judged: 100 } }, 'nothing was judged at 100/s'],
  ])('stops for %s, and says at which rate', (because, second, says) => {
    const { rounds, conclusion } = climbed([{}, second, {}])
    expect(rounds).toHaveLength(2)
    expect(conclusion).toMatchObject({
      says: `right up to 50/s; ${says}`,
      rightUpTo: 50,
      stoppedAt: 100,
      because,
    })
  })

  test('counts of each rung are its own, not those of the rungs before', () => {
    const { conclusion } = climbed([
      { live: { unavailable: 9 } },
      { live: { unavailable: 18 } },
      { live: { unavailable: 27 } },
    ])
    expect(conclusion).toMatchObject({
      because: null,
      rungs: [{ unavailable: 9 }, { unavailable: 9 }, { unavailable: 9 }],
    })
  })

  test('tells of each rung how often each kind of answer was wrong there, over all nodes', () => {
    const cell = (metric: string, events: number, trials: number, more = {}) => ({
      metric,
      events,
      trials,
      frame: 'world',
      node: null,
      ...more,
    })
    const first = [cell('far', 0, 30), cell('far', 0, 10), cell('unavailability', 1, 80)]
    const others = [cell('far', 9, 9, { node: 'node-1' }), cell('frr', 9, 9, { frame: 'code' })]
    const { conclusion } = climbed([
      { cells: [...first, ...others] },
      { cells: [cell('far', 1, 90), cell('frr', 0, 50), cell('unavailability', 1, 240)] },
    ])
    const none = { events: 0, trials: 0 }
    expect(conclusion).toMatchObject({
      says: 'right up to 50/s; the first false accept came at 100/s',
      rungs: [
        {
          rates: {
            far: { events: 0, trials: 40 },
            'replay-acceptance': none,
            frr: none,
            unavailability: { events: 1, trials: 80 },
          },
        },
        {
          rates: {
            far: { events: 1, trials: 50 },
            'replay-acceptance': none,
            frr: { events: 0, trials: 50 },
            unavailability: { events: 0, trials: 160 },
          },
        },
      ],
    })
  })

  // One arrival in ten is sent twice, so 50/s are 55 requests, and 78 where three standard deviations more come.
  test.each<[limit: number, rounds: number, says: string]>([
    [1_000, 3, 'right up to 200/s; and nothing higher was asked'],
    [267, 3, 'right up to 200/s; and nothing higher was asked'],
    [144, 2, 'right up to 100/s; and 200/s would be more than is allowed'],
    [142, 1, 'right up to 50/s; and 100/s would be more than is allowed'],
    [78, 0, 'right at no rate; and 50/s would be more than is allowed'],
  ])('under a limit of %d/s asks %d rates', (limit, rounds, says) => {
    const { rounds: asked, conclusion } = climbed([{}, {}, {}], limit)
    expect(asked).toHaveLength(rounds)
    expect(conclusion).toMatchObject({
      says,
      because: rounds === 3 ? null : 'not-allowed',
      stoppedAt: null,
    })
  })

  test('that is held back by no limit goes on however slow answers are within its own', () => {
    const slow = { measured: { ...QUIET, 'latency/from-due-p99-ms': 1000 } }
    expect(climbed([slow, slow, slow]).conclusion).toMatchObject({ because: null })
  })

  test('that is wrong at once is right at no rate', () => {
    expect(climbed([{ live: { falseRejects: 1 } }]).conclusion).toMatchObject({
      says: 'right at no rate; the first false reject came at 50/s',
      rightUpTo: null,
    })
  })
})
