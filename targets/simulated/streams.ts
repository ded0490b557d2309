/** A simulated client that sends a stream of a scenario, as the driver would: arrivals, and the copies of each. */
import type { Stream } from '../../harness/model/scenario.ts'
import { labelOf, nodeFor, send, type Field, type Label } from './clients.ts'
import { laterOn } from './later.ts'
import type { Minted, Minter } from './minting.ts'

export interface Streaming {
  readonly stream: Stream
  readonly minter: Minter
  /** The name of the party that sends. */
  readonly principal: string
}

/** Books the first arrival; each books what follows from it. */
export function startStream(streaming: Streaming, field: Field): void {
  const { stream } = streaming
  const label = labelOf(stream.name, field)
  const sender: Sender = { ...streaming, field, label, later: laterOn(field.queue) }
  switch (stream.release) {
    case 'in-rounds':
      return startRounds(sender)
    case 'in-turn':
      return startArrivals(sender, (arrival, then) => new Arrival(arrival, sender).inTurn(0, then))
    case 'together':
      return startArrivals(sender, (arrival, then) => new Arrival(arrival, sender).together(then))
  }
}

interface Sender extends Streaming {
  readonly field: Field
  readonly label: Label
  readonly later: (atUs: number, act: () => void) => void
}

const nothing = (): void => undefined

/** @param arrive Sends all copies of one arrival and calls `then` after the last. */
function startArrivals(
  { stream: { arrivals }, field: { queue, startUs } }: Sender,
  arrive: (arrival: number, then: () => void) => void,
): void {
  switch (arrivals.kind) {
    case 'even': {
      const { startSeconds, endSeconds, perSecond } = arrivals
      const count = Math.floor((endSeconds - startSeconds) * perSecond)
      const book = (arrival: number): void => {
        if (arrival >= count) return
        queue.at(startUs + Math.round((startSeconds + arrival / perSecond) * 1e6), () => {
          arrive(arrival, nothing)
          book(arrival + 1)
        })
      }
      return book(0)
    }
    case 'burst': {
      const { atSeconds, count } = arrivals
      queue.at(startUs + Math.round(atSeconds * 1e6), () => {
        for (let arrival = 0; arrival < count; arrival++) arrive(arrival, nothing)
      })
      return
    }
    case 'in-turn': {
      const next = (arrival: number): void => {
        // A microsecond later: nobody answers and asks again in no time.
        if (arrival < arrivals.count) queue.after(1, () => arrive(arrival, () => next(arrival + 1)))
      }
      return next(0)
    }
  }
}

/** All first copies in turn, then all second ones in the same order. */
function startRounds(sender: Sender): void {
  const { stream, field } = sender
  const { copies, arrivals, gapSeconds } = stream
  if (arrivals.kind === 'even') throw new RangeError('rounds have a count of arrivals')
  const all = Array.from({ length: arrivals.count }, (_, arrival) => new Arrival(arrival, sender))
  const gapUs = Math.round(gapSeconds * 1e6)
  const next = (position: number): void => {
    const copy = Math.floor(position / all.length)
    if (copy >= copies) return
    const isLastOfRound = (position + 1) % all.length === 0
    all[position % all.length]?.send(copy, () =>
      field.queue.after(isLastOfRound ? gapUs + 1 : 1, () => next(position + 1)),
    )
  }
  field.queue.at(field.startUs, () => next(0))
}

/** One credential of a stream and its copies, until the last is answered. */
class Arrival {
  readonly #arrival: number
  readonly #sender: Sender
  /** What all copies are from the first genuine one on. */
  #genuine: Minted | null = null

  constructor(arrival: number, sender: Sender) {
    this.#arrival = arrival
    this.#sender = sender
  }

  /** Each copy when the last was answered, and the gap is over. */
  inTurn(copy: number, then: () => void): void {
    const { stream, field, later } = this.#sender
    this.send(copy, () => {
      if (copy === stream.copies - 1) return then()
      const gapUs = Math.round(stream.gapSeconds * 1e6)
      return later(field.queue.nowUs() + gapUs + 1, () => this.inTurn(copy + 1, then))
    })
  }

  together(then: () => void): void {
    const { copies } = this.#sender.stream
    let left = copies
    const answered = (): void => {
      left -= 1
      if (left === 0) then()
    }
    for (let copy = 0; copy < copies; copy++) this.send(copy, answered)
  }

  send(copy: number, then: () => void): void {
    const { stream, principal, field, label } = this.#sender
    const nowUs = field.queue.nowUs()
    const sending = {
      label,
      arrival: this.#arrival,
      copy,
      last: copy === stream.copies - 1,
      principal,
      credential: this.#mint(copy, nowUs),
      beside: null,
      named: true,
      node: nodeFor(stream.nodes, this.#arrival, copy, field.nodes),
      dueUs: nowUs,
      draws: null,
    }
    send(sending, field, then)
  }

  /** The first copy may be something of its own (see Stream.first). */
  #mint(copy: number, nowUs: number): Minted {
    const { stream, minter } = this.#sender
    if (copy === 0 && stream.first !== undefined)
      return minter.changed(this.#fresh(nowUs), stream.first, nowUs)
    if (this.#genuine !== null) return this.#genuine
    const right = this.#fresh(nowUs)
    this.#genuine =
      stream.change === undefined ? right : minter.changed(right, stream.change, nowUs)
    return this.#genuine
  }

  #fresh(nowUs: number): Minted {
    const { stream, minter, label } = this.#sender
    const iatUs = Math.floor(nowUs / 1e6) * 1e6
    const expUs = iatUs + stream.lifetimeSeconds * 1e6
    return minter.right(`${label.stem}${this.#arrival.toString(36)}-`, {
      iatUs,
      expUs,
      nbfUs: null,
    })
  }
}
