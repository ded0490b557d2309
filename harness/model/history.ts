/** What happened: facts only. What they mean is decided by the judge, today or years later. */
import type { Defect, Json, Usage } from './plan.ts'

/** What is so by construction of one credential. Times are intended ones, in microseconds since 1970. */
export interface Truth {
  readonly issuer: string | null
  readonly subject: string | null
  readonly audience: Json
  /** Signed by a key of the party named as issuer, and not altered since. */
  readonly authentic: boolean
  readonly algorithm: string | null
  readonly jti: string | null
  readonly expUs: number | null
  readonly nbfUs: number | null
  readonly iatUs: number | null
  readonly defect: Defect | null
}

/** One part of one sent request. `key` is its replay key (oracle, ledger), null where it has none. */
export interface Presentation {
  readonly part: string
  readonly usage: Usage
  readonly key: string | null
  readonly last: boolean
  readonly truth: Truth
  /** The step whose token this is, of which its acceptance or refusal tells; absent but for such trials. */
  readonly tried?: string
  /** The step whose token this is, which is followed through its life; absent of all others. */
  readonly follows?: string
}

/** What came back, as read: a redacted excerpt and tags, never a token or a whole body. */
export type Answer =
  | {
      readonly kind: 'reply'
      readonly status: number
      /** The `error` member of the body, or of a WWW-Authenticate challenge. */
      readonly code: string | null
      /** The `active` member of an introspection answer (RFC 7662 §2.2). */
      readonly active: boolean | null
      readonly headers: Readonly<Record<string, string>>
      /** A tag that tells one issued token from another, under a key that dies with the process. */
      readonly token: string | null
      /** What came with the token; absent where none came. */
      readonly issued?: Issued
      /** What a metadata document says (RFC 8414 §2); absent where the answer is none. */
      readonly metadata?: Metadata
      /** What is wrong with the form of the answer, by stable names. */
      readonly form: readonly string[]
      readonly bytes: number
      readonly excerpt: string
    }
  | {
      readonly kind: 'none'
      readonly cause: NoAnswer
      /** A stable word for how that came, such as ECONNREFUSED or chunk-size; counted and shown, judged by nobody. */
      readonly detail?: string
    }

/** RFC 6749 §5.1. */
export interface Issued {
  readonly type: string | null
  readonly expiresSeconds: number | null
  readonly scope: string | null
  readonly refresh: boolean
}

/** Lists are null where the document does not have them. */
export interface Metadata {
  readonly issuer: string | null
  readonly authMethods: readonly string[] | null
  readonly authAlgorithms: readonly string[] | null
  readonly grantTypes: readonly string[] | null
  readonly grantProfiles: readonly string[] | null
}

export type NoAnswer = 'timeout' | 'reset' | 'stale-connection' | 'too-large' | 'unsent'

/**
 * One request and its answer; exactly one per step and attempt. Stamps are on the harness's clock, whole microseconds:
 * `begunUs` before the first byte is written, `releasedUs` before the last, `answeredUs` after the first byte of the
 * final response was read.
 */
export interface Observation {
  readonly kind: 'observed'
  readonly step: string
  readonly attempt: number
  readonly caseId: string
  readonly scenario: string
  readonly round: number
  readonly endpoint: string
  readonly node: string | null
  readonly principal: string
  readonly connection: number
  readonly reused: boolean
  readonly dueUs: number
  /** Its time followed from the answer to another, so that it says nothing of how well a plan's times were kept. */
  readonly awaited?: true
  readonly begunUs: number | null
  readonly releasedUs: number | null
  readonly answeredUs: number | null
  readonly presented: readonly Presentation[]
  readonly answer: Answer
}

/** Whose memory a fault wipes: a double accept that straddles it convicts nobody. */
export type Forgets = 'nothing' | 'node' | 'shared'

export type FaultStage =
  'inflicting' | 'confirmed' | 'unconfirmed' | 'mending' | 'mended' | 'unmended'

export interface FaultEvent {
  readonly kind: 'fault'
  readonly scenario: string
  readonly fault: string
  readonly on: string
  readonly rung: string
  readonly forgets: Forgets
  readonly stage: FaultStage
  readonly atUs: number
  /** What was seen that confirms it, or why it could not be. */
  readonly seen: Json
}

export type HistoryEvent =
  | {
      readonly kind: 'header'
      readonly format: 1
      readonly tool: string
      readonly runId: string
      readonly seed: string
      readonly startedUs: number
      /** A Judging: all that the judge needs besides the events. */
      readonly judging: Json
    }
  | {
      readonly kind: 'round'
      readonly scenario: string
      readonly round: number
      readonly steps: number
      readonly digest: string
    }
  | Observation
  | FaultEvent
  /** A clock's offset from the harness's, as an interval. `node` may also name a store. */
  | {
      readonly kind: 'clock'
      readonly node: string
      readonly source: string
      readonly atUs: number
      readonly lowUs: number
      readonly highUs: number
    }
  | {
      readonly kind: 'measured'
      readonly name: string
      /** In which it was measured. */
      readonly scenario?: string
      readonly node: string | null
      readonly value: number
      readonly atUs: number
    }
  | { readonly kind: 'concluded'; readonly scenario: string; readonly result: Json }
  | {
      readonly kind: 'footer'
      readonly steps: number
      readonly observed: number
      readonly digest: string
    }
