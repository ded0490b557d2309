/** When steps were over. Steps of streams are forgotten after a while, since there may be millions of them. */

/** What waits for a step of a stream follows it and is read long before, so that few steps need be remembered. */
const REMEMBERED = 2_048

export class Over {
  readonly #kept = new Map<string, number>()
  /** Two generations, of which the older is dropped as a whole: to delete one by one costs more than all the rest. */
  #recent = new Map<string, number>()
  #older = new Map<string, number>()

  /** @param briefly Whether it may be forgotten once some thousand others are over. */
  add(name: string, atUs: number, briefly: boolean): void {
    if (!briefly) return void this.#kept.set(name, atUs)
    if (this.#recent.size >= REMEMBERED) {
      this.#older = this.#recent
      this.#recent = new Map()
    }
    this.#recent.set(name, atUs)
  }

  get(name: string): number | undefined {
    return this.#kept.get(name) ?? this.#recent.get(name) ?? this.#older.get(name)
  }

  has(name: string): boolean {
    return this.get(name) !== undefined
  }
}
