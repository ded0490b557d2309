/** One edge of a simulated system: a question goes over it and an answer comes back, each after a delay, or neither. */
import type { Random } from '../../harness/model/target.ts'
import type { EventQueue } from './queue.ts'

/** What becomes of a message that goes one way. `lost` is a black hole: nobody is told. */
export type Passing = 'through' | 'reset' | 'lost'

export interface LinkState {
  /** The way of questions. */
  readonly there: Passing
  /** The way of answers. */
  readonly back: Passing
  readonly extraDelayUs: number
  /** How much of what passes is lost all the same without a word, in [0, 1]. */
  readonly lossRate: number
  /** How many answers are lost with their connection, in [0, 1]. */
  readonly resetRate: number
}

export interface Link {
  readonly name: string
  /** Changes how it passes messages. What is under way arrives, or meets the change at the time it would have. */
  set(state: Partial<LinkState>): void
  /** Resets every connection, and each new one until it is mended. */
  cut(): void
  /** Passes everything again as it usually does. Connections that were reset stay so. */
  mend(): void
  readonly state: LinkState
  /** Questions since it was last cut or mended. */
  readonly attempts: number
  ask<T>(question: Question<T>): void
}

/** A question, and who asks it. */
export interface Question<T> {
  /** Where delays and losses are drawn from; the link's own stream if there is none. */
  readonly draws: Random | null
  /** Called at the other end. */
  deliver(reply: Reply<T>): void
  /** Called with the answer, at the asker's end. */
  done(answer: T): void
  fail(failure: Failure): void
}

/** What who was asked can do about it. */
export interface Reply<T> {
  answer(answer: T): void
  /** Closes the connection without an answer. */
  reset(): void
  /** Says that the answer may be long in coming, or may never come. */
  hold(): void
}

/**
 * Why there is no answer: the connection was `reset`, or everything is `silent`, in which case the answer may still
 * come: who asks should look after its own time now.
 */
export type Failure = 'reset' | 'silent'

/** Of one way, in microseconds. */
export interface Delay {
  readonly least: number
  readonly most: number
}

export interface LinkOptions {
  readonly delay: Delay
  /** What is lost although nothing is broken, each in [0, 1]; nothing when absent. */
  readonly lossRate?: number
  readonly resetRate?: number
  readonly random: Random
}

export function simulatedLink(name: string, queue: EventQueue, options: LinkOptions): Link {
  const usual: LinkState = {
    there: 'through',
    back: 'through',
    extraDelayUs: 0,
    lossRate: options.lossRate ?? 0,
    resetRate: options.resetRate ?? 0,
  }
  const wire: Wire = { ...options, queue, state: usual, cuts: 0 }
  let attempts = 0
  return {
    name,
    get state() {
      return wire.state
    },
    get attempts() {
      return attempts
    },
    set(change) {
      wire.state = { ...wire.state, ...change }
    },
    cut() {
      wire.cuts += 1
      attempts = 0
      wire.state = { ...wire.state, there: 'reset', back: 'reset' }
    },
    mend() {
      attempts = 0
      wire.state = usual
    },
    ask(question) {
      attempts += 1
      new Crossing(question, wire).go()
    },
  }
}

interface Wire extends LinkOptions {
  readonly queue: EventQueue
  state: LinkState
  /** How often connections were reset: what began under another count has lost its own. */
  cuts: number
}

/** What takes longer is announced as silence, so that who is in a hurry watches its time. */
const SILENT_US = 100_000

/** One question on its way, and its answer on the way back. */
class Crossing<T> implements Reply<T> {
  readonly #question: Question<T>
  readonly #wire: Wire
  readonly #cuts: number

  constructor(question: Question<T>, wire: Wire) {
    this.#question = question
    this.#wire = wire
    this.#cuts = wire.cuts
  }

  go(): void {
    if (!this.#sets(this.#wire.state.there)) return
    this.#wire.queue.after(this.#delayUs(), () => {
      if (this.#arrives(this.#wire.state.there)) this.#question.deliver(this)
    })
  }

  answer(answer: T): void {
    const { state, random } = this.#wire
    if (!this.#sets(state.back)) return
    if (state.resetRate > 0 && (this.#question.draws ?? random).next() < state.resetRate)
      return this.reset()
    this.#wire.queue.after(this.#delayUs(), () => {
      if (this.#arrives(this.#wire.state.back)) this.#question.done(answer)
    })
  }

  reset(): void {
    this.#wire.queue.after(this.#wire.delay.least, () => this.#question.fail('reset'))
  }

  hold(): void {
    this.#question.fail('silent')
  }

  /** Whether a message sets out at all. */
  #sets(passing: Passing): boolean {
    const { state, random } = this.#wire
    const isLost =
      passing === 'lost' ||
      (state.lossRate > 0 && (this.#question.draws ?? random).next() < state.lossRate)
    if (isLost) this.#question.fail('silent')
    return !isLost
  }

  #delayUs(): number {
    const { delay, state, random } = this.#wire
    const drawn = (this.#question.draws ?? random).next()
    const delayUs =
      Math.round(delay.least + drawn * (delay.most - delay.least)) + state.extraDelayUs
    if (delayUs > SILENT_US) this.#question.fail('silent')
    return delayUs
  }

  #arrives(passing: Passing): boolean {
    const isReset = this.#cuts !== this.#wire.cuts || passing === 'reset'
    if (!isReset && passing === 'through') return true
    this.#question.fail(isReset ? 'reset' : 'silent')
    return false
  }
}
