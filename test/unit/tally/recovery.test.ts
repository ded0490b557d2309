import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Series } from '../../../harness/model/counts.ts'
import type { RecordedFault } from '../../../harness/model/record.ts'
import { recoveries } from '../../../harness/tally/recovery.ts'

const RATE = 100

/** A hundred honest requests a second: so many of them refused falsely in each second. */
function series(wrong: readonly number[], change: Partial<Series> = {}): Series {
  const none = wrong.map(() => 0)
  return {
    scenario: 's',
    node: null,
    startMs: 1000,
    stepMs: 1000,
    owedAccept: wrong.map(() => RATE),
    falseReject: wrong,
    owedReject: none,
    falseAccept: none,
    unavailable: none,
    undecided: none,
    ...change,
  }
}

function fault(change: Partial<RecordedFault['stages']> = {}): RecordedFault {
  return {
    scenario: 's',
    name: 'link.cut',
    on: 'node-2>store',
    rung: 'tcp-proxy',
    forgets: 'nothing',
    stages: { inflicting: 6000, confirmed: 6010, mending: 8000, mended: 8200, ...change },
  }
}

/** From 1 s: five good seconds, three with the fault, then what is given. */
function after(...wrong: readonly number[]): readonly number[] {
  return [0, 0, 0, 0, 0, 90, 90, 90, ...wrong]
}

function came(wrong: readonly number[]) {
  return recoveries([series(wrong)], [fault()])[0]?.came
}

describe('recovery', () => {
  test('took less than a window where none was bad, of 500 good ones before it', () => {
    const [recovery] = recoveries([series(after(0, 0, 0, 0, 0))], [fault()])
    expect(recovery).toEqual({
      scenario: 's',
      fault: 'link.cut',
      on: 'node-2>store',
      mendedMs: 8200,
      watchedMs: 5800,
      judged: 500,
      windows: 5,
      baseline: { events: 0, trials: 500, upper95: expect.closeTo(0.00597, 5) },
      // From the mending to the end of the first whole window.
      came: { kind: 'below-one-window', windowMs: 1800 },
    })
  })
  test('is watched from the very mending to the very beginning of the next fault of its scenario', () => {
    const mended = fault({ mended: 9000 })
    const next = fault({ inflicting: 12_000, mended: 12_500 })
    const [recovery] = recoveries([series(after(0, 0, 0, 0, 0, 0))], [mended, next])
    expect(recovery).toMatchObject({ watchedMs: 3000, windows: 3, judged: 300 })
    expect(recovery?.came).toEqual({ kind: 'below-one-window', windowMs: 1000 })
    const elsewhere = { ...fault({ inflicting: 2000 }), scenario: 'other' }
    const [same] = recoveries([series(after(0, 0, 0, 0, 0))], [fault(), elsewhere])
    expect(same).toMatchObject({ watchedMs: 5800, baseline: { trials: 500 } })
  })
  test('counts hostile requests as well, and windows of a second however many were sent in it', () => {
    const good = after(0, 0, 0, 0, 0)
    const hostile = series(good, { owedReject: good.map(() => 50) })
    const [both] = recoveries([hostile], [fault()])
    expect(both).toMatchObject({ judged: 750, baseline: { trials: 750 } })
    // Half seconds of a hundred: two of them make a window, and the odd one belongs to the last.
    const halves = series(after(0, 0, 0, 0, 0, 0, 0, 0, 0), { stepMs: 500 })
    const stages = { inflicting: 3500, mending: 4500, mended: 5000 }
    expect(recoveries([halves], [fault(stages)])[0]).toMatchObject({ judged: 900, windows: 4 })
  })
  test('does not come while what is left over after the last whole window is bad', () => {
    const halves = (...wrong: readonly number[]) =>
      series([0, 0, 0, 0, 0, 90, 90, 90, ...wrong], { stepMs: 500 })
    const stages = { inflicting: 3500, mending: 4500, mended: 5000 }
    const of = (each: Series) => recoveries([each], [fault(stages)])[0]?.came
    expect(of(halves(0, 0, 0, 0, 0, 0, 0, 0, 90))).toEqual({ kind: 'stuck' })
    expect(of(halves(0, 0, 0, 0, 0, 0, 0, 0, 0))).toMatchObject({ kind: 'below-one-window' })
  })
  test('lies within the last bad window', () => {
    expect(came(after(40, 40, 0, 0, 0, 0))).toEqual({ kind: 'within', fromMs: 1800, toMs: 2800 })
    expect(came(after(0, 40, 0, 0, 0, 0))).toEqual({ kind: 'within', fromMs: 1800, toMs: 2800 })
  })
  test('did not come where one of the last three windows was bad', () => {
    expect(came(after(0, 0, 0, 40, 0, 0))).toEqual({ kind: 'stuck' })
    expect(came(after(0, 0, 40, 0, 0, 0))).toEqual({ kind: 'within', fromMs: 2800, toMs: 3800 })
    expect(came(after(40))).toEqual({ kind: 'stuck' })
  })
  test('must not be doubted for what the time before the fault makes likely', () => {
    // At most 0.597 % of 100 are above 4 with a chance of less than 0.01 / 5: the quantile is 4.
    expect(came(after(4, 4, 4, 4, 4))).toEqual({ kind: 'below-one-window', windowMs: 1800 })
    expect(came(after(5, 0, 0, 0, 0))).toEqual({ kind: 'within', fromMs: 800, toMs: 1800 })
    const rough = [30, 30, 30, 30, 30, 90, 90, 90, 30, 30, 30, 30, 30]
    expect(came(rough)).toEqual({ kind: 'below-one-window', windowMs: 1800 })
  })
  test('counts what was not answered, and what was let in, as it counts false refusals', () => {
    for (const list of ['unavailable', 'falseAccept'] as const) {
      const bad = { [list]: after(40, 40, 0, 0, 0, 0) }
      const owedReject = after(0, 0, 0, 0, 0, 0).map(() => 0)
      const course = series(after(0, 0, 0, 0, 0, 0), { ...bad, owedReject })
      expect(recoveries([course], [fault()])[0]?.came.kind).toBe('within')
    }
  })
  test('takes windows of a hundred requests where fewer come in a second, and the rest with the last', () => {
    const thin = series(
      after(0, 0, 0, 0, 0, 0, 0).map(() => 0),
      {
        owedAccept: after(0, 0, 0, 0, 0, 0, 0).map(() => 40),
      },
    )
    const [recovery] = recoveries([thin], [fault()])
    // Seven whole seconds of forty: two windows of three seconds, the seventh second with the second.
    expect(recovery).toMatchObject({ windows: 2, judged: 280, came: { windowMs: 3800 } })
  })
  test('is unknown where too little was judged, before or after', () => {
    expect(came(after())).toMatchObject({ kind: 'unknown' })
    const thin = series([...after(0)], { owedAccept: [...after(0)].map(() => 20) })
    expect(recoveries([thin], [fault()])[0]?.came).toEqual({
      kind: 'unknown',
      because: 'only 20 judged in 1.8 s; a window takes 100',
    })
    const first = recoveries([series(after(0, 0))], [fault({ inflicting: 500 })])[0]?.came
    expect(first).toMatchObject({ kind: 'unknown', because: expect.stringContaining('before') })
  })
  test('is watched until the next fault of the scenario, and not through it', () => {
    const next = fault({ inflicting: 11_500, mended: 15_000 })
    const all = recoveries([series(after(0, 0, 90, 90, 90, 90, 0, 0, 0))], [fault(), next])
    expect(all.map(({ came: each }) => each.kind)).toEqual(['below-one-window', 'below-one-window'])
    expect(all[0]?.watchedMs).toBe(2800)
    // What was good before the first fault is what the second is held against, too.
    expect(all[1]?.baseline.trials).toBe(500)
  })
  test('is nobody’s where the fault was never seen mended, or nothing is known over time', () => {
    const { mended: _, ...stages } = fault().stages
    expect(recoveries([series(after(0))], [{ ...fault(), stages }])).toEqual([])
    expect(recoveries([], [fault()])).toEqual([])
    expect(recoveries([series(after(0), { scenario: 'other' })], [fault()])).toEqual([])
    expect(recoveries([series(after(0), { node: 'node-1' })], [fault()])).toEqual([])
  })
  test('ends with the last request that was judged, and not with the empty seconds after it', () => {
    const quiet = series(after(0, 0, 0, 0), {
      owedAccept: [...after(0, 0, 0, 0)].map((_, index) => (index < 10 ? RATE : 0)),
    })
    expect(recoveries([quiet], [fault()])[0]).toMatchObject({ watchedMs: 2800, windows: 2 })
  })
  test('of a target that is back at its baseline is found stuck or late in few of many runs', () => {
    let alarms = 0
    const runs = 200
    fc.assert(
      fc.property(fc.array(fc.nat(99), { minLength: 1500, maxLength: 1500 }), (draws) => {
        const wrong = Array.from(
          { length: 15 },
          (_, second) =>
            draws.slice(second * 100, second * 100 + 100).filter((each) => each < 2).length,
        )
        const kind = came([...wrong.slice(0, 5), 90, 90, 90, ...wrong.slice(8)])?.kind
        if (kind !== 'below-one-window') alarms++
      }),
      { numRuns: runs, seed: 7 },
    )
    expect(alarms / runs).toBeLessThan(0.03)
  })
})
