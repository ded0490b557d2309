import { describe, expect, test } from 'vitest'
import { loadPressure } from '../../../faults/load-pressure.ts'
import type { Load } from '../../../harness/model/controls.ts'
import type { LoadControl } from '../../../harness/model/fault.ts'
import type { Json } from '../../../harness/model/plan.ts'
import { siteAt } from './site.ts'

const BOUNDS = { perSecond: 400, connections: 8, most: 1200 }

/** Load that is answered by the time it was looked at so often; `Infinity` never is. */
function loadAnswered(afterLooks: number) {
  const started: [string, Load][] = []
  let looks = 0
  let stopped = 0
  const load: LoadControl = {
    rung: 'paper',
    async start(node, bounds) {
      started.push([node, bounds])
      return {
        counts: () => ({ answered: looks++ < afterLooks ? 0 : 3, errors: 1 }),
        stop: async () => void (stopped += 1),
      }
    },
  }
  return { load, started, stops: () => stopped }
}

const inflict = (load: LoadControl, options: Readonly<Record<string, Json>>) =>
  loadPressure.inflict('node-1', { load }, siteAt(), options)

describe('pressure', () => {
  test('is put on the node within its bounds, seen by its answers, and ends when it is mended', async () => {
    const { load, started, stops } = loadAnswered(5)
    const inflicted = await inflict(load, BOUNDS)
    expect(started).toEqual([['node-1', BOUNDS]])
    expect(await inflicted.confirm()).toEqual({ answered: 3, errors: 1 })
    expect(stops()).toBe(0)
    await inflicted.mend()
    expect(stops()).toBe(1)
    expect(await inflicted.confirmMended()).toEqual({ answered: 3, errors: 1 })
  })

  test('that is never answered is not in force, and is mended all the same', async () => {
    const { load, stops } = loadAnswered(Infinity)
    const inflicted = await inflict(load, BOUNDS)
    expect(await inflicted.confirm()).toBeNull()
    await inflicted.mend()
    expect(stops()).toBe(1)
  })

  test.each([
    ['without a bound', { perSecond: 400, connections: 8 }],
    ['of half a request', { ...BOUNDS, most: 0.5 }],
    ['of words', { ...BOUNDS, perSecond: 'many' }],
  ])('%s is never put on', async (_name, options) => {
    const { load, started } = loadAnswered(0)
    const inflicted = await inflict(load, options)
    await expect(inflicted.confirm()).rejects.toThrow('whole numbers')
    expect(started).toEqual([])
    await inflicted.mend()
    expect(await inflicted.confirmMended()).not.toBeNull()
  })
})
