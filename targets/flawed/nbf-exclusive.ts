import { refuse } from '../reference/decide.ts'
import type { Flaw } from './flaw.ts'

export const nbfExclusive: Flaw = {
  name: 'nbf-exclusive',
  title: 'An assertion is good from the second after its beginning',
  seenIn: 'servers that compare the wrong way round',
  caughtBy: ['refusal/valid-refused'],
  may: ['time/granted-skew-refused'],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    decide(assertion, party, rules, nowSeconds) {
      const { usage, nbfSeconds } = assertion
      if (nbfSeconds !== null && nbfSeconds > nowSeconds - 1)
        return refuse(usage, 'the assertion is not valid yet')
      return faultless.decide(assertion, party, rules, nowSeconds)
    },
  }),
}
