/** The places where a target may differ from the faultless reference, with what the faultless one does there. */
import type { Json } from '../../harness/model/plan.ts'
import { refusedAtToken, type HttpAnswer } from './answers.ts'
import { find, insert, save, type Asking } from './asking.ts'
import {
  decide,
  exactly,
  replayKey,
  type Assertion,
  type AssertionUsage,
  type Decide,
  type Endpoint,
  type RefusalCode,
  type Rules,
  type Taken,
} from './decide.ts'
import { FAULTLESS_CARE, type KeyCare } from './key-cache.ts'
import { spendLast, type Spend } from './spending.ts'
import { FAULTLESS_PARSER, verifies, type Parser, type Verify } from './verify.ts'

/**
 * Shared by live and simulated nodes, so that neither can drift from the other. Only `parser` and `verify` are of the live
 * ones alone: they look at bytes, of which a simulated node is handed none.
 */
export interface Behaviour {
  /** Whether an audience value names this server (see Rules.names). */
  readonly names: (value: string, audiences: readonly string[]) => boolean
  /** What a usage is judged by, from the faultless rules for it. */
  readonly rules: (faultless: Rules, usage: AssertionUsage) => Rules
  /** How a text becomes facts, but for its signature. */
  readonly parser: Parser
  /** Whether a signature verifies, and with whose key. */
  readonly verify: Verify
  /** Decides everything but the replay memory. */
  readonly decide: Decide
  /** What an assertion is remembered by, at the endpoint where it came. */
  readonly key: (assertion: Assertion, endpoint: Endpoint) => string
  /** Takes a replay key, or says that it is taken. `keepUntilMs` is on the wall clock. */
  readonly take: (key: string, keepUntilMs: number) => Asking<Taken>
  /** What is known of access tokens that were revoked. */
  readonly revocations: Revocations
  /** When the identifier is taken. */
  readonly spend: Spend
  /** Whether a client may authenticate, of which the node's registry says whether it is held there. */
  readonly lets: (assertion: Assertion, isHeld: boolean) => boolean
  /** How the keys are kept that parties publish themselves. */
  readonly keyCare: KeyCare
  /** Whether a token is issued as soon as a signature verifies, and given out if nothing else is wrong. */
  readonly issuesFirst: boolean
  /** How a refusal at the token endpoint is told. */
  readonly refusal: (code: RefusalCode, description: string) => HttpAnswer
  /** Where a request is treated otherwise than it must be; nowhere. */
  readonly quirks: Quirks
  /** The answer to a request that is one too many, before anything in it is looked at; null for any other. */
  readonly turnsAway: (nowMs: number) => HttpAnswer | null
  /** The last hand that is laid on an answer. */
  readonly finish: (answer: HttpAnswer, path: string) => HttpAnswer
  /** What is published, from what is right. */
  readonly publish: (metadata: Json) => Json
}

export interface Revocations {
  /** Keeps in mind that a token was revoked, up to a time on the wall clock from which it is good for nothing anyway. */
  readonly revoke: (key: string, keepUntilMs: number) => Asking<'saved' | 'unavailable'>
  readonly find: (key: string) => Asking<'present' | 'absent' | 'unavailable'>
}

export type Quirks = ReadonlySet<Quirk>

/** What servers do otherwise around the credentials of a request, most of them by letting it pass. */
export type Quirk =
  | 'json'
  | 'get'
  | 'repeated-parameters'
  | 'any-assertion-type'
  | 'two-mechanisms'
  | 'any-client-id'
  | 'bad-client-beside-grant'
  | 'any-grant-type'
  | 'unproved-clients'
  | 'open-introspection'
  | 'inactive-tokens'
  | 'revokes-nothing'
  | 'revokes-for-anybody'
  | 'unknown-token-refused'
  | 'named-by-host'
  | 'tokens-in-query'
  | 'any-token-type'
  /** Grants are identity assertions (ID-JAG §4.4.1), and what of that is not looked at. */
  | 'identity-assertions'
  | 'identity-type-ignored'
  | 'identity-client-ignored'
  /** Stricter than anybody may be. */
  | 'pedantic-forms'
  | 'parameters-in-order'
  | 'capital-digits-only'

/** One atomic insert-if-absent, last of all; a store that does not answer is no reason to let anything through. */
export const FAULTLESS: Behaviour = {
  names: exactly,
  rules: (faultless) => faultless,
  parser: FAULTLESS_PARSER,
  verify: verifies,
  decide,
  key: replayKey,
  take: insert,
  revocations: { revoke: save, find },
  spend: spendLast,
  lets: (_, isHeld) => isHeld,
  keyCare: FAULTLESS_CARE,
  issuesFirst: false,
  refusal: refusedAtToken,
  quirks: new Set(),
  turnsAway: () => null,
  finish: (answer) => answer,
  publish: (metadata) => metadata,
}
