import { VARIANTS } from '../reference/variants.ts'
import type { Flaw } from './flaw.ts'

export const iatIgnored: Flaw = {
  name: 'iat-ignored',
  title: 'The time of issue is not looked at, however far ahead it lies',
  seenIn: 'most servers, of which FAPI 2.0 wants more',
  caughtBy: ['time/not-yet-valid-accepted'],
  may: [],
  shows: 'in-checks',
  profile: 'fapi2',
  apply: (faultless) => {
    const fapi2 = VARIANTS.find(({ name }) => name === 'fapi2')?.apply(faultless) ?? faultless
    return {
      ...fapi2,
      decide: (assertion, party, rules, nowSeconds) =>
        fapi2.decide({ ...assertion, iatSeconds: null }, party, rules, nowSeconds),
    }
  },
}
