/** Simulated time for who waits by promises: it moves on only when nothing is left to do at the present moment. */
import { idle } from '../../harness/clock.ts'
import type { Clock } from '../../harness/model/target.ts'
import { eventQueue, type Booking, type EventQueue } from './queue.ts'

export interface SimulatedTime {
  readonly clock: Clock
  /** What is booked here must leave nothing to a promise: use `wake` for that. */
  readonly queue: EventQueue
  /** Books an act that resolves promises: all that follows from them runs before time moves on. */
  readonly wake: (delayUs: number, act: () => void) => void
}

/** @param startUs What the clock says at first; microseconds since 1970. */
export function simulatedTime(startUs: number): SimulatedTime {
  const events = eventQueue(startUs)
  const state = { woken: false, running: false }

  const run = async (): Promise<void> => {
    state.running = true
    do await idle()
    while (runUntilOneWakes())
    state.running = false
  }
  /** False when nothing is left. Between events that wake nobody no promise could run, so none is waited for. */
  const runUntilOneWakes = (): boolean => {
    state.woken = false
    while (!state.woken) if (!events.step()) return false
    return true
  }
  const at = (us: number, act: () => void): Booking => {
    const booking = events.at(us, act)
    if (!state.running) void run()
    return booking
  }
  const waking = (act: () => void) => (): void => {
    state.woken = true
    act()
  }
  const nowUs = (): number => events.nowUs()
  return {
    clock: {
      nowUs,
      sleepUntil: (us, signal) =>
        new Promise((resolve) => {
          if (us <= nowUs() || signal?.aborted === true) return resolve()
          const giveUp = (): void => {
            booking.cancelled = true
            resolve()
          }
          const booking = at(
            us,
            waking(() => {
              signal?.removeEventListener('abort', giveUp)
              resolve()
            }),
          )
          signal?.addEventListener('abort', giveUp, { once: true })
        }),
    },
    queue: {
      nowUs,
      at,
      after: (delayUs, act) => at(nowUs() + delayUs, act),
      step: () => events.step(),
      get size() {
        return events.size
      },
    },
    wake: (delayUs, act) => void at(nowUs() + delayUs, waking(act)),
  }
}
