/** Turns the parts of a step into bytes and truths: minted for it, an earlier step's again, or taken from an answer. */
import { alter, alteredTruth } from '../jwt/alter.ts'
import type { MintedSource } from '../jwt/mint.ts'
import type { Presentation, Truth } from '../model/history.ts'
import type { Defect, Source, Step, Usage } from '../model/plan.ts'
import type { Read, Target } from '../model/target.ts'
import type { Minter } from './minting.ts'

/** What a step presents. `texts` is null when a part is not to be had: what it comes from was not sent or not answered. */
export interface Filled {
  readonly texts: Readonly<Record<string, string>> | null
  readonly presented: readonly Presentation[]
}

export interface Credentials {
  /** Told at the start of a round what its steps are: only what one of them takes is remembered, for that round. */
  expect(steps: Iterable<Step>): void
  /** Starts minting for a step, so that it has its bytes when it is due. */
  begin(step: Step, dueUs: number): void
  /** Everything that a step needs which is about to be sent. Calls for the steps of a race are made in their order. */
  fill(step: Step, dueUs: number): Promise<Filled>
  /** Remembers what steps of the round take from this answer. */
  keep(step: string, taken: Read['taken']): void
}

interface Made {
  readonly text: string
  readonly usage: Usage
  readonly truth: Truth
}

/** One remembered part. All presentations of the same minting share `family`, the names they are remembered by. */
interface Entry {
  readonly made: Promise<Made | null>
  readonly family: string[]
}

/** @param speaks What the target is handed: the bytes of a part, or its truth as JSON. */
export function openCredentials(minter: Minter, speaks: Target['speaks']): Credentials {
  return new Wallet(minter, speaks)
}

class Wallet implements Credentials {
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
    for (const [part, source] of Object.entries(step.parts)) {
      if (source.kind === 'minted') this.#mint(nameOf(step.name, part), source, dueUs)
    }
  }

  async fill(step: Step, dueUs: number): Promise<Filled> {
    // Up to the first await nothing else runs, so that what repeats this step finds it.
    const parts = Object.entries(step.parts).map(([part, source]) => {
      const { made, family } = this.#entryOf(nameOf(step.name, part), source, dueUs)
      const last = source.kind === 'taken' || source.kind === 'nothing' || source.last
      if (last) for (const name of family) this.#entries.delete(name)
      return { part, made, last }
    })
    const texts: [string, string][] = []
    const presented: Presentation[] = []
    for (const { part, made: pending, last } of parts) {
      const made = await pending
      if (made === null) continue
      if (step.parts[part]?.kind !== 'nothing') texts.push([part, made.text])
      presented.push(presentationOf(part, made, { endpoint: step.endpoint, last }))
    }
    const complete = presented.length === parts.length
    return { texts: complete ? Object.fromEntries(texts) : null, presented }
  }

  keep(step: string, taken: Read['taken']): void {
    // A target may answer each of many requests with a token as long as an answer may be.
    for (const [what, text] of Object.entries(taken)) {
      const name = nameOf(step, what)
      if (this.#wanted.has(name)) this.#takings.set(name, text)
    }
  }

  #entryOf(name: string, source: Source, dueUs: number): Entry {
    switch (source.kind) {
      case 'minted':
        return this.#mint(name, source, dueUs)
      case 'again':
        return this.#repeat(name, source)
      case 'nothing':
        return { made: Promise.resolve(NOTHING), family: [] }
      case 'taken': {
        const text = this.#takings.get(nameOf(source.step, source.what))
        return { made: Promise.resolve(text === undefined ? null : issued(text)), family: [] }
      }
    }
  }

  #mint(name: string, source: MintedSource, dueUs: number): Entry {
    const begun = this.#entries.get(name)
    if (begun !== undefined) return begun
    const { usage } = source
    const made = this.#minter.mint(source, dueUs).then((minted) => ({ ...minted, usage }))
    return this.#remember(name, { made, family: [] })
  }

  #repeat(name: string, source: Extract<Source, { kind: 'again' }>): Entry {
    const origin = this.#entries.get(nameOf(source.step, source.part))
    if (origin === undefined) return { made: Promise.resolve(null), family: [] }
    const made = origin.made.then((each) => each && altered(each, source.altered, this.#speaks))
    return this.#remember(name, { made, family: origin.family })
  }

  #remember(name: string, entry: Entry): Entry {
    // Whoever fills the step awaits it as well; until then a failure must not count as unhandled.
    entry.made.catch(() => {})
    entry.family.push(name)
    this.#entries.set(name, entry)
    return entry
  }
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

/** Nor of what is not there. */
const NOTHING: Made = { text: '', usage: 'bearer-token', truth: { ...ISSUED, authentic: false } }

function presentationOf(
  part: string,
  { usage, truth }: Made,
  { endpoint, last }: { endpoint: string; last: boolean },
): Presentation {
  return { part, usage, key: keyOf(endpoint, usage, truth), last, truth }
}

/** The replay key: one memory for each endpoint over all its nodes. Without issuer and jti there is none. */
function keyOf(endpoint: string, usage: Usage, { issuer, jti }: Truth): string | null {
  if (usage !== 'client-authentication' && usage !== 'authorization-grant') return null
  return issuer === null || jti === null ? null : JSON.stringify([endpoint, usage, issuer, jti])
}
