import { refuse } from '../reference/decide.ts'
import type { Flaw } from './flaw.ts'

export const iatStrict: Flaw = {
  name: 'iat-strict',
  title: 'An assertion that was issued a second ahead of the server’s clock is refused',
  seenIn: 'a large open-source server in earlier versions, and a hosting service',
  caughtBy: ['time/granted-skew-refused'],
  // Honest clients of a node whose clock is behind.
  may: ['refusal/valid-refused'],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    decide(assertion, party, rules, nowSeconds) {
      const { usage, iatSeconds } = assertion
      if (iatSeconds !== null && iatSeconds > nowSeconds)
        return refuse(usage, 'the assertion was issued in the future')
      return faultless.decide(assertion, party, rules, nowSeconds)
    },
  }),
}
