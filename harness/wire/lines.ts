/** Cuts bytes that arrive in pieces into lines, at a cost that grows with the bytes however small the pieces are. */

const LINE_FEED = 0x0a
const FIRST_ROOM = 256

export class Lines {
  #room = Buffer.alloc(0)
  /** Bytes of a line that has not ended yet. */
  waiting = 0

  /** The next line without its line feed, and where in the chunk what follows begins; null where it has not ended yet. */
  take(chunk: Buffer, at: number): { readonly line: string | null; readonly end: number } {
    const feed = chunk.indexOf(LINE_FEED, at)
    if (feed < 0) {
      this.#keep(chunk, at, chunk.length)
      return { line: null, end: chunk.length }
    }
    const end = feed + 1
    if (this.waiting === 0) return { line: chunk.toString('latin1', at, feed), end }
    this.#keep(chunk, at, feed)
    const line = this.#room.toString('latin1', 0, this.waiting)
    this.waiting = 0
    return { line, end }
  }

  #keep(chunk: Buffer, at: number, end: number): void {
    const size = this.waiting + end - at
    if (size > this.#room.length) {
      const wider = Buffer.alloc(Math.max(FIRST_ROOM, size * 2))
      this.#room.copy(wider, 0, 0, this.waiting)
      this.#room = wider
    }
    chunk.copy(this.#room, this.waiting, at, end)
    this.waiting = size
  }
}
