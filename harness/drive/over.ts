/** When steps were over. Steps of streams are forgotten after a while, since there may be millions of them. */

/** A step of a stream is read long before what it waits for is over, so that few of those need be remembered. */
const REMEMBERED = 4_096

export interface Over extends ReadonlyMap<string, number> {
  /** @param briefly Whether it may be forgotten once some thousand others are over. */
  add(name: string, atUs: number, briefly: boolean): void
}

class Remembered extends Map<string, number> implements Over {
  readonly #brief: string[] = []
  #oldest = 0

  add(name: string, atUs: number, briefly: boolean): void {
    this.set(name, atUs)
    if (!briefly) return
    const slot = this.#oldest++ % REMEMBERED
    const forgotten = this.#brief[slot]
    if (forgotten !== undefined) this.delete(forgotten)
    this.#brief[slot] = name
  }
}

export function openOver(): Over {
  return new Remembered()
}
