import type { Decision } from '../reference/decide.ts'
import type { Flaw } from './flaw.ts'

export const burnsBeforeAudience: Flaw = {
  name: 'burns-before-audience',
  title: 'The identifier is remembered before the audience is looked at',
  seenIn: 'a widely used library',
  caughtBy: [],
  // Only the issuer itself can send the two assertions that it takes.
  notedAs: ['replay/spent-by-refusal'],
  may: [],
  apply(faultless) {
    /** Refusals of what is meant for somebody else and otherwise right. */
    const foreign = new WeakSet<Decision>()
    return {
      ...faultless,
      decide(assertion, party, rules, nowSeconds) {
        const decided = faultless.decide(assertion, party, rules, nowSeconds)
        const meantForAnybody = { ...rules, names: () => true, shape: 'any' } as const
        if (
          decided.kind === 'refuse' &&
          faultless.decide(assertion, party, meantForAnybody, nowSeconds).kind === 'take'
        )
          foreign.add(decided)
        return decided
      },
      *spend(assertion, decision, memory) {
        if (decision.kind !== 'refuse' || !foreign.has(decision))
          return yield* faultless.spend(assertion, decision, memory)
        yield* memory.take(assertion, Math.ceil(assertion.expSeconds ?? 0))
        return decision
      },
    }
  },
}
