/** Hands values from whoever has one to a single reader, in the order in which they were given. */

export interface Channel<T> extends AsyncIterable<T> {
  readonly push: (value: T) => void
  /** Ends the reading once everything given has been read. */
  readonly end: () => void
}

/** Unbounded: who writes is paced by a plan and must never wait for who reads. */
export function channel<T>(): Channel<T> {
  let values: T[] = []
  let ended = false
  let wake = (): void => {}
  return {
    push(value) {
      values.push(value)
      wake()
    },
    end() {
      ended = true
      wake()
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const given = values
        values = []
        yield* given
        if (values.length > 0) continue
        if (ended) return
        await new Promise<void>((resolve) => (wake = resolve))
      }
    },
  }
}
