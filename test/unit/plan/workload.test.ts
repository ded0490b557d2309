/** How much a scenario sends and when, as far as its data says so: each kind of stream worked by hand. */
import { describe, expect, test } from 'vitest'
import type { FaultWindow } from '../../../harness/model/plan.ts'
import type {
  Arrivals,
  Gate,
  Pace,
  Phase,
  Scenario,
  Stream,
} from '../../../harness/model/scenario.ts'
import { requestsOf, secondsOf, trialsIn } from '../../../harness/plan/scenarios/workload.ts'
import { streamOf as someStream } from '../oracle/histories.ts'

const DURING = { startSeconds: 1, endSeconds: 3 }
/** At 1, 1.5, 2 and 2.5 s. */
const EVEN: Arrivals = { kind: 'even', perSecond: 2, ...DURING }
const BURST: Arrivals = { kind: 'burst', count: 5, atSeconds: 2, times: 3, everySeconds: 10 }
const IN_TURN: Arrivals = { kind: 'in-turn', count: 7 }
const CUT: FaultWindow = { fault: 'link.cut', on: 'edge', startSeconds: 1.5, endSeconds: 2 }

const stream = (arrivals: Arrivals, more: Partial<Stream> = {}): Stream =>
  someStream({ arrivals, copies: 1, ...more })

function scenario(streams: readonly Stream[], more: Partial<Scenario> = {}): Scenario {
  return { streams, faults: [], ...more } as unknown as Scenario
}

describe('the requests of a scenario', () => {
  test('are all copies of all arrivals, of a share so much of the mix', () => {
    const mix: Pace = { kind: 'even', perSecond: 4, ...DURING }
    const shared = stream({ kind: 'share', of: 0.5 })
    expect(requestsOf(scenario([stream(EVEN, { copies: 3 }), stream(IN_TURN)]))).toBe(12 + 7)
    expect(requestsOf(scenario([stream(BURST)]))).toBe(15)
    expect(requestsOf(scenario([shared], { mix }))).toBe(4)
  })
})

describe('the seconds of a scenario', () => {
  const seconds = (of: Stream, faults: readonly FaultWindow[] = []) =>
    secondsOf(scenario([of], { faults }))

  test('last until its streams end, each with its last copies', () => {
    const copies = { copies: 3, gapSeconds: 4 }
    expect(seconds(stream(EVEN))).toBe(3)
    expect(seconds(stream(EVEN, copies))).toBe(3 + 2 * 4)
    expect(seconds(stream(EVEN, { ...copies, release: 'in-rounds' }))).toBe(3 + 2 * 4)
    // Copies that are sent at once wait for no gap.
    expect(seconds(stream(EVEN, { ...copies, release: 'together' }))).toBe(3)
  })

  test.each<[string, Arrivals, number]>([
    ['several bursts', BURST, 2 + 2 * 10],
    ['one burst', { kind: 'burst', count: 5, atSeconds: 2 }, 2],
    ['arrivals at random', { kind: 'poisson', perSecond: 2, ...DURING }, 3],
    ['a ramp', { kind: 'ramp', fromPerSecond: 1, toPerSecond: 2, ...DURING }, 3],
    ['a staircase', { kind: 'staircase', perSecond: [1, 2], ...DURING }, 3],
  ])('of %s', (_, arrivals, expected) => {
    expect(seconds(stream(arrivals))).toBe(expected)
    expect(seconds(stream(arrivals, { copies: 2, gapSeconds: 4 }))).toBe(expected + 4)
  })

  test('last until its faults end, and until the longest of its streams', () => {
    expect(seconds(stream(EVEN), [{ ...CUT, endSeconds: 9 }])).toBe(9)
    expect(seconds(stream(EVEN), [CUT])).toBe(3)
    expect(secondsOf(scenario([stream(EVEN), stream(BURST)]))).toBe(22)
  })

  test('are the target’s to say where one stream waits for answers', () => {
    expect(secondsOf(scenario([stream(EVEN), stream(IN_TURN)]))).toBeNull()
  })
})

describe('the trials of a rate', () => {
  const trials = (
    of: Stream,
    metric: Gate['metric'],
    phase: Phase,
    faults: readonly FaultWindow[] = [],
  ) => {
    const { count, span } = trialsIn(of, metric, phase, { faults })
    return [count, span]
  }

  test('are one for each assertion, of false accepts one for each copy after the first, or for each race', () => {
    expect(trials(stream(EVEN), 'frr', 'steady')).toEqual([4, [1, 2.5]])
    expect(trials(stream(EVEN), 'far', 'steady')).toEqual([4, [1, 2.5]])
    const thrice = stream(EVEN, { copies: 3 })
    expect(trials(thrice, 'far', 'steady')).toEqual([8, [1, 2.5]])
    expect(trials(thrice, 'frr', 'steady')).toEqual([4, [1, 2.5]])
    expect(trials({ ...thrice, release: 'together' }, 'far', 'steady')).toEqual([4, [1, 2.5]])
    expect(trials(stream(IN_TURN, { copies: 3 }), 'far', 'steady')).toEqual([14, null])
    expect(trials(stream(IN_TURN, { copies: 3 }), 'frr', 'steady')).toEqual([7, null])
  })

  test('of copies in turn are due a gap later, and of no others', () => {
    const later = { copies: 2, gapSeconds: 10 }
    expect(trials(stream(EVEN, later), 'far', 'steady')).toEqual([4, [11, 12.5]])
    expect(trials(stream(EVEN, later), 'frr', 'steady')).toEqual([4, [1, 2.5]])
    expect(trials(stream(EVEN, { gapSeconds: 10 }), 'far', 'steady')).toEqual([4, [1, 2.5]])
    const rounds = stream(EVEN, { ...later, release: 'in-rounds' })
    expect(trials(rounds, 'far', 'steady')).toEqual([4, [1, 2.5]])
  })

  test('lie in the phase that their time lies in, the edges of a fault in the fault', () => {
    const at = (phase: Phase) => trials(stream(EVEN), 'frr', phase, [CUT])
    expect(at('before')).toEqual([1, [1, 1]])
    expect(at('during')).toEqual([2, [1.5, 2]])
    expect(at('after')).toEqual([1, [2.5, 2.5]])
    for (const phase of ['steady', 'transition'] as const) expect(at(phase)).toEqual([0, null])
    expect(trials(stream(EVEN), 'frr', 'during')).toEqual([0, null])
  })

  test('between two faults come after the first, and before both before', () => {
    const later = { ...CUT, startSeconds: 2.4, endSeconds: 9 }
    const early = { ...CUT, endSeconds: 1.6 }
    const at = (phase: Phase) => trials(stream(EVEN), 'frr', phase, [later, early])
    expect(at('before')).toEqual([1, [1, 1]])
    expect(at('during')).toEqual([2, [1.5, 2.5]])
    expect(at('after')).toEqual([1, [2, 2]])
  })

  test('of what waits for answers may all lie in any phase that there is', () => {
    const at = (phase: Phase, faults: readonly FaultWindow[]) =>
      trials(stream(IN_TURN), 'frr', phase, faults)[0]
    for (const phase of ['before', 'during', 'after'] as const) {
      expect([at(phase, [CUT]), at(phase, [])]).toEqual([7, 0])
    }
    expect([at('steady', [CUT]), at('steady', [])]).toEqual([0, 7])
    // Nothing is held in a moment of which nobody knows what was in force.
    expect([at('transition', [CUT]), at('transition', [])]).toEqual([0, 0])
  })
})
