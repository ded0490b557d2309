/** From the parts of a step, once all are made or known to be missing, to what is sent and what is written down of it. */
import type { Presentation, Truth } from '../model/history.ts'
import type { Step, Usage } from '../model/plan.ts'
import type { Declarations } from '../model/policy.ts'
import type { Target } from '../model/target.ts'
import { memoryOf, replayKey } from './replay-key.ts'

/** What a step presents. `texts` is null when a part is not to be had, and `missing` says why in a word. */
export interface Filled {
  readonly texts: Readonly<Record<string, string>> | null
  readonly presented: readonly Presentation[]
  readonly missing?: string
}

export interface Made {
  readonly text: string
  readonly usage: Usage
  readonly truth: Truth
}

/** Why there is none. */
export interface Missing {
  readonly missing: string
}

/** One credential. All presentations of the same minting share `family`, the names they are remembered by. */
export interface Entry {
  /** Null until it is made. */
  now: Made | Missing | null
  /** Why it never will be: a mistake of the harness. */
  failure: { readonly error: unknown } | null
  /** Called when it is made, or never will be. */
  readonly waiting: (() => void)[]
  readonly family: string[]
  /** When it was made for. */
  readonly forUs: number
  presented: boolean
}

/** What of a target decides what is presented to it, and what that is remembered by. */
export interface Receiver extends Pick<Target, 'speaks'> {
  readonly facts: { readonly declares: Pick<Declarations, 'remembersAcross'> }
}

export interface Part {
  readonly part: string
  readonly entry: Entry
  readonly last: boolean
  /** Of a token that is tried: the step that brought it, and the replay key of what it was brought by. */
  readonly tells?: { readonly step: string; readonly key: string | null }
  /** Of a token that is followed: the step that brought it. */
  readonly follows?: string
}

export function filled({ endpoint }: Step, parts: readonly Part[], { facts }: Receiver): Filled {
  const memory = memoryOf(endpoint, facts.declares)
  const texts: Record<string, string> = {}
  const presented: Presentation[] = []
  let without: string | undefined
  for (const { part, entry, last, tells, follows } of parts) {
    const { now, failure } = entry
    if (failure !== null) throw failure.error
    if (tells !== undefined) presented.push(trialOf(part, tells))
    if (follows !== undefined) presented.push(followed(part, follows))
    if (now === null || 'missing' in now) {
      without ??= now?.missing ?? 'not-made'
      continue
    }
    if (tells !== undefined || follows !== undefined) {
      texts[part] = now.text
      continue
    }
    if (now !== NOTHING) texts[part] = now.text
    const { usage, truth } = now
    presented.push({ part, usage, key: replayKey(memory, usage, truth), last, truth })
  }
  return without === undefined ? { texts, presented } : { texts: null, presented, missing: without }
}

/** It is told of even where no token came, so that whoever waits for the trial knows that there is none. */
function trialOf(part: string, { step, key }: NonNullable<Part['tells']>): Presentation {
  return { part, usage: 'bearer-token', key, last: false, truth: ISSUED, tried: step }
}

/** No replay key: it is used as often as one likes. */
function followed(part: string, step: string): Presentation {
  return { part, usage: 'bearer-token', key: null, last: true, truth: ISSUED, follows: step }
}

export function issued(text: string): Made {
  return { text, usage: 'bearer-token', truth: ISSUED }
}

/** Of a credential that the target issued nothing is known by construction but that it did. */
export const ISSUED: Truth = {
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
export const NOTHING: Made = {
  text: '',
  usage: 'bearer-token',
  truth: { ...ISSUED, authentic: false },
}
