import { describe, expect, test } from 'vitest'
import { clockDrift } from '../../../faults/clock-drift.ts'
import type { ClockControl } from '../../../harness/model/fault.ts'
import { siteAt } from './site.ts'

/** A clock that is read to within so much, and stands wherever it was last told. */
function clockAt(widthUs: number, atUs: { now: number }): ClockControl {
  return {
    rung: 'paper',
    setOffset: async (_node, offsetUs) => void (atUs.now = offsetUs),
    setDrift: async () => undefined,
    measure: async () => ({ lowUs: atUs.now - widthUs, highUs: atUs.now + widthUs }),
  }
}

describe('a clock that drifts', () => {
  test.each([
    ['ahead of the time by more than it can be misread by', 60_000, 1_000_000, true],
    ['ahead by less', 50_000, 1_000_000, false],
    ['behind, as it was asked to fall', -60_000, -1_000_000, true],
    ['behind, where it was to gain', -60_000, 1_000_000, false],
  ])('%s is seen in force or not', async (_what, nowUs, ppm, isSeen) => {
    const clock = clockAt(1_000, { now: nowUs })
    const inflicted = await clockDrift.inflict('node-2', { clock }, siteAt(), { ppm })
    expect((await inflicted.confirm()) !== null).toBe(isSeen)
  })

  test('by a second is not seen where it is read in whole ones', async () => {
    const clock = clockAt(1_000_000, { now: 1_000_000 })
    const inflicted = await clockDrift.inflict('node-2', { clock }, siteAt(), { ppm: 1_000_000 })
    expect(await inflicted.confirm()).toBeNull()
  })

  test.each([
    ['read to a millisecond', 1_000, 0, true],
    ['read in whole seconds', 1_000_000, 0, true],
    ['read in whole seconds and surely wrong', 1_000_000, 1_200_000, false],
    ['a fifth of a second off', 1_000, 200_000, false],
  ])('and is set right, %s, counts as mended or not', async (_what, widthUs, leftUs, isMended) => {
    const at = { now: 0 }
    const inflicted = await clockDrift.inflict(
      'node-2',
      { clock: clockAt(widthUs, at) },
      siteAt(),
      { ppm: 1_000_000 },
    )
    at.now = 9e6
    await inflicted.mend()
    expect(at.now).toBe(0)
    at.now = leftUs
    expect((await inflicted.confirmMended()) !== null).toBe(isMended)
  })

  test('by nothing is never in force', async () => {
    const clock = clockAt(1_000, { now: 9e6 })
    const inflicted = await clockDrift.inflict('node-2', { clock }, siteAt(), { ppm: 0 })
    await expect(inflicted.confirm()).rejects.toThrow('ppm')
  })
})
