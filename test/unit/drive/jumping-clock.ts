/** Time for tests. */
import { idle } from '../../../harness/clock.ts'
import type { Clock } from '../../../harness/model/target.ts'

const START_US = 1_700_000_000_000_000

/** Time that stands still while anything can run, and else jumps to whoever wakes first. */
export function jumpingClock(): Clock {
  let nowUs = START_US
  const sleepers = new Set<{ readonly us: number; readonly wake: () => void }>()
  const jump = async (): Promise<void> => {
    await idle()
    const first = [...sleepers].reduce<{ us: number; wake: () => void } | null>(
      (least, each) => (least === null || each.us < least.us ? each : least),
      null,
    )
    if (first === null) return
    nowUs = Math.max(nowUs, first.us)
    first.wake()
  }
  return {
    nowUs: () => nowUs,
    sleepUntil: (us, signal) =>
      new Promise((resolve) => {
        if (us <= nowUs || signal?.aborted === true) return resolve()
        const sleeper = {
          us,
          wake: () => {
            sleepers.delete(sleeper)
            resolve()
          },
        }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', sleeper.wake, { once: true })
        void jump()
      }),
  }
}
