/** A queue beside the queue, for acts whose times never go back. */
import type { EventQueue } from './queue.ts'

/**
 * Books acts with one of them on the queue at a time: a queue of all replays that wait for their gap would be long, and
 * each event of it dear. Each time must be no earlier than the one before.
 */
export function laterOn(queue: EventQueue): (atUs: number, act: () => void) => void {
  let waiting: { readonly atUs: number; readonly act: () => void }[] = []
  let done = 0
  let booked = false
  const book = (): void => {
    const first = waiting[done]
    if (booked || first === undefined) return
    booked = true
    queue.at(first.atUs, go)
  }
  const go = (): void => {
    booked = false
    const nowUs = queue.nowUs()
    for (let next = waiting[done]; next !== undefined && next.atUs <= nowUs; next = waiting[done]) {
      done += 1
      next.act()
    }
    book()
    if (done * 2 < waiting.length) return
    waiting = waiting.slice(done)
    done = 0
  }
  return (atUs, act) => {
    waiting.push({ atUs, act })
    book()
  }
}
