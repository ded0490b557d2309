/** Turns the parts of a step into bytes and truths: minted for it, an earlier step's again, or taken from an answer. */
import { NOTHING_TO_TAKE } from '../dropped.ts'
import { CupelError } from '../errors.ts'
import { alter, alteredTruth } from '../jwt/alter.ts'
import type { MintedSource } from '../jwt/mint.ts'
import type { Presentation } from '../model/history.ts'
import type { Defect, Source, Step, Steps } from '../model/plan.ts'
import type { Read, Target } from '../model/target.ts'
import {
  filled,
  issued,
  NOTHING,
  type Entry,
  type Filled,
  type Made,
  type Missing,
  type Part,
  type Receiver,
} from './filled.ts'
import type { Minter } from './minting.ts'

export interface Credentials {
  /** Told at the start of a round what its steps are: only what one of them takes is remembered, for that round. */
  expect(steps: Steps): void
  /** Starts minting for a step, so that it has its bytes when it is due. What it gives is handed to `fill`. */
  begin(step: Step, dueUs: number): Begun
  /**
   * Everything that a step needs which is sent now. Calls for the steps of a race are made in their order. At once where
   * all of it is there.
   */
  fill(step: Step, nowUs: number, begun: Begun): Filled | Promise<Filled>
  /** Remembers what steps of the round take from this answer. */
  keep(step: string, taken: Read['taken']): void
  /** How many, of steps with a time of their own, were not there at that time, and how many were made again because they had aged unsent. */
  readonly counts: { late: number; again: number }
}

/** What was begun for a step, by part; null where nothing was. */
export type Begun = ReadonlyMap<string, Entry> | null

/** An assertion that was made for a time so long ago and never sent is made again, so that its lifetime holds. */
const STALE_US = 2_000_000

export function openCredentials(minter: Minter, receiver: Receiver): Credentials {
  return new Wallet(minter, receiver)
}

class Wallet implements Credentials {
  readonly counts = { late: 0, again: 0 }
  readonly #minter: Minter
  readonly #receiver: Receiver
  /** Those that are presented again, by the step and part of each presentation. */
  readonly #entries = new Map<string, Entry>()
  readonly #wanted = new Set<string>()
  readonly #takings = new Map<string, string>()
  /** What the names of steps begin with whose tokens are tried, each by the step that follows it. */
  #tried: string[] = []
  /** The replay keys of those that were presented by such steps, by step and part, until the trial. */
  readonly #keys = new Map<string, string | null>()

  constructor(minter: Minter, receiver: Receiver) {
    this.#minter = minter
    this.#receiver = receiver
  }

  expect(steps: Steps): void {
    this.#wanted.clear()
    this.#takings.clear()
    this.#keys.clear()
    this.#tried = (steps.streams ?? []).flatMap(({ tried }) => tried ?? [])
    // Streams may be of millions, and take nothing but what they try.
    if (steps.streams !== undefined) return
    for (const { parts } of steps) {
      for (const source of Object.values(parts)) {
        if (source.kind !== 'taken') continue
        this.#wanted.add(nameOf(source.step, source.what))
        if (source.tells !== undefined) this.#tried.push(source.step)
      }
    }
  }

  begin(step: Step, dueUs: number): Begun {
    let begun: Map<string, Entry> | null = null
    for (const part in step.parts) {
      const source = step.parts[part]
      if (source?.kind === 'minted') (begun ??= new Map()).set(part, this.#mint(source, dueUs))
    }
    return begun
  }

  fill(step: Step, nowUs: number, begun: Begun): Filled | Promise<Filled> {
    // Up to the first await nothing else runs, so that what repeats this step finds it.
    const parts: Part[] = []
    let pending = 0
    for (const part in step.parts) {
      const source = step.parts[part]
      if (source === undefined) continue
      const entry = this.#entryOf({ step, part, source, nowUs }, begun)
      entry.presented = true
      if (isPending(entry)) pending++
      parts.push({ part, entry, ...this.#toldOf(source) })
    }
    const done = (): Filled => this.#told(step, filled(step, parts, this.#receiver))
    if (pending === 0) return done()
    if ('atUs' in step.due) this.counts.late++
    return new Promise((resolve, reject) => {
      const resume = (): void => {
        pending--
        const failed = parts.find(({ entry }) => entry.failure !== null)?.entry.failure
        if (failed) reject(failed.error)
        else if (pending === 0) resolve(done())
      }
      for (const { entry } of parts) if (isPending(entry)) entry.waiting.push(resume)
    })
  }

  keep(step: string, taken: Read['taken']): void {
    if (this.#wanted.size === 0 && this.#tried.length === 0) return
    // A target may answer each of many requests with a token as long as an answer may be.
    for (const [what, text] of Object.entries(taken)) {
      const name = nameOf(step, what)
      if (this.#wanted.has(name) || this.#isTried(step)) this.#takings.set(name, text)
    }
  }

  /** Whether a later step presents it, and, of a token that is tried, whose acceptance that tells of. */
  #toldOf(source: Source): Pick<Part, 'last' | 'tells' | 'follows'> {
    if (source.kind === 'taken' && source.follows === true)
      return { last: true, follows: source.step }
    if (source.kind !== 'taken' || source.tells === undefined)
      return { last: !('last' in source) || source.last }
    const name = nameOf(source.step, source.tells)
    const key = this.#keys.get(name) ?? null
    this.#keys.delete(name)
    return { last: false, tells: { step: source.step, key } }
  }

  #isTried(step: string): boolean {
    return this.#tried.some((prefix) => step.startsWith(prefix))
  }

  /** Keeps in mind what its token will tell of; of a trial nothing more is told. */
  #told({ name }: Step, done: Filled): Filled {
    if (!this.#isTried(name) || done.presented.some(isLater)) return done
    for (const { part, key } of done.presented) this.#keys.set(nameOf(name, part), key)
    return done
  }

  #entryOf({ step, part, source, nowUs }: Wanted, begun: Begun): Entry {
    switch (source.kind) {
      case 'minted': {
        const entry = this.#fresh(source, nowUs, begun?.get(part))
        if (!source.last) this.#remember(nameOf(step.name, part), entry)
        return entry
      }
      case 'again': {
        const entry = this.#repeat(source)
        if (source.last) for (const name of entry.family) this.#entries.delete(name)
        else this.#remember(nameOf(step.name, part), entry)
        return entry
      }
      case 'nothing':
        return settled(NOTHING)
      case 'taken': {
        const name = nameOf(source.step, source.what)
        const text = this.#takings.get(name)
        if (source.tells !== undefined) this.#takings.delete(name)
        return settled(text === undefined ? { missing: NOTHING_TO_TAKE } : issued(text))
      }
    }
  }

  #fresh(source: MintedSource, nowUs: number, begun: Entry | undefined): Entry {
    if (begun === undefined) return this.#mint(source, nowUs)
    if (nowUs - begun.forUs <= STALE_US) return begun
    this.counts.again++
    return this.#mint(source, nowUs)
  }

  #mint(source: MintedSource, forUs: number): Entry {
    const entry = pendingEntry(forUs, [])
    this.#minter.mint(source, forUs).then(
      ({ text, truth }) => settle(entry, { text, truth, usage: source.usage }),
      (error: unknown) => fail(entry, error),
    )
    return entry
  }

  #repeat(source: Extract<Source, { kind: 'again' }>): Entry {
    const origin = this.#entries.get(nameOf(source.step, source.part))
    if (origin === undefined) return settled({ missing: 'nothing-to-repeat' })
    const entry = pendingEntry(origin.forUs, origin.family)
    const copy = (): void => {
      const { now, failure } = origin
      if (failure !== null) fail(entry, failure.error)
      else if (now !== null)
        settle(entry, 'missing' in now ? now : altered(now, source.altered, this.#receiver.speaks))
    }
    if (isPending(origin)) origin.waiting.push(copy)
    else copy()
    return entry
  }

  #remember(name: string, entry: Entry): void {
    entry.family.push(name)
    this.#entries.set(name, entry)
  }
}

/** A part of a step that is about to be sent. */
interface Wanted {
  readonly step: Step
  readonly part: string
  readonly source: Source
  readonly nowUs: number
}

function pendingEntry(forUs: number, family: string[]): Entry {
  return { now: null, failure: null, waiting: [], family, forUs, presented: false }
}

function settled(now: Made | Missing): Entry {
  return { ...pendingEntry(0, []), now }
}

function isPending({ now, failure }: Entry): boolean {
  return now === null && failure === null
}

function settle(entry: Entry, now: Made | Missing): void {
  entry.now = now
  for (const each of entry.waiting.splice(0)) each()
}

/** A signer elsewhere that fails is a fact of this run; whatever else goes wrong is a mistake of the harness. */
function fail(entry: Entry, error: unknown): void {
  if (error instanceof CupelError && error.code === 'ERR_SIGNER')
    return settle(entry, { missing: 'signer' })
  entry.failure = { error }
  for (const each of entry.waiting.splice(0)) each()
}

/** Whether it is a token that came for an earlier step, so that the step brings none. */
function isLater({ tried, follows }: Presentation): boolean {
  return tried !== undefined || follows !== undefined
}

function nameOf(step: string, what: string): string {
  return `${step}\n${what}`
}

function altered(made: Made, defect: Defect | null, speaks: Target['speaks']): Made {
  if (defect === null) return made
  const truth = alteredTruth(made.truth, defect)
  return {
    ...made,
    truth,
    text: speaks === 'truth' ? JSON.stringify(truth) : alter(made.text, defect),
  }
}
