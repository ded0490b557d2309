/** The way of a simulated client to a node and back, with whatever stands between that asks again or answers in its place. */
import type { Answer } from '../../harness/model/history.ts'
import type { Random } from '../../harness/model/target.ts'
import type { Admit } from '../reference/admission.ts'
import { release, type Asking } from '../reference/asking.ts'
import type { Answers, Served } from './answers.ts'
import { linkTo, type Cluster } from './cluster.ts'
import type { Failure, Link, Question, Reply } from './link.ts'
import type { Minted } from './minting.ts'
import type { Running, SimulatedNode } from './node.ts'
import type { EventQueue } from './queue.ts'
import type { Trouble } from './right-ways.ts'
import type { Path } from './world.ts'

export interface Asked {
  readonly credential: Minted
  /** What is judged before it, in the same request. */
  readonly beside: Minted | null
  readonly node: string
  /** Null draws from the links' own streams. */
  readonly draws: Random | null
}

/** Asks, and hears the answer or why there is none; once. */
export type Ask = (asked: Asked, heard: (answer: Answer) => void) => void

export interface RequestOptions {
  readonly queue: EventQueue
  readonly cluster: Cluster
  readonly path: Path
  readonly answers: Answers
  readonly trouble: Trouble
  /** What trouble is drawn from, where a request brings no draws. */
  readonly random: Random
  /** The tag of the token for an assertion. */
  readonly token: (credential: Minted) => string
}

export function openRequests(options: RequestOptions): Ask {
  const { path, queue } = options
  const direct = directly(options)
  const repeating = path.repeats ? onceMore(direct, queue) : direct
  return path.cachesSeconds > 0 ? cached(repeating, queue, path.cachesSeconds * 1e6) : repeating
}

const NO_ANSWERS: Readonly<Record<'reset' | 'timeout', Answer>> = {
  reset: { kind: 'none', cause: 'reset' },
  timeout: { kind: 'none', cause: 'timeout' },
}

interface Way {
  readonly link: Link
  readonly at: At
}

function directly(options: RequestOptions): Ask {
  const { cluster, trouble } = options
  const isTroubled = trouble.before > 0 || trouble.after > 0 || trouble.elsewhere > 0
  const ways = new Map<string, Way>()
  for (const [name, node] of cluster.nodes) {
    const link = cluster.links.get(linkTo(name))
    if (link !== undefined) ways.set(name, { link, at: { ...options, node, isTroubled } })
  }
  return (asked, heard) => {
    const way = ways.get(asked.node)
    if (way === undefined) throw new RangeError(`there is no node ${asked.node}`)
    way.link.ask(new Exchange(asked, heard, way.at))
  }
}

interface At extends RequestOptions {
  readonly node: SimulatedNode
  readonly isTroubled: boolean
}

/** One request of a client, until it is answered or its patience ends. */
class Exchange implements Question<Served> {
  readonly #asked: Asked
  readonly #at: At
  readonly #begunUs: number
  #heard: ((answer: Answer) => void) | null
  #watched = false

  constructor(asked: Asked, heard: (answer: Answer) => void, at: At) {
    this.#asked = asked
    this.#heard = heard
    this.#at = at
    this.#begunUs = at.queue.nowUs()
  }

  get draws(): Random | null {
    return this.#asked.draws
  }

  deliver(reply: Reply<Served>): void {
    const { credential, beside, draws } = this.#asked
    const { node, isTroubled, trouble, random } = this.#at
    const { assertion, party } = credential.read
    const plain = ({ admit }: Running): Asking<Served> =>
      beside === null ? admit(assertion, party) : both(admit, beside, credential)
    const work = isTroubled
      ? (running: Running) =>
          troubled(running, plain(running), credential, { trouble, draws: draws ?? random })
      : plain
    node.serve(work, reply, draws)
  }

  done(served: Served): void {
    const { answers, token } = this.#at
    this.#settle(answers.of(served, served.kind === 'accept' ? token(this.#asked.credential) : ''))
  }

  fail(failure: Failure): void {
    if (failure === 'reset') return this.#settle(NO_ANSWERS.reset)
    const giveUpUs = this.#begunUs + this.#at.path.patienceSeconds * 1e6
    if (!this.#watched) this.#at.queue.at(giveUpUs, () => this.#settle(NO_ANSWERS.timeout))
    this.#watched = true
  }

  #settle(answer: Answer): void {
    const heard = this.#heard
    this.#heard = null
    heard?.(answer)
  }
}

/** A client authenticates first, and its assertion is spent whatever becomes of the other. */
function* both(admit: Admit, client: Minted, grant: Minted): Asking<Served> {
  const outcome = yield* admit(client.read.assertion, client.read.party)
  if (outcome.kind !== 'accept') return outcome
  return yield* admit(grant.read.assertion, grant.read.party)
}

/** Something goes wrong before the assertion is looked at, or once it is taken. */
function* troubled(
  { behaviour }: Running,
  work: Asking<Served>,
  { read }: Minted,
  { trouble, draws }: { readonly trouble: Trouble; readonly draws: Random },
): Asking<Served> {
  const { before, after, elsewhere, givesBack } = trouble
  if (draws.next() < before) return { kind: 'error' }
  const outcome = yield* work
  if (outcome.kind !== 'accept') return outcome
  const drawn = draws.next()
  if (drawn >= after + elsewhere) return outcome
  if (givesBack) yield* release(behaviour.key(read.assertion, 'token'))
  return { kind: drawn < after ? 'error' : 'elsewhere' }
}

/** How long who stands in front waits before it asks once more. */
const PAUSE_US = 20_000

/** Asks once more where no answer came, or a failure of the node's own. */
function onceMore(ask: Ask, queue: EventQueue): Ask {
  return (asked, heard) =>
    ask(asked, (answer) => {
      if (answer.kind === 'reply' && answer.status < 500) return heard(answer)
      queue.after(PAUSE_US, () => ask(asked, heard))
    })
}

/** How long an answer from a cache takes. */
const CACHED_US = 300

/** Gives the same answer to the same bytes for a while, and at most as long as they are good. */
function cached(ask: Ask, queue: EventQueue, forUs: number): Ask {
  const known = new Map<string, { readonly answer: Answer; readonly untilUs: number }>()
  return (asked, heard) => {
    const { credential, beside } = asked
    // All that a request carries are its bytes, and it is good as long as each of them is.
    const carried = beside === null ? [credential] : [beside, credential]
    const text = carried.map(({ read }) => read.assertion.text).join(' ')
    const endUs = Math.min(...carried.map(({ truth }) => truth.expUs ?? Infinity))
    const found = known.get(text)
    if (found !== undefined && found.untilUs > queue.nowUs()) {
      queue.after(CACHED_US, () => heard(found.answer))
      return
    }
    ask(asked, (answer) => {
      if (answer.kind === 'reply' && answer.status === 200)
        known.set(text, {
          answer,
          untilUs: Math.min(queue.nowUs() + forUs, endUs - CACHED_US),
        })
      heard(answer)
    })
  }
}
