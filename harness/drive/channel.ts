/** Hands values from whoever has one to a single reader, in the order in which they were given, a handful at a time. */

export interface Channel<T> extends AsyncIterable<readonly T[]> {
  readonly push: (value: T) => void
  /** Ends the reading once everything given has been read. */
  readonly end: () => void
  /** Resolves when the reader has caught up; undefined where it is not far behind. */
  readonly room: () => Promise<void> | undefined
}

/** How far behind a reader may be before whoever can wait is told to. */
const MOST_UNREAD = 50_000

/** A hundred values cost a reader hardly more than one; a few thousand would keep it from everything else for too long. */
const MOST_AT_ONCE = 1_000

/**
 * Who writes is paced by a plan and need not wait for who reads, but should ask for room where it can.
 *
 * @param gather Waited for before what is there is read, so that it comes in larger handfuls.
 */
export function channel<T>(gather: () => Promise<void> = async () => {}): Channel<T> {
  let values: T[] = []
  let ended = false
  let wake = (): void => {}
  let caughtUp = (): void => {}
  let room: Promise<void> | undefined
  return {
    push(value) {
      values.push(value)
      if (values.length > MOST_UNREAD && room === undefined)
        room = new Promise((resolve) => (caughtUp = resolve))
      wake()
    },
    end() {
      ended = true
      wake()
    },
    room: () => room,
    async *[Symbol.asyncIterator]() {
      for (;;) {
        while (values.length > 0) {
          const given = values
          values = []
          for (let at = 0; at < given.length; at += MOST_AT_ONCE)
            yield given.length <= MOST_AT_ONCE ? given : given.slice(at, at + MOST_AT_ONCE)
        }
        room = undefined
        caughtUp()
        if (ended) return
        await new Promise<void>((resolve) => (wake = resolve))
        await gather()
      }
    },
  }
}
