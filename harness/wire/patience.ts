/** A time limit that a stall of our own process does not turn into somebody else's time-out. */
import { alarm, idle, timer } from '../clock.ts'

/**
 * Calls `act` after `afterMs` unless the returned function is called first. When the event loop was late, timers come
 * before what arrived meanwhile; so that is read first, and may call it off.
 */
export function patience(afterMs: number, act: () => void): () => void {
  let off = false
  const cancel = timer(afterMs, () => {
    void idle().then(() => {
      if (!off) act()
    })
  })
  return () => {
    off = true
    cancel()
  }
}

/** The same for one limit that is begun and called off again and again. */
export interface Patience {
  begin(): void
  end(): void
}

export function renewable(afterMs: number, act: () => void): Patience {
  let begun = 0
  const limit = alarm(afterMs, () => {
    const which = begun
    void idle().then(() => {
      if (which === begun) act()
    })
  })
  return {
    begin() {
      begun++
      limit.set()
    },
    end() {
      begun++
      limit.off()
    },
  }
}
