import { refuse } from '../reference/decide.ts'
import type { Flaw } from './flaw.ts'

export const nbfStrict: Flaw = {
  name: 'nbf-strict',
  title: 'An assertion that begins a second ahead of the server’s clock is refused',
  seenIn: 'servers without leeway for the beginning',
  caughtBy: ['time/granted-skew-refused'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    decide(assertion, party, rules, nowSeconds) {
      const { usage, nbfSeconds } = assertion
      if (nbfSeconds !== null && nbfSeconds > nowSeconds)
        return refuse(usage, 'the assertion is not valid yet')
      return faultless.decide(assertion, party, rules, nowSeconds)
    },
  }),
}
