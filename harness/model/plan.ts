/**
 * What is going to be asked. Plain data only: it survives JSON and structuredClone and holds no closure, key, signature
 * or token, so a plan can be printed, compared byte for byte and judged without the run that made it.
 */

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** What a credential is presented as; it fixes which error code speaks of it (RFC 7523 §3.1 and §3.2, RFC 6750 §3.1). */
export type Usage = 'client-authentication' | 'authorization-grant' | 'bearer-token' | 'dpop-proof'

/** One thing wrong with an assertion or its request. `kind` names the making; `harness/jwt` knows how to make each. */
export interface Defect {
  readonly kind: string
  readonly [option: string]: Json
}

/**
 * Where the bytes of one credential come from. `last` promises that no later step of the run presents its replay key, so
 * that a judge may forget it.
 *
 * Claims, and the options of a defect, are templates. Inside them objects stand for what only the moment of sending
 * knows: `{ "$now": seconds }` is the NumericDate that many seconds from the sending slot, `{ "$nowText": seconds }` the
 * same as a text, `{ "$nowMs": seconds }` the same in milliseconds, and `{ "$jti": text }` is that text followed by the
 * run id. In a header `{ "$jwk": "own" }` is the public part of the key that signs.
 */
export type Source =
  | {
      readonly kind: 'minted'
      readonly usage: Usage
      /** The name of the key that signs. */
      readonly signer: string
      readonly header: Json
      readonly claims: Json
      readonly defect: Defect | null
      /** White space that the JSON of header and claims is indented with; none when absent. */
      readonly indent?: string
      /** What of that JSON is written in escapes (RFC 8259 §7): the names of its members, or every letter. */
      readonly escapes?: 'names' | 'letters'
      readonly last: boolean
    }
  | {
      readonly kind: 'again'
      readonly step: string
      readonly part: string
      readonly altered: Defect | null
      readonly last: boolean
    }
  | {
      readonly kind: 'taken'
      /** Of the same round. */
      readonly step: string
      readonly what: 'access-token' | 'refresh-token' | 'nonce'
      /**
       * Makes it a trial of a token: it is presented under the replay key of this part of that step, of whose acceptance it
       * tells whether anything was issued.
       */
      readonly tells?: string
      /** It is followed through its life: tried, revoked, and tried again. It is in no rate, and under no replay key. */
      readonly follows?: true
    }
  /** No credential at all, in a part named `nothing`: the request itself is judged, by its check's table alone. */
  | { readonly kind: 'nothing' }

/** When a step is due, in microseconds: from the start of its round, or from the answer to another step. */
export type Due = { readonly atUs: number } | { readonly after: string; readonly plusUs: number }

/** One request. A check of one request has one step; a replay has two, a revocation three. */
export interface Step {
  /** Unique in the run: scenario/round/case/step. */
  readonly name: string
  readonly caseId: string
  readonly due: Due
  /** The name of one of the target's endpoints. */
  readonly endpoint: string
  /** One node of the target; null leaves the choice to whatever stands in front of it. */
  readonly node: string | null
  /** Who asks; decides the TLS identity and the connection. */
  readonly principal: string
  /** The credentials, by parameter (client_assertion, assertion, token) or header (authorization), in the order sent. */
  readonly parts: Readonly<Record<string, Source>>
  readonly params: readonly (readonly [name: string, value: string])[]
  /** How the request travels, where that is not a form in the body of a POST, every part in its place. */
  readonly http?: Http
  /** For verifiers that are handed the time. */
  readonly verifierNowSeconds: number | null
  /** Steps that name the same race are released together. */
  readonly race: string | null
  /** What to do with use_dpop_nonce and its like; `once-more` is observed again as attempt 2. */
  readonly onChallenge: 'record' | 'once-more'
}

/** What is odd about a request around its credentials. */
export interface Http {
  /** Parameters in the query of a GET, as JSON, or as a form that names its character set. */
  readonly carrier?: 'query' | 'json' | 'form-with-charset'
  /** Parts that are not sent as they should be: not at all, without a value, in the query, or one time too many. */
  readonly parts?: Readonly<Record<string, 'omitted' | 'empty' | 'in-query' | 'twice'>>
  /**
   * What of the form's values is written as a percent sign and two digits, where that is more than must be: each octet, the
   * same with small letters among the digits, or spaces, which else are plus signs (RFC 6749 appendix B).
   */
  readonly escaped?: true | 'small' | 'spaces'
  /** Another order of the parameters: each number takes the one at its place, counted around, to the front. */
  readonly moved?: readonly number[]
  /** The value of the Authorization header. */
  readonly authorization?: string
  /** What the request calls the server (RFC 9110 §7.2), where that is not its name. */
  readonly host?: string
}

/**
 * What the standard owes one part of one step. Rows are tried in order and the first whose `when` agrees with the
 * profile's parameters wins, so that any profile can judge the same history later.
 */
export interface Expectation {
  readonly step: string
  readonly part: string
  readonly when: Readonly<Record<string, Json>>
  readonly deserves: 'accept' | 'reject' | 'either'
  /** Error codes that are right in form; empty leaves them to the usage. */
  readonly errors: readonly string[]
  /** Statuses that refuse what the step asks for here, whatever stands in the body. */
  readonly statuses?: readonly number[]
  /** What must not be wrong with the answer, each with the finding that it is. */
  readonly faults?: Readonly<Record<string, string>>
  /** The step without whose acceptance this one deserves either. */
  readonly onceAccepted?: string
  readonly because: string
}

/** A fault to be in force from `startSeconds` to `endSeconds` of its round, by name, on one edge or node. */
export interface FaultWindow {
  readonly fault: string
  readonly on: string
  readonly startSeconds: number
  readonly endSeconds: number
  /** The step of that round that it waits for besides, and the one that it is over with, however early. */
  readonly between?: readonly [after: string, until: string]
  readonly options?: Readonly<Record<string, Json>>
}

/** Which of the equal parts that a round is sent in, one after the other; from 1. */
export interface Part {
  readonly number: number
  readonly of: number
}

/**
 * A sequence of steps that is made as it is read, a little ahead of time, so that it may be as long as it likes.
 *
 * Steps with a time of their own come in the order of their times; one that waits for another comes soon
 * after it; those of a race come one after the other. It can be read again and is the same then.
 */
export interface StepStream extends Iterable<Step> {
  /** How many steps there are. */
  readonly length: number
  /** Plain data that all the steps follow from: equal recipes, equal steps. */
  readonly recipe: Json
  /** What the names of its steps begin with, where the token of each is tried by steps after it; else absent. */
  readonly tried?: string
}

/** The steps of a round. A few are a list; where there may be many, they are the steps of `streams`, one after the other. */
export interface Steps extends Iterable<Step> {
  readonly streams?: readonly StepStream[]
}

/** What is sent in one go: the steps of one round and the faults that cross it. */
export interface Round {
  readonly scenario: string
  readonly round: number
  readonly steps: Steps
  readonly faults: readonly FaultWindow[]
  /** What background load consists of: sent many times, each time minted with an identifier of its own. */
  readonly pressure?: Step
  readonly part?: Part
}
