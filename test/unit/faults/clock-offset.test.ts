import { describe, expect, test } from 'vitest'
import { clockOffset } from '../../../faults/clock-offset.ts'
import type { ClockControl } from '../../../harness/model/fault.ts'
import { siteAt } from './site.ts'

/** A clock that goes where it is set, or `moved` of the way; read to within 2 ms. */
function clockThat(moved = 1): { readonly clock: ClockControl; readonly set: number[] } {
  const set: number[] = []
  return {
    set,
    clock: {
      rung: 'paper',
      setOffset: async (_node, offsetUs) => void set.push(offsetUs),
      setDrift: async () => undefined,
      async measure() {
        const atUs = (set.at(-1) ?? 0) * moved
        return { lowUs: atUs - 1000, highUs: atUs + 1000 }
      },
    },
  }
}

const inflict = (clock: ClockControl, offsetSeconds: number | string) =>
  clockOffset.inflict('node-2', { clock }, siteAt(), { offsetSeconds })

describe('a wrong clock', () => {
  test.each([90, -90])('of %i s is confirmed and mended by reading it', async (offsetSeconds) => {
    const { clock, set } = clockThat()
    const inflicted = await inflict(clock, offsetSeconds)
    expect(await inflicted.confirm()).toEqual({
      lowUs: offsetSeconds * 1e6 - 1000,
      highUs: offsetSeconds * 1e6 + 1000,
    })
    await inflicted.mend()
    expect(await inflicted.confirmMended()).toEqual({ lowUs: -1000, highUs: 1000 })
    expect(set).toEqual([offsetSeconds * 1e6, 0])
  })

  test.each([90, -90])(
    'that went most of %i s, but not four fifths, is not in force',
    async (offsetSeconds) => {
      expect(await (await inflict(clockThat(0.79).clock, offsetSeconds)).confirm()).toBeNull()
    },
  )

  test('that went the other way is not in force', async () => {
    expect(await (await inflict(clockThat(-1).clock, 90)).confirm()).toBeNull()
  })

  test('that stayed where it was is not mended', async () => {
    const { clock } = clockThat()
    const stuck = { ...clock, measure: async () => ({ lowUs: 89e6, highUs: 91e6 }) }
    const inflicted = await inflict(stuck, 90)
    await inflicted.mend()
    expect(await inflicted.confirmMended()).toBeNull()
  })

  test.each([0, 'ninety'])('by %s is never in force, and moves nothing', async (offsetSeconds) => {
    const { clock, set } = clockThat()
    const inflicted = await inflict(clock, offsetSeconds)
    await expect(inflicted.confirm()).rejects.toThrow('offsetSeconds')
    expect(set).toEqual([])
    await inflicted.mend()
    expect(await inflicted.confirmMended()).not.toBeNull()
  })
})
