import { describe, expect, test } from 'vitest'
import { idle } from '../../../../harness/clock.ts'
import { simulatedTime } from '../../../../targets/simulated/time.ts'

const START = 1_000

describe('simulated time', () => {
  test('stands still while there is something left to do at the present moment', async () => {
    const { clock, wake } = simulatedTime(START)
    const seen: number[] = []
    wake(50, () => undefined)
    for (let turn = 0; turn < 3; turn++)
      seen.push(await Promise.resolve().then(() => clock.nowUs()))
    expect(seen).toEqual([START, START, START])
  })

  test('wakes sleepers in the order of their times, and all that follows from one before the next', async () => {
    const { clock } = simulatedTime(START)
    const seen: string[] = []
    const sleeper = async (name: string, us: number): Promise<void> => {
      await clock.sleepUntil(START + us)
      for (const turn of [1, 2, 3]) {
        await Promise.resolve()
        seen.push(`${name}${turn}@${clock.nowUs() - START}`)
      }
    }
    await Promise.all([sleeper('late', 20), sleeper('early', 10)])
    expect(seen).toEqual([
      'early1@10',
      'early2@10',
      'early3@10',
      'late1@20',
      'late2@20',
      'late3@20',
    ])
  })

  test('does not wait for a time that has come', async () => {
    const { clock } = simulatedTime(START)
    await clock.sleepUntil(START - 5)
    expect(clock.nowUs()).toBe(START)
  })

  test('ends a sleep that is given up at once, and does not move for it', async () => {
    const { clock } = simulatedTime(START)
    const over = new AbortController()
    const sleep = clock.sleepUntil(START + 1_000_000, over.signal)
    over.abort()
    await sleep
    await clock.sleepUntil(START + 10)
    for (let turn = 0; turn < 5; turn++) await idle()
    expect(clock.nowUs()).toBe(START + 10)
  })
})
