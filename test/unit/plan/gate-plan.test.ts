import { describe, expect, test } from 'vitest'
import type { Gate, Scenario } from '../../../harness/model/scenario.ts'
import { cannotPass, concerns, planGate } from '../../../harness/plan/scenarios/gate-plan.ts'
import baseline from '../../../scenarios/baseline.ts'
import burst from '../../../scenarios/burst.ts'
import clockSkew from '../../../scenarios/clock-skew.ts'
import partitionedCache from '../../../scenarios/partitioned-cache.ts'
import replayRace from '../../../scenarios/replay-race.ts'
import replaySequential from '../../../scenarios/replay-sequential.ts'

const FAR: Gate = { metric: 'far', attack: null, phase: null, frame: 'world', below: 1e-3 }
const PLANNING = { repeat: 1, nodes: 3, maxPerSecond: null }

function plan(gate: Partial<Gate>, scenario: Scenario, repeat = 1) {
  const { needs, scenarios } = planGate({ ...FAR, ...gate }, [scenario], { ...PLANNING, repeat })
  const [only] = scenarios
  if (only === undefined) throw new RangeError('one was asked for')
  return { ...only, needs, hopeless: cannotPass(only, needs) }
}

function unitsOf(gate: Partial<Gate>, scenario: Scenario) {
  return plan(gate, scenario).classes.map(({ attack, phase, unit, unitsEach }) => [
    attack,
    phase,
    unit,
    unitsEach,
  ])
}

describe('what a gate takes', () => {
  test('of a race each race is one unit, however many copies there are in it', () => {
    expect(unitsOf({}, replayRace)).toEqual([['replay', 'steady', 'race', 20]])
    const { needs, least, advised } = plan({}, replayRace)
    expect(needs.least).toBe(2995)
    expect(needs.advised).toMatchObject({ units: 6294, errors: 2 })
    // 2,995 / 20 and 6,294 / 20, of 400 requests each.
    expect(least).toMatchObject({ repeat: 150, requests: 60_000, seconds: null })
    expect(advised).toMatchObject({ repeat: 315, requests: 126_000 })
  })
  test('each class of wrong assertions counts by itself, and replays by seconds of a node', () => {
    expect(unitsOf({}, baseline)).toEqual([
      ['wrong-audience', 'steady', 'presentation', 60],
      ['expired', 'steady', 'presentation', 60],
      ['bad-signature', 'steady', 'presentation', 60],
      // From 0 to 3.93 s: four seconds at least and five at most, of three nodes.
      ['replay', 'steady', 'node-second', 12],
    ])
    expect(unitsOf({ attack: 'expired' }, baseline)).toHaveLength(1)
    // The class with the fewest units decides: 2,995 / 15 at the least, and 6,294 / 12 to be sure.
    expect(plan({}, baseline).least?.repeat).toBe(200)
    expect(plan({}, baseline).advised?.repeat).toBe(525)
    expect(plan({ attack: 'expired' }, baseline).least?.repeat).toBe(50)
  })
  test('of replays that meet a fault the window is one unit', () => {
    // Second halves of some come during the cut, and of others once it is mended.
    expect(unitsOf({}, partitionedCache)).toEqual([
      ['replay', 'during', 'window', 1],
      ['replay', 'after', 'node-second', 6],
    ])
    expect(unitsOf({ metric: 'frr' }, clockSkew)).toEqual([
      [null, 'before', 'node-second', 3],
      [null, 'during', 'window', 2],
      [null, 'after', 'node-second', 15],
    ])
  })
  test('takes seconds at the scenario’s own pace, and longer where it may not go as fast', () => {
    const efforts = (maxPerSecond: number | null) =>
      planGate(FAR, [baseline], { ...PLANNING, repeat: 200, maxPerSecond }).scenarios[0]?.planned
    expect(efforts(null)).toEqual({
      repeat: 200,
      requests: 89_400,
      seconds: expect.closeTo(840, 6),
      secondsAtMaxRate: null,
    })
    expect(efforts(50)).toMatchObject({ secondsAtMaxRate: 1788 })
    expect(efforts(1000)).toMatchObject({ secondsAtMaxRate: expect.closeTo(840, 6) })
  })
  test('is at most so many where the pace is the target’s', () => {
    expect(plan({}, replaySequential).classes).toMatchObject([
      { unit: 'node-second', unitsEach: 30, atMost: true },
    ])
    expect(plan({}, baseline).classes.some(({ atMost }) => atMost)).toBe(false)
  })
})

describe('a gate that cannot pass', () => {
  test('is one of which too few units are planned, and with enough it can', () => {
    expect(plan({}, replayRace).hopeless).toBe(true)
    expect(plan({}, replayRace, 149).hopeless).toBe(true)
    expect(plan({}, replayRace, 150).hopeless).toBe(false)
    expect(plan({ below: 0.14 }, replayRace).hopeless).toBe(false)
    expect(plan({ below: 1 }, replayRace).hopeless).toBe(false)
  })
  test('is one about a phase in which nothing is sent, and no repetition helps it', () => {
    const nothing = [
      plan({ phase: 'during' }, replayRace),
      plan({ phase: 'before' }, baseline),
      plan({ phase: 'steady' }, partitionedCache),
    ]
    for (const each of nothing) {
      expect(each).toMatchObject({ hopeless: true, least: null, advised: null })
    }
  })
  test('must not be one that only some unlikely answer would let pass', () => {
    // 0 of 147 in 15 node-seconds, or in 18 if they begin late in one, bounds at 15.3 %.
    expect(plan({ metric: 'frr', below: 0.154 }, baseline).hopeless).toBe(false)
    expect(plan({ metric: 'frr', below: 0.153 }, baseline).hopeless).toBe(true)
  })
})

describe('a gate concerns', () => {
  test('scenarios that send what it counts', () => {
    expect(concerns(FAR, replayRace)).toBe(true)
    expect(concerns(FAR, burst)).toBe(false)
    expect(concerns({ ...FAR, metric: 'frr' }, burst)).toBe(true)
    expect(concerns({ ...FAR, metric: 'frr' }, replayRace)).toBe(false)
    expect(concerns({ ...FAR, attack: 'expired' }, baseline)).toBe(true)
    expect(concerns({ ...FAR, attack: 'expired' }, replayRace)).toBe(false)
  })
})

test('what is advised says with how many errors it passes, and how surely', () => {
  const sequential = { good: 1e-4, alpha: 0.05, beta: 0.05 }
  const needs = (gate: Partial<Gate>) => planGate({ ...FAR, ...gate }, [], PLANNING).needs
  expect(needs({ below: 1 })).toEqual({ least: 1, advised: { units: 1, errors: 0, chance: 1 } })
  const { least, advised } = needs({ sequential })
  expect(advised).toMatchObject({ errors: 0, chance: 0.95 })
  // If the rate is as good as is hoped for, some units more than without any error.
  expect(advised.units).toBeGreaterThan(least)
})

test('a gate cannot pass where one of its classes cannot, or where it has none', () => {
  const classes = planGate(FAR, [baseline], { ...PLANNING, repeat: 60 }).scenarios[0]
  // 60 of each kind of wrong assertion 60 times are enough, 15 node-seconds of replays are not.
  expect(classes && cannotPass(classes, { ...plan({}, baseline).needs })).toBe(true)
  const presentations = plan({ attack: 'expired' }, baseline, 60)
  expect(presentations.hopeless).toBe(false)
  expect(plan({ attack: 'no-such' }, baseline)).toMatchObject({ classes: [], hopeless: true })
})

test('a class that one stream sends for a while and another later lasts from the first to the last', () => {
  const [honest] = baseline.streams
  if (honest === undefined) throw new RangeError('there is one')
  const even = (name: string, startSeconds: number, endSeconds: number) => ({
    ...honest,
    name,
    attack: null,
    copies: 1,
    arrivals: { kind: 'even', perSecond: 10, startSeconds, endSeconds } as const,
  })
  // From 0 to 11.9 s: twelve seconds at least, of three nodes.
  const streams = [even('early', 0, 2), even('late', 10, 12)]
  expect(unitsOf({ metric: 'frr' }, { ...baseline, streams })).toEqual([
    [null, 'steady', 'node-second', 36],
  ])
})

test('a sequential gate takes more to pass than one without, and less to fail', () => {
  const sequential = { good: 1e-4, alpha: 0.05, beta: 0.05 }
  const planned = planGate({ ...FAR, sequential }, [replayRace], PLANNING)
  expect(planned.sequential).toMatchObject({ leastToPass: 3270, fixed: 2995 })
  expect(planned.sequential?.atLimit).toBeLessThan(2995)
  expect(planned.needs.least).toBe(3270)
  expect(planned.scenarios[0]?.least?.repeat).toBe(164)
})
