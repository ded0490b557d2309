/** How early a right memory may have ended by its clocks, and what a jump of the harness's own makes of them all. */
import { describe, expect, test } from 'vitest'
import type { HistoryEvent } from '../../../harness/model/history.ts'
import { openClocks } from '../../../harness/oracle/time/clocks.ts'
import { clocksOf, fault, measured, S, UNKNOWN } from './clock-events.ts'

describe('how early a right memory may have ended', () => {
  const exactly = (node: string, atUs: number, us: number): HistoryEvent =>
    measured(node, atUs, us, us)

  test('is by as much as any clock is ahead, the store’s included', () => {
    const events = [exactly('node-1', 0, 1), exactly('node-2', 0, 2), exactly('store', 0, 3)]
    expect(clocksOf(events).earlyUs(0, 0)).toBe(3)
    expect(clocksOf(events.slice(0, 2)).earlyUs(0, 0)).toBe(Infinity)
  })

  test('and by as much as any was moved forward meanwhile, however right it is in the end', () => {
    const still = [exactly('node-1', 0, 0), exactly('node-2', 0, 0)]
    const store = [exactly('store', 0, -9 * S), exactly('store', 10, 0)]
    // The store's clock may have come from 9 s behind to right, with 5 ms of drift either way.
    expect(clocksOf([...still, ...store]).earlyUs(0, 10 * S)).toBe(9 * S + 3 * 5_000)
  })

  test('is no less than what readings leave open of both', () => {
    const events = ['node-1', 'node-2', 'store'].map((name) => measured(name, 0, -2, 3))
    expect(clocksOf(events).earlyUs(0, 0)).toBe(3 + 5)
  })

  test('is told by every clock that is read, named by the target or not, and by every fault of all', () => {
    const read = ['node-1', 'node-2', 'store'].map((name) => exactly(name, 0, 0))
    expect(clocksOf([...read, exactly('replica', 0, 7)]).earlyUs(0, 0)).toBe(7)
    const clocks = clocksOf([fault('inflicting', 10, 'all'), exactly('replica', 11, 7)])
    expect(clocks.offset('replica', 11 * S, 11 * S)).toEqual(UNKNOWN)
  })

  test('is told by the nodes of a target that names no clock', () => {
    const clocks = openClocks(['node-1', 'node-2'], [])
    clocks.see(exactly('node-1', 0, 1))
    expect(clocks.earlyUs(0, 0)).toBe(Infinity)
    clocks.see(exactly('node-2', 0, 2))
    expect(clocks.earlyUs(0, 0)).toBe(2)
  })

  test('is unknown for a target of which no clock is named', () => {
    expect(openClocks([], []).earlyUs(0, 0)).toBe(Infinity)
    expect(openClocks([], []).offset(null, 0, 0)).toEqual(UNKNOWN)
  })
})

describe("a jump of the machine's own clock", () => {
  const jump = (value: number, name = 'generator/wall-clock-jump-ms'): HistoryEvent => ({
    kind: 'measured',
    name,
    node: null,
    value,
    atUs: 0,
  })

  test('widens every offset by as much, whichever way it went, and adds up', () => {
    const clocks = clocksOf([measured('node-1', 0, 1, 2), jump(-150), jump(200)])
    expect(clocks.offset('node-1', 0, 0)).toEqual({ lowUs: 1 - 350_000, highUs: 2 + 350_000 })
  })

  test('is not any other measurement', () => {
    const clocks = clocksOf([
      measured('node-1', 0, 1, 2),
      jump(150, 'generator/event-loop-delay-p99-ms'),
    ])
    expect(clocks.offset('node-1', 0, 0)).toEqual({ lowUs: 1, highUs: 2 })
  })
})
