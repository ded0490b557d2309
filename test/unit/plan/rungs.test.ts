/** The rungs of a climb by hand: what each is judged by, and what is said of it where nothing but figures is there. */
import { describe, expect, test } from 'vitest'
import type { Json } from '../../../harness/model/plan.ts'
import type { Pace } from '../../../harness/model/scenario.ts'
import { climbingExperiment, type Climbing } from '../../../harness/plan/scenarios/climb.ts'

const DURING = { startSeconds: 0, endSeconds: 1 }
const MIX: Pace = { kind: 'even', perSecond: 1000, ...DURING }

/** Every pace that is asked for, given what the judge says after each round, and the conclusion. */
function climbed(judged: readonly Json[], more: Partial<Climbing> = {}) {
  const paces: (readonly [round: number, pace: Pace])[] = []
  const experiment = climbingExperiment({
    name: 's',
    question: 'How much?',
    mix: MIX,
    climb: { times: [1, 2, 4], unavailable: 0.1, slowMs: 100 },
    tolerates: {},
    requests: 2,
    maxPerSecond: null,
    asked: (round, pace) => {
      paces.push([round, pace])
      return []
    },
    ...more,
  })
  let next = experiment.start()
  for (const each of judged) {
    if ('conclude' in next) break
    next = experiment.next(next.state, each)
  }
  const conclusion = ('conclude' in next ? next.conclude : null) as Record<string, Json> | null
  return { paces, conclusion, experiment }
}

/** Sums over all rounds so far, and the measurements of the last. */
function said(round: number, live: object = {}, measured: object = {}, more: object = {}): Json {
  const base = {
    judged: 100 * round,
    falseAccepts: 0,
    falseRejects: 0,
    unavailable: 0,
    undecided: 0,
  }
  return { live: { ...base, ...live }, measured: { ...measured }, ...more }
}

const because = (judged: readonly Json[], more: Partial<Climbing> = {}) =>
  climbed(judged, more).conclusion?.['because']

describe('a climb', () => {
  test('asks each multiple of its mix in a round of its own, and tells what each came to', () => {
    const measured = {
      'latency/from-due-p50-ms': 3,
      'latency/from-due-p99-ms': 9,
      'generator/due-to-begun-p99-ms': 1,
      'generator/dropped': 0,
    }
    const { paces, conclusion, experiment } = climbed([
      said(1, { unavailable: 2, undecided: 1 }, measured),
      said(2, { unavailable: 2, undecided: 1 }, measured),
      said(3, { unavailable: 2, undecided: 1 }, measured),
    ])
    expect([experiment.name, experiment.question]).toEqual(['s', 'How much?'])
    expect(paces.map(([round, pace]) => [round, Object(pace).perSecond])).toEqual([
      [0, 1000],
      [1, 2000],
      [2, 4000],
    ])
    expect(conclusion).toMatchObject({
      says: 'right up to 4,000/s; and nothing higher was asked',
      rightUpTo: 4000,
      stoppedAt: null,
      because: null,
    })
    const none = { events: 0, trials: 0 }
    expect(conclusion?.['rungs']).toMatchObject([
      {
        perSecond: 1000,
        judged: 100,
        falseAccepts: 0,
        falseRejects: 0,
        unavailable: 3,
        fromDueP50Ms: 3,
        fromDueP99Ms: 9,
        dueToBegunP99Ms: 1,
        dropped: 0,
        rates: { far: none, 'replay-acceptance': none, frr: none, unavailability: none },
        wrong: null,
      },
      { perSecond: 2000, judged: 100, unavailable: 0 },
      { perSecond: 4000, judged: 100, unavailable: 0 },
    ])
  })

  test('tells how often answers of each kind were wrong in its own round, of all nodes, by true time', () => {
    const cell = (metric: string, trials: number, more = {}) => ({
      metric,
      frame: 'world',
      node: null,
      events: 0,
      trials,
      ...more,
    })
    const apart = [cell('frr', 99, { node: 'node-1' }), cell('frr', 99, { frame: 'code' })]
    const first = [cell('frr', 10), cell('frr', 5), cell('far', 7), ...apart]
    const { conclusion } = climbed([
      said(1, {}, {}, { cells: first }),
      said(2, {}, {}, { cells: [cell('frr', 40), cell('far', 9, { events: 1 })] }),
    ])
    const none = { events: 0, trials: 0 }
    const rates = (far: object, frr: object) => ({
      rates: { far, frr, 'replay-acceptance': none, unavailability: none },
    })
    expect(conclusion?.['rungs']).toMatchObject([
      rates({ events: 0, trials: 7 }, { events: 0, trials: 15 }),
      rates({ events: 1, trials: 2 }, { events: 0, trials: 25 }),
    ])
  })

  test('asks nothing in vain: a round has neither faults nor a rate above its limit', () => {
    const { paces, conclusion } = climbed([said(1), said(2)], { maxPerSecond: 4000 })
    expect(paces).toHaveLength(2)
    expect(conclusion).toMatchObject({
      says: 'right up to 2,000/s; and 4,000/s would be more than is allowed',
      because: 'not-allowed',
      rightUpTo: 2000,
      stoppedAt: null,
    })
    expect(climbed([], { maxPerSecond: 1999 }).conclusion).toMatchObject({
      says: 'right at no rate; and 1,000/s would be more than is allowed',
      rightUpTo: null,
    })
    const next = climbed([]).experiment.start()
    expect(next).toMatchObject({ faults: [], state: { rungs: [] } })
  })

  test.each<[string, Pace, number]>([
    ['even arrivals by their rate', MIX, 2000],
    // 400 a second, and three standard deviations of 20.
    [
      'arrivals at random by what hardly ever comes',
      { ...MIX, kind: 'poisson', perSecond: 400 },
      920,
    ],
    ['a ramp by its end', { kind: 'ramp', fromPerSecond: 5, toPerSecond: 50, ...DURING }, 100],
    [
      'a ramp down by its start',
      { kind: 'ramp', fromPerSecond: 50, toPerSecond: 5, ...DURING },
      100,
    ],
    ['stairs by the highest', { kind: 'staircase', perSecond: [5, 50, 7], ...DURING }, 100],
  ])('holds %s to the limit', (_, mix, needed) => {
    const asks = (maxPerSecond: number) => climbed([], { mix, maxPerSecond }).paces.length
    expect([asks(needed), asks(needed - 1)]).toEqual([1, 0])
  })
})

describe('a rung is wrong', () => {
  test('by one false answer, whatever else', () => {
    const late = { 'generator/due-to-begun-p99-ms': 999 }
    expect(because([said(1, { falseRejects: 1, falseAccepts: 1 }, late)])).toBe('false-reject')
    expect(because([said(1, { falseAccepts: 1 }, late)])).toBe('false-accept')
    expect(because([said(1, {}, late, { violated: true })])).toBe('false-accept')
    expect(because([said(1, {}, {}, { violated: 'yes' })])).toBeUndefined()
    const far = { metric: 'far', frame: 'world', node: null, events: 1, trials: 1 }
    expect(because([said(1, {}, late, { cells: [far] })])).toBe('false-accept')
    // What was wrong a round ago is wrong no more.
    const then = [said(1, {}, {}, { cells: [{ ...far, events: 0 }] })]
    expect(because([...then, said(2, { falseRejects: 1 })])).toBe('false-reject')
  })

  test('by what the harness did, beyond what is tolerated or, where nothing is said, 50 ms and none', () => {
    const begun = (ms: number) => said(1, {}, { 'generator/due-to-begun-p99-ms': ms })
    const dropped = (count: number) => said(1, {}, { 'generator/dropped': count })
    expect([because([begun(50)]), because([begun(51)])]).toEqual([undefined, 'harness'])
    expect([because([dropped(0)]), because([dropped(1)])]).toEqual([undefined, 'harness'])
    const tolerates = { dueToBegunP99Ms: 70, dropped: 2 }
    expect([70, 71].map((ms) => because([begun(ms)], { tolerates }))).toEqual([
      undefined,
      'harness',
    ])
    expect([2, 3].map((count) => because([dropped(count)], { tolerates }))).toEqual([
      undefined,
      'harness',
    ])
  })

  test('by what is missing, beyond a share, and by what comes late, beyond a time', () => {
    expect(because([said(1, { judged: 0 })])).toBe('nothing-judged')
    expect(because([said(1, { unavailable: 10 })])).toBeUndefined()
    expect(because([said(1, { unavailable: 10, undecided: 1 })])).toBe('unavailable')
    const slow = (ms: number) => said(1, {}, { 'latency/from-due-p99-ms': ms })
    expect([because([slow(100)]), because([slow(101)])]).toEqual([undefined, 'slow'])
    const patient = { climb: { times: [1, 2], unavailable: 0.1 } }
    expect(because([slow(1e9)], patient)).toBeUndefined()
  })

  test('and the last that was right is told with what stopped it', () => {
    const { conclusion } = climbed([said(1), said(2, { falseRejects: 1 })])
    expect(conclusion).toMatchObject({
      says: 'right up to 1,000/s; the first false reject came at 2,000/s',
      rightUpTo: 1000,
      stoppedAt: 2000,
      because: 'false-reject',
    })
  })

  test.each([
    ['false-accept', { falseAccepts: 1 }, {}, 'the first false accept came'],
    ['unavailable', { unavailable: 50 }, {}, 'too many requests went without an answer'],
    ['slow', {}, { 'latency/from-due-p99-ms': 101 }, 'answers came too late'],
    ['harness', {}, { 'generator/dropped': 1 }, 'the harness itself could not keep up'],
    ['nothing-judged', { judged: 0 }, {}, 'nothing was judged'],
  ])('%s is said in words', (_, live, measured, words) => {
    expect(climbed([said(1, live, measured)]).conclusion?.['says']).toBe(
      `right at no rate; ${words} at 1,000/s`,
    )
  })
})
