/** When an identifier is taken, compared with the other checks: last, or first and then kept or given back. */
import {
  replayKey,
  settle,
  type Assertion,
  type Decision,
  type Outcome,
  type Taken,
} from './decide.ts'

/** The replay memory as one request sees it. */
export interface Memory {
  take(key: string, keepUntilSeconds: number): Promise<Taken>
  release(key: string): Promise<void>
}

/** From what was decided of everything else to the outcome. */
export type Spend = (assertion: Assertion, decision: Decision, memory: Memory) => Promise<Outcome>

/** What is refused for any other reason is never remembered. */
export const spendLast: Spend = async ({ usage }, decision, memory) =>
  decision.kind === 'take'
    ? settle(usage, await memory.take(decision.key, decision.keepUntilSeconds))
    : decision

/**
 * Takes the identifier of whatever its issuer's key has signed before it looks at the rest. Nobody but the issuer can
 * spend an identifier that way.
 *
 * @param refused Whether the identifier of what is refused afterwards stays spent.
 */
export function spendFirst(refused: 'spent' | 'released'): Spend {
  return async (assertion, decision, memory) => {
    const { usage, verified, jti, expSeconds } = assertion
    if (decision.kind !== 'refuse' || !verified || !jti || expSeconds === null)
      return spendLast(assertion, decision, memory)
    const key = replayKey(assertion)
    const taken = await memory.take(key, Math.ceil(expSeconds))
    if (taken !== 'inserted') return settle(usage, taken)
    if (refused === 'released') await memory.release(key)
    return decision
  }
}
