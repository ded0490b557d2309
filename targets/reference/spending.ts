/** When an identifier is taken, compared with the other checks: last, or first and then kept or given back. */
import type { Asking } from './asking.ts'
import { settle, type Assertion, type Decision, type Outcome, type Taken } from './decide.ts'

/** The replay memory as one node sees it: it knows an assertion by the node's own kind of key. */
export interface Memory {
  take(assertion: Assertion, keepUntilSeconds: number): Asking<Taken>
  release(assertion: Assertion): Asking<unknown>
}

/** From what was decided of everything else to the outcome. */
export type Spend = (assertion: Assertion, decision: Decision, memory: Memory) => Asking<Outcome>

/** What is refused for any other reason is never remembered. */
export function* spendLast(
  assertion: Assertion,
  decision: Decision,
  memory: Memory,
): Asking<Outcome> {
  if (decision.kind !== 'take') return decision
  return settle(assertion.usage, yield* memory.take(assertion, decision.keepUntilSeconds))
}

/**
 * Takes the identifier of whatever its issuer's key has signed before it looks at the rest. Nobody but the issuer can
 * spend an identifier that way.
 *
 * @param refused Whether the identifier of what is refused afterwards stays spent.
 */
export function spendFirst(refused: 'spent' | 'released'): Spend {
  return function* (assertion, decision, memory) {
    const { usage, verified, jti, expSeconds } = assertion
    if (decision.kind !== 'refuse' || !verified || !jti || expSeconds === null)
      return yield* spendLast(assertion, decision, memory)
    const taken = yield* memory.take(assertion, Math.ceil(expSeconds))
    if (taken !== 'inserted') return settle(usage, taken)
    if (refused === 'released') yield* memory.release(assertion)
    return decision
  }
}
