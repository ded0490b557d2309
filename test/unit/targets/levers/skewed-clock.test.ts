import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startChild, type Child } from '../../../../targets/levers/child.ts'
import {
  clockControl,
  measureClock,
  SKEWED_CLOCK,
} from '../../../../targets/levers/process-clock.ts'
import { clock, testSite } from '../system.ts'

const AHEAD_US = 90_000_000

let child: Child

beforeAll(async () => {
  const module = new URL('./a-child.ts', import.meta.url)
  child = await startChild(testSite(), { name: 'node', module, preloads: [SKEWED_CLOCK] })
})
afterAll(async () => {
  await child.stop()
})

/** What the program itself takes for the time, less what it is; between the moments of asking and of the answer. */
async function ownOffset(): Promise<{ readonly lowUs: number; readonly highUs: number }> {
  const before = clock.nowUs()
  const readUs = Number(await child.ask('program', 'now')) * 1000
  return { lowUs: readUs - clock.nowUs(), highUs: readUs + 1000 - before }
}

describe('a skewed clock', () => {
  test('is what the program reads, ahead and behind, and what is measured', async () => {
    const control = clockControl(new Map([['node', child]]), clock)
    for (const offsetUs of [AHEAD_US, -AHEAD_US]) {
      await control.setOffset('node', offsetUs)
      const measured = [await measureClock(child, clock), await control.measure('node')]
      for (const seen of [...measured, await ownOffset()]) {
        // One timer of a busy machine may be late, and the machine's own clocks differ by a little.
        expect(seen?.lowUs).toBeLessThanOrEqual(offsetUs + 5_000)
        expect(seen?.highUs).toBeGreaterThanOrEqual(offsetUs - 50_000)
      }
    }
  })

  test('keeps its offset when the program blocks', async () => {
    await clockControl(new Map([['node', child]]), clock).setOffset('node', AHEAD_US)
    await child.ask('program', 'block')
    // The program is asked first: measuring would bring a clock that stood still up to date.
    for (const seen of [await ownOffset(), await measureClock(child, clock)]) {
      expect(seen?.lowUs).toBeLessThanOrEqual(AHEAD_US + 5_000)
      expect(seen?.highUs).toBeGreaterThanOrEqual(AHEAD_US - 50_000)
    }
  })

  test('is not to be had of a process that nobody knows', async () => {
    const control = clockControl(new Map(), clock)
    await expect(control.setOffset('node', 0)).rejects.toThrow(RangeError)
    await expect(control.measure('node')).rejects.toThrow(RangeError)
  })
})
