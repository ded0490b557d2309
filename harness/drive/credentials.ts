/** Turns the parts of a step into bytes and truths: minted for it, an earlier step's again, or taken from an answer. */
import { CupelError } from '../errors.ts'
import { alter, alteredTruth } from '../jwt/alter.ts'
import type { MintedSource } from '../jwt/mint.ts'
import type { Presentation, Truth } from '../model/history.ts'
import type { Defect, Source, Step, Usage } from '../model/plan.ts'
import type { Read, Target } from '../model/target.ts'
import type { Minter } from './minting.ts'
import { replayKey } from './replay-key.ts'

/** What a step presents. `texts` is null when a part is not to be had, and `missing` says why in a word. */
export interface Filled {
  readonly texts: Readonly<Record<string, string>> | null
  readonly presented: readonly Presentation[]
  readonly missing?: string
}

export interface Credentials {
  /** Told at the start of a round what a list of steps is: only what one of them takes is remembered, for that round. */
  expect(steps: Iterable<Step>): void
  /** Starts minting for a step, so that it has its bytes when it is due. */
  begin(step: Step, dueUs: number): void
  /**
   * Everything that a step needs which is sent now. Calls for the steps of a race are made in their order. At once where
   * all of it is there.
   */
  fill(step: Step, nowUs: number): Filled | Promise<Filled>
  /** Remembers what steps of the round take from this answer. */
  keep(step: string, taken: Read['taken']): void
  /** How many, of steps with a time of their own, were not there at that time, and how many were made again because they had aged unsent. */
  readonly counts: { late: number; again: number }
}

/** An assertion that was made for a time so long ago and never sent is made again, so that its lifetime holds. */
const STALE_US = 2_000_000

interface Made {
  readonly text: string
  readonly usage: Usage
  readonly truth: Truth
}

/** Why there is none. */
interface Missing {
  readonly missing: string
}

/** One remembered part. All presentations of the same minting share `family`, the names they are remembered by. */
interface Entry {
  /** Null until it is made. */
  now: Made | Missing | null
  readonly made: Promise<Made | Missing>
  readonly family: string[]
  /** When it was made for. */
  readonly forUs: number
  presented: boolean
}

/** @param speaks What the target is handed: the bytes of a part, or its truth as JSON. */
export function openCredentials(minter: Minter, speaks: Target['speaks']): Credentials {
  return new Wallet(minter, speaks)
}

class Wallet implements Credentials {
  readonly counts = { late: 0, again: 0 }
  readonly #minter: Minter
  readonly #speaks: Target['speaks']
  readonly #entries = new Map<string, Entry>()
  readonly #wanted = new Set<string>()
  readonly #takings = new Map<string, string>()

  constructor(minter: Minter, speaks: Target['speaks']) {
    this.#minter = minter
    this.#speaks = speaks
  }

  expect(steps: Iterable<Step>): void {
    this.#wanted.clear()
    this.#takings.clear()
    for (const { parts } of steps) {
      for (const source of Object.values(parts)) {
        if (source.kind === 'taken') this.#wanted.add(nameOf(source.step, source.what))
      }
    }
  }

  begin(step: Step, dueUs: number): void {
    for (const part in step.parts) {
      const source = step.parts[part]
      if (source?.kind === 'minted') this.#mint(nameOf(step.name, part), source, dueUs)
    }
  }

  fill(step: Step, nowUs: number): Filled | Promise<Filled> {
    // Up to the first await nothing else runs, so that what repeats this step finds it.
    const parts: Part[] = []
    let pending = false
    for (const part in step.parts) {
      const source = step.parts[part]
      if (source === undefined) continue
      const entry = this.#entryOf(nameOf(step.name, part), source, nowUs)
      const last = source.kind === 'taken' || source.last
      if (last) for (const name of entry.family) this.#entries.delete(name)
      entry.presented = true
      pending ||= entry.now === null
      parts.push({ part, entry, last })
    }
    if (!pending) return filled(step, parts)
    if ('atUs' in step.due) this.counts.late++
    return Promise.all(parts.map(({ entry }) => entry.made)).then(() => filled(step, parts))
  }

  keep(step: string, taken: Read['taken']): void {
    if (this.#wanted.size === 0) return
    // A target may answer each of many requests with a token as long as an answer may be.
    for (const [what, text] of Object.entries(taken)) {
      const name = nameOf(step, what)
      if (this.#wanted.has(name)) this.#takings.set(name, text)
    }
  }

  #entryOf(name: string, source: Source, nowUs: number): Entry {
    switch (source.kind) {
      case 'minted':
        return this.#fresh(name, source, nowUs)
      case 'again':
        return this.#repeat(name, source)
      case 'taken': {
        const text = this.#takings.get(nameOf(source.step, source.what))
        return settled(text === undefined ? { missing: 'no-answer-to-take-it-from' } : issued(text))
      }
    }
  }

  #fresh(name: string, source: MintedSource, nowUs: number): Entry {
    const entry = this.#mint(name, source, nowUs)
    if (entry.presented || nowUs - entry.forUs <= STALE_US) return entry
    this.counts.again++
    this.#entries.delete(name)
    return this.#mint(name, source, nowUs)
  }

  #mint(name: string, source: MintedSource, forUs: number): Entry {
    const begun = this.#entries.get(name)
    if (begun !== undefined) return begun
    const { usage } = source
    const made = this.#minter
      .mint(source, forUs)
      .then(({ text, truth }): Made => ({ text, truth, usage }), missing)
    return this.#remember(name, made, { family: [], forUs })
  }

  #repeat(name: string, source: Extract<Source, { kind: 'again' }>): Entry {
    const origin = this.#entries.get(nameOf(source.step, source.part))
    if (origin === undefined) return settled({ missing: 'nothing-to-repeat' })
    const { family, forUs } = origin
    const alike = (made: Made | Missing): Made | Missing =>
      'missing' in made ? made : altered(made, source.altered, this.#speaks)
    if (origin.now === null) return this.#remember(name, origin.made.then(alike), { family, forUs })
    const entry = { ...settled(alike(origin.now)), family, forUs }
    family.push(name)
    this.#entries.set(name, entry)
    return entry
  }

  #remember(
    name: string,
    made: Promise<Made | Missing>,
    { family, forUs }: Pick<Entry, 'family' | 'forUs'>,
  ): Entry {
    const entry: Entry = { now: null, made, family, forUs, presented: false }
    // Whoever fills the step awaits it as well; until then a failure must not count as unhandled.
    made.then(
      (now) => (entry.now = now),
      () => {},
    )
    family.push(name)
    this.#entries.set(name, entry)
    return entry
  }
}

interface Part {
  readonly part: string
  readonly entry: Entry
  readonly last: boolean
}

function filled({ endpoint }: Step, parts: readonly Part[]): Filled {
  const texts: Record<string, string> = {}
  const presented: Presentation[] = []
  let without: string | undefined
  for (const { part, entry, last } of parts) {
    const { now } = entry
    if (now === null || 'missing' in now) {
      without ??= now?.missing ?? 'not-made'
      continue
    }
    texts[part] = now.text
    const { usage, truth } = now
    presented.push({ part, usage, key: replayKey(endpoint, usage, truth), last, truth })
  }
  return without === undefined ? { texts, presented } : { texts: null, presented, missing: without }
}

/** A signer elsewhere that fails is a fact of this run; whatever else goes wrong is a mistake of the harness. */
function missing(error: unknown): Missing {
  if (error instanceof CupelError && error.code === 'ERR_SIGNER') return { missing: 'signer' }
  throw error
}

function settled(now: Made | Missing): Entry {
  return { now, made: Promise.resolve(now), family: [], forUs: 0, presented: false }
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

/** Of a credential that the target issued nothing is known by construction but that it did. */
function issued(text: string): Made {
  return { text, usage: 'bearer-token', truth: ISSUED }
}

const ISSUED: Truth = {
  issuer: null,
  subject: null,
  audience: null,
  authentic: true,
  algorithm: null,
  jti: null,
  expUs: null,
  nbfUs: null,
  iatUs: null,
  defect: null,
}
