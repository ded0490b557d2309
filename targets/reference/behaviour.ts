/** The places where a target may differ from the faultless reference, with what the faultless one does there. */
import { refusedAtToken, type HttpAnswer } from './answers.ts'
import { insert, type Asking } from './asking.ts'
import {
  decide,
  exactly,
  replayKey,
  type Assertion,
  type AssertionUsage,
  type Decide,
  type RefusalCode,
  type Rules,
  type Taken,
} from './decide.ts'
import { spendLast, type Spend } from './spending.ts'
import { verifies, type Verify } from './verify.ts'

/**
 * Shared by live and simulated nodes, so that neither can drift from the other. Only `verify` is of the live ones alone:
 * it looks at bytes, of which a simulated node is handed none.
 */
export interface Behaviour {
  /** Whether an audience value names this server (see Rules.names). */
  readonly names: (value: string, audiences: readonly string[]) => boolean
  /** What a usage is judged by, from the faultless rules for it. */
  readonly rules: (faultless: Rules, usage: AssertionUsage) => Rules
  /** Whether a signature verifies, and with whose key. */
  readonly verify: Verify
  /** Decides everything but the replay memory. */
  readonly decide: Decide
  /** What an assertion is remembered by. */
  readonly key: (assertion: Assertion) => string
  /** Takes a replay key, or says that it is taken. `keepUntilMs` is on the wall clock. */
  readonly take: (key: string, keepUntilMs: number) => Asking<Taken>
  /** When the identifier is taken. */
  readonly spend: Spend
  /** How a refusal at the token endpoint is told. */
  readonly refusal: (code: RefusalCode, description: string) => HttpAnswer
}

/** One atomic insert-if-absent, last of all; a store that does not answer is no reason to let anything through. */
export const FAULTLESS: Behaviour = {
  names: exactly,
  rules: (faultless) => faultless,
  verify: verifies,
  decide,
  key: replayKey,
  take: insert,
  spend: spendLast,
  refusal: refusedAtToken,
}
