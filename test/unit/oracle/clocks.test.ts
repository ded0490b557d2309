import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HistoryEvent } from '../../../harness/model/history.ts'
import { clocksOf, fault, measured, S, UNKNOWN } from './clock-events.ts'

describe("a clock's offset", () => {
  test('is unknown without a measurement', () => {
    expect(clocksOf([]).offset('node-1', 0, S)).toEqual(UNKNOWN)
    expect(clocksOf([measured('node-2', 0, 0, 0)]).offset('node-1', 0, S)).toEqual(UNKNOWN)
  })

  test('is what was measured, at that moment', () => {
    expect(clocksOf([measured('node-1', 5, -3, 7)]).offset('node-1', 5 * S, 5 * S)).toEqual({
      lowUs: -3,
      highUs: 7,
    })
  })

  test('between two measurements is the hull of both, widened by 500 ppm of the gap', () => {
    const clocks = clocksOf([measured('node-1', 0, 0, 100), measured('node-1', 10, -50, 20)])
    // 500 ppm of 10 s is 5 ms.
    expect(clocks.offset('node-1', 4 * S, 5 * S)).toEqual({ lowUs: -5050, highUs: 5100 })
  })

  test('beyond the outermost measurements is theirs, widened by 500 ppm of the distance', () => {
    const clocks = clocksOf([measured('node-1', 10, 1, 2)])
    expect(clocks.offset('node-1', 12 * S, 14 * S)).toEqual({ lowUs: 1 - 2000, highUs: 2 + 2000 })
    expect(clocks.offset('node-1', 6 * S, 8 * S)).toEqual({ lowUs: 1 - 2000, highUs: 2 + 2000 })
    expect(clocks.offset('node-1', 6 * S, 12 * S)).toEqual({ lowUs: 1 - 2000, highUs: 2 + 2000 })
  })

  test('over a long time is the hull of everything in it', () => {
    const clocks = clocksOf([
      measured('node-1', 0, 0, 0),
      measured('node-1', 1, 90_000, 90_000),
      measured('node-1', 2, 0, 0),
    ])
    expect(clocks.offset('node-1', 0.5 * S, 1.5 * S)).toEqual({ lowUs: -500, highUs: 90_500 })
  })

  test('is the same whatever was asked before', () => {
    const seconds = [0, 1, 2, 3]
    const read = seconds.map((at) => measured('node-1', at, at, at))
    const spans = seconds.flatMap((from) =>
      seconds.filter((to) => to >= from).map((to) => [from * S - 9, to * S + 9] as const),
    )
    const clocks = clocksOf(read)
    for (const one of spans) {
      for (const other of spans) {
        clocks.offset('node-1', ...one)
        expect(clocks.offset('node-1', ...other)).toEqual(clocksOf(read).offset('node-1', ...other))
      }
    }
  })

  test('without an end is unknown', () => {
    expect(clocksOf([measured('node-1', 0, 0, 0)]).offset('node-1', 0, Infinity)).toEqual(UNKNOWN)
  })

  test('of an unknown node is the hull over all nodes, and not of the store', () => {
    const events = [
      measured('node-1', 0, -5, 0),
      measured('node-2', 0, 0, 9),
      measured('store', 0, -99, 99),
    ]
    expect(clocksOf(events).offset(null, 0, 0)).toEqual({ lowUs: -5, highUs: 9 })
    expect(clocksOf(events.slice(1)).offset(null, 0, 0)).toEqual(UNKNOWN)
  })

  test('reads the infinity that JSON has made a null of', () => {
    const event = JSON.parse(JSON.stringify(measured('node-1', 0, -Infinity, 4))) as HistoryEvent
    expect(clocksOf([event]).offset('node-1', 0, 0)).toEqual({ lowUs: -Infinity, highUs: 4 })
  })

  test('does not depend on the order in which measurements are seen', () => {
    const measurement = fc.record({
      at: fc.nat({ max: 20 }),
      low: fc.integer({ min: -9, max: 0 }),
      high: fc.nat({ max: 9 }),
    })
    const drawn = fc
      .uniqueArray(measurement, { maxLength: 6, selector: ({ at }) => at })
      .chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      )
    fc.assert(
      fc.property(drawn, fc.nat({ max: 20 }), fc.nat({ max: 20 }), ([one, other], from, length) => {
        const [a, b] = [one, other].map((all) =>
          clocksOf(all.map(({ at, low, high }) => measured('node-1', at, low, high))),
        )
        const span = [from * S, (from + length) * S] as const
        expect(a?.offset('node-1', ...span)).toEqual(b?.offset('node-1', ...span))
      }),
      { seed: 7523, numRuns: 300 },
    )
  })

  test('of a clock that drifts by less than 500 ppm always lies within the interval', () => {
    const drawn = [
      fc.integer({ min: -499, max: 499 }),
      fc.uniqueArray(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 8 }),
    ] as const
    fc.assert(
      fc.property(...drawn, fc.nat({ max: 1000 }), (ppm, measuredAt, at) => {
        const trueUs = (seconds: number): number => ppm * seconds
        const clocks = clocksOf(
          measuredAt.map((each) => measured('node-1', each, trueUs(each), trueUs(each))),
        )
        const { lowUs, highUs } = clocks.offset('node-1', at * S, at * S)
        expect(lowUs <= trueUs(at) && trueUs(at) <= highUs).toBe(true)
      }),
      { seed: 7523, numRuns: 300 },
    )
  })
})

describe('a fault that moves a clock', () => {
  const before = measured('node-1', 8, 0, 0)
  const after = measured('node-1', 14, 90 * S, 90 * S)
  const inflicted = [fault('inflicting', 10), fault('confirmed', 12)]

  test('makes its offset unknown until it is confirmed and measured again', () => {
    expect(clocksOf([before, fault('inflicting', 10)]).offset('node-1', 11 * S, 11 * S)).toEqual(
      UNKNOWN,
    )
    expect(clocksOf([before, ...inflicted]).offset('node-1', 11 * S, 11 * S)).toEqual(UNKNOWN)
    expect(clocksOf([before, ...inflicted]).offset('node-1', 13 * S, 13 * S)).toEqual(UNKNOWN)
  })

  test('makes it the hull of before and after, once both are known', () => {
    const clocks = clocksOf([before, ...inflicted, after])
    const hull = { lowUs: -3000, highUs: 90 * S + 3000 }
    expect(clocks.offset('node-1', 11 * S, 11 * S)).toEqual(hull)
    expect(clocks.offset('node-1', 13 * S, 13 * S)).toEqual(hull)
    expect(clocks.offset('node-1', 14 * S, 14 * S)).toEqual({ lowUs: 90 * S, highUs: 90 * S })
  })

  test('is not thought over because of a measurement in its midst', () => {
    const amid = measured('node-1', 11.5, 0, 0)
    const clocks = clocksOf([before, ...inflicted, amid, after])
    expect(clocks.offset('node-1', 11 * S, 11 * S).highUs).toBeGreaterThanOrEqual(90 * S)
    expect(clocksOf([before, ...inflicted, amid]).offset('node-1', 13 * S, 13 * S)).toEqual(UNKNOWN)
  })

  test('leaves what was measured before it to the time before it', () => {
    expect(clocksOf([before, ...inflicted]).offset('node-1', 9 * S, 9 * S)).toEqual({
      lowUs: -500,
      highUs: 500,
    })
    expect(clocksOf([...inflicted, after]).offset('node-1', 9 * S, 9 * S)).toEqual(UNKNOWN)
  })

  test('does the same when it is mended, and never ends if it is not', () => {
    const known = [before, ...inflicted, after, fault('mending', 20)]
    expect(clocksOf(known).offset('node-1', 21 * S, 21 * S)).toEqual(UNKNOWN)
    expect(
      clocksOf([...known, fault('unmended', 22), measured('node-1', 24, 0, 0)]).offset(
        'node-1',
        25 * S,
        25 * S,
      ),
    ).toEqual(UNKNOWN)
    const mended = clocksOf([...known, fault('mended', 22), measured('node-1', 24, 0, 0)])
    expect(mended.offset('node-1', 21 * S, 21 * S)).toEqual({ lowUs: -5000, highUs: 90 * S + 5000 })
    expect(mended.offset('node-1', 24 * S, 24 * S)).toEqual({ lowUs: 0, highUs: 0 })
  })

  test('that could not be confirmed leaves the clock unknown until it was mended', () => {
    const events = [
      before,
      fault('inflicting', 10),
      fault('unconfirmed', 12),
      measured('node-1', 13, 0, 0),
    ]
    expect(clocksOf(events).offset('node-1', 13 * S, 13 * S)).toEqual(UNKNOWN)
    const mended = [fault('mending', 20), fault('mended', 22), measured('node-1', 24, 1, 1)]
    const clocks = clocksOf([...events, ...mended])
    expect(clocks.offset('node-1', 24 * S, 24 * S)).toEqual({ lowUs: 1, highUs: 1 })
    expect(clocks.offset('node-1', 13 * S, 13 * S)).toEqual({ lowUs: -5500, highUs: 1 + 5500 })
  })

  test('is over with what is read at the very moment of its confirming, and not touched before its beginning', () => {
    const clocks = clocksOf([
      measured('node-1', 10, 0, 0),
      ...inflicted,
      measured('node-1', 12, 9 * S, 9 * S),
    ])
    expect(clocks.offset('node-1', 12 * S, 12 * S)).toEqual({ lowUs: 9 * S, highUs: 9 * S })
    expect(clocks.offset('node-1', 11 * S, 11 * S)).toEqual({ lowUs: -1000, highUs: 9 * S + 1000 })
    // What was judged as it began may have been judged by the moved clock.
    expect(clocks.offset('node-1', 10 * S, 10 * S)).toEqual({ lowUs: -1000, highUs: 9 * S + 1000 })
    expect(clocks.offset('node-1', 9 * S, 9 * S)).toEqual({ lowUs: -500, highUs: 500 })
  })

  test('makes what spans several of them the hull of what was read around all', () => {
    const again = [fault('mending', 13), fault('mended', 13.5), measured('node-1', 20, -S, -S)]
    // 8 s to 20 s is all that was read: 12 s without a reading on one side of each.
    const clocks = clocksOf([before, ...inflicted, ...again])
    expect(clocks.offset('node-1', 11 * S, 11 * S)).toEqual({ lowUs: -S - 6000, highUs: 6000 })
    expect(clocks.offset('node-1', 13.2 * S, 13.2 * S)).toEqual({ lowUs: -S - 6000, highUs: 6000 })
  })

  test('reaches as far as another one that overlaps it, before it or after it, whichever was told first', () => {
    const during = (from: number, to: number, name: string) => [
      fault('inflicting', from, 'node-1', name),
      fault('confirmed', to, 'node-1', name),
    ]
    const read = (...seconds: readonly [at: number, offset: number][]) =>
      seconds.map(([at, offset]) => measured('node-1', at, offset * S, offset * S))
    const [one, other] = [during(10, 20, 'clock.step'), during(15, 40, 'clock.drift')]
    // What was read at 12 s, amid the first, may have been moved by either since.
    const early = read([5, -1], [12, 0], [25, 0], [45, 0])
    for (const order of [
      [...one, ...other],
      [...other, ...one],
    ]) {
      const { lowUs } = clocksOf([...order, ...early]).offset('node-1', 35 * S, 35 * S)
      expect(lowUs).toBe(-S - 3500)
      const until = clocksOf([...order, ...early]).offset('node-1', 35 * S, 45 * S)
      expect(until.lowUs).toBe(-S - 3500)
    }
    const late = read([5, 0], [17, 0], [30, 0], [45, 1])
    for (const order of [
      [...one, ...other],
      [...other, ...one],
    ]) {
      const { highUs } = clocksOf([...order, ...late]).offset('node-1', 11 * S, 11 * S)
      expect(highUs).toBe(S + 7500)
      const from = clocksOf([...order, ...late]).offset('node-1', 5 * S, 11 * S)
      expect(from.highUs).toBe(S + 7500)
    }
  })

  test('of one clock ends with its own confirming, not with that of another', () => {
    const events = [
      before,
      measured('node-2', 8, 0, 0),
      fault('inflicting', 10, 'node-1'),
      fault('inflicting', 11, 'node-2'),
      fault('confirmed', 12, 'node-2'),
      measured('node-1', 14, 0, 0),
      measured('node-2', 14, 0, 0),
    ]
    expect(clocksOf(events).offset('node-1', 14 * S, 14 * S)).toEqual(UNKNOWN)
    expect(clocksOf(events).offset('node-2', 14 * S, 14 * S)).toEqual({ lowUs: 0, highUs: 0 })
  })

  test('that is said to be confirmed and was never inflicted touches nothing', () => {
    expect(clocksOf([fault('confirmed', 7), before]).offset('node-1', 8 * S, 8 * S)).toEqual({
      lowUs: 0,
      highUs: 0,
    })
  })

  test('touches the clocks it names: one node, or every clock where the name is none', () => {
    const both = [before, measured('node-2', 8, 0, 0)]
    expect(
      clocksOf([...both, fault('inflicting', 10)]).offset('node-2', 11 * S, 11 * S).highUs,
    ).toBe(1500)
    expect(
      clocksOf([...both, fault('inflicting', 10, 'all')]).offset('node-2', 11 * S, 11 * S),
    ).toEqual(UNKNOWN)
    // Also a node whose clock nobody had read by then.
    const late = clocksOf([fault('inflicting', 10), measured('node-2', 11, 0, 0)])
    expect(late.offset('node-2', 11 * S, 11 * S)).toEqual({ lowUs: 0, highUs: 0 })
  })

  test('is told from a fault that moves none', () => {
    const cut = fault('inflicting', 10, 'node-1', 'link.cut')
    expect(clocksOf([before, cut]).offset('node-1', 10 * S, 10 * S).highUs).toBe(1000)
  })
})
