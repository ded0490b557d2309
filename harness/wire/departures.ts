/** Meets the times of requests in a sending thread: each begins when it is due, whatever the thread that asked is busy with. */
import { spinUntil } from '../clock.ts'
import type { Clock } from '../model/target.ts'

interface Departure {
  readonly atUs: number
  readonly go: () => void
}

export class Departures {
  readonly #clock: Clock
  readonly #spin: boolean
  /** By their times. They come in nearly that order. */
  readonly #waiting: Departure[] = []
  #woken = new AbortController()
  #awake = false

  constructor(clock: Clock, spin: boolean) {
    this.#clock = clock
    this.#spin = spin
  }

  /** Calls `go` at that time; at once where it has passed and nobody else waits for an earlier one. */
  at(atUs: number, go: () => void): void {
    if (this.#waiting.length === 0 && atUs <= this.#clock.nowUs()) return go()
    let place = this.#waiting.length
    while (place > 0 && (this.#waiting[place - 1]?.atUs ?? 0) > atUs) place--
    this.#waiting.splice(place, 0, { atUs, go })
    if (!this.#awake) void this.#run()
    else if (place === 0) this.#woken.abort()
  }

  async #run(): Promise<void> {
    this.#awake = true
    for (let [next] = this.#waiting; next !== undefined; [next] = this.#waiting) {
      if (next.atUs <= this.#clock.nowUs()) {
        this.#waiting.shift()
        next.go()
      } else await this.#waitUntil(next.atUs)
    }
    this.#awake = false
  }

  async #waitUntil(us: number): Promise<void> {
    if (this.#woken.signal.aborted) this.#woken = new AbortController()
    const { signal } = this.#woken
    if (this.#spin) await spinUntil(us, this.#clock, signal)
    else await this.#clock.sleepUntil(us, signal)
  }
}
