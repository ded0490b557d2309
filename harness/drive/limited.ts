/** Waits for something for so long and no longer. */
import type { Clock } from '../model/target.ts'

/** What `act` resolves to. Rejects as it does, and when it is not done within `limitUs` on the clock. */
export async function limited<T>(clock: Clock, limitUs: number, act: () => Promise<T>): Promise<T> {
  const over = new AbortController()
  const late = async (): Promise<never> => {
    await clock.sleepUntil(clock.nowUs() + limitUs, over.signal)
    throw new Error(`not done within ${limitUs / 1e6} s`)
  }
  try {
    return await Promise.race([act(), late()])
  } finally {
    over.abort()
  }
}
