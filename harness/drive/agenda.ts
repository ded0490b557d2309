/** What is still to come, soonest first: a binary heap, since millions pass through it. */

interface Entry<T> {
  readonly atUs: number
  /** Of two for the same time the one that was put in first comes first. */
  readonly turn: number
  readonly value: T
}

export class Agenda<T> {
  readonly #heap: Entry<T>[] = []
  #turns = 0

  get size(): number {
    return this.#heap.length
  }

  /** When the next one is; null when there is none. */
  get nextUs(): number | null {
    return this.#heap[0]?.atUs ?? null
  }

  put(atUs: number, value: T): void {
    const heap = this.#heap
    const entry = { atUs, turn: this.#turns++, value }
    let at = heap.length
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = heap[above]
      if (parent === undefined || !isBefore(entry, parent)) break
      heap[at] = parent
      at = above
    }
    heap[at] = entry
  }

  /** Takes the next one out; undefined when there is none. */
  take(): T | undefined {
    const heap = this.#heap
    const [first] = heap
    const last = heap.pop()
    if (first === undefined || last === undefined) return undefined
    if (heap.length > 0) this.#sink(last)
    return first.value
  }

  #sink(entry: Entry<T>): void {
    const heap = this.#heap
    let at = 0
    for (;;) {
      const left = heap[2 * at + 1]
      if (left === undefined) break
      const right = heap[2 * at + 2]
      const isRight = right !== undefined && isBefore(right, left)
      const child = isRight ? right : left
      if (!isBefore(child, entry)) break
      heap[at] = child
      at = 2 * at + (isRight ? 2 : 1)
    }
    heap[at] = entry
  }
}

function isBefore<T>(one: Entry<T>, other: Entry<T>): boolean {
  return one.atUs < other.atUs || (one.atUs === other.atUs && one.turn < other.turn)
}
