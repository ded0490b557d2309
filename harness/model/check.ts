/** The shape of what `suites/` holds: one normative statement each, as a stimulus and an expectation, both plain data. */
import type { Defect, Http, Json, Usage } from './plan.ts'
import type { Support } from './policy.ts'
import type { EndpointName, KeyFacts } from './target.ts'

/** How binding the sentence is. `derived` follows from the text, `stated` has no keyword, `advisory` never fails. */
export type Level = 'must' | 'should' | 'may' | 'derived' | 'stated' | 'advisory'

/**
 * One normative statement, in our own words.
 *
 * Its cases are written against the *control* of their usage, which is a request that deserves acceptance; a draft says
 * only what it changes.
 */
export interface Check {
  /** Document / section / slug, such as `rfc7523/3/exp-past`. Never reused, never renumbered. */
  readonly id: string
  readonly title: string
  /** The section as a reader would look it up, such as `RFC 7523 §3 item 4`. */
  readonly section: string
  readonly level: Level
  readonly requirement: string
  readonly usages: readonly Usage[]
  /** The finding (harness/findings.ts) that a violation of this check is. */
  readonly finding: string
  readonly cases: readonly CaseDraft[]
}

/** What a target must have or declare before a case means anything; otherwise the case is `unsupported`. */
export type Need =
  | 'introspection'
  | 'revocation'
  | 'par'
  | 'metadata'
  /** Somebody whose bearer tokens it trusts besides its own. */
  | 'token-issuer'
  /** What the target says it takes beyond RFC 7523 (`declares.supports`). */
  | Support
  | 'second-client'
  /** Another party, whose name is that of the one which asks with something behind it. */
  | 'namesake'
  /** Its keys are verified with the algorithms they are registered for and no others, by the target's own word. */
  | 'bound-algorithms'
  | 'complete-audiences'
  /** Its file has `client_id` sent beside each assertion, so that its controls do not show whether it can go without. */
  | 'client-id-sent'
  /** The issuer and the token endpoint have different names. */
  | 'token-endpoint-apart'
  /** The party signs with ES256: what is altered is one of its signatures. */
  | 'es256-key'
  /** A key that its party publishes and is registered for nothing with. */
  | 'idle-key'
  /** A registered key shorter than documents allow. */
  | 'weak-key'
  /** An address that the target can reach and Cupel listens at. */
  | 'listener'

export interface CaseDraft {
  readonly name: string
  /** The usages it makes sense for; all of the check's when absent. */
  readonly usages?: readonly Usage[]
  readonly needs?: readonly Need[]
  /** The finding, where this case is another one than the check's. */
  readonly finding?: string
  /** The finding that a wrong refusal is, where it has a name of its own. */
  readonly refusal?: string
  readonly steps: readonly StepDraft[]
  readonly expects: readonly ExpectationDraft[]
}

export interface StepDraft {
  readonly name: string
  /** Defaults to the endpoint that its usage is presented at. */
  readonly endpoint?: EndpointName
  /** Who asks, where it is a registered other party; a namesake's name is the asking party's with more behind it. */
  readonly by?: 'another' | 'namesake'
  /** Defaults to one part of the case's usage: the control with `change` applied. */
  readonly parts?: readonly PartDraft[]
  readonly change?: Change
  readonly form?: FormChange
  readonly http?: HttpDraft
}

/** `basic`: a secret that nobody registered, in an Authorization header beside the party's own name. */
export interface HttpDraft extends Omit<Http, 'authorization'> {
  readonly basic?: true
}

/** What differs in the form beside the credentials. Values may be `{ "$party": … }` as in a Change. */
export interface FormChange {
  readonly drop?: readonly string[]
  /** Parameters with these values, whether they were there or not. */
  readonly set?: Readonly<Record<string, Json>>
  /** One more of each of these, before the one that belongs there. */
  readonly repeat?: Readonly<Record<string, Json>>
}

export type PartDraft =
  | {
      readonly kind: 'minted'
      readonly usage?: Usage
      readonly change?: Change
      /** The parameter that it travels in, where that is not its usage's own. */
      readonly as?: string
    }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'again'; readonly step: string; readonly altered?: Defect }
  | {
      readonly kind: 'taken'
      readonly step: string
      readonly what: 'access-token'
      readonly as: string
    }

/**
 * The one difference between a stimulus and its control. `set` and `drop` change claims. Values may hold the markers of
 * a Source's claims, and two that are filled in from the target: `{ "$audience": "issuer" | "token-endpoint" }`, spelt
 * as its further members say, and `{ "$party": "own" | "another" }`, the name of the party that asks or of a registered
 * other one, or the `member` of it that is asked for. A `$jti` with `"after": "namesake"` begins with what the name of the
 * namesake has more, and with `"namesake-and-mark"` with the same but its first character, which comes last. In a header `{ "$kid": spelling }` is the name of its own key.
 */
export interface Change {
  readonly set?: Readonly<Record<string, Json>>
  readonly drop?: readonly string[]
  /** Members set in the JOSE header; null drops one. */
  readonly header?: Readonly<Record<string, Json>>
  /** Who signs: a registered other party, with its own key, in the name of the principal. */
  readonly signedBy?: 'another-registered-party'
  /** Made by its right party for another usage, and presented where it does not belong. */
  readonly madeFor?: Usage
  /** Names the key of the party in whose name it is made, whoever signs. */
  readonly kid?: 'own'
  /** Signs with the party's key of this algorithm (`alg`); its first key where absent. Unsupported when it has none. */
  readonly algorithm?: string
  /** Signs with a key of its party that is not for signing with (see KeyFacts). */
  readonly key?: NonNullable<KeyFacts['mark']>
  readonly defect: Defect | null
}

export interface ExpectationDraft {
  readonly step: string
  /** Index into the step's parts; 0 when absent. */
  readonly part?: number
  readonly when?: Readonly<Record<string, Json>>
  /** The usages that it is for; all of the case's when absent. */
  readonly usages?: readonly Usage[]
  /** Where the target declares at least as much about the edges of time; the row is left out otherwise. */
  readonly declared?: Declared
  /** The step without whose acceptance this one deserves nothing in particular: what it undid, or shows. */
  readonly onceAccepted?: string
  readonly deserves: 'accept' | 'reject' | 'either'
  readonly errors?: readonly string[]
  readonly statuses?: readonly number[]
  readonly faults?: Readonly<Record<string, string>>
  readonly because: string
}

export interface Declared {
  /** It takes no such credentials besides, of which other things hold. */
  readonly without?: Support
  /** It takes such credentials, which must have more than others. */
  readonly with?: Support
  /** It grants so many seconds past an edge, or more. */
  readonly grants?: number
  /** It refuses from so many seconds past an edge, or fewer. */
  readonly refuses?: number
}
