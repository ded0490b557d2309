import { VARIANTS } from '../reference/variants.ts'
import { iatStrict } from './iat-strict.ts'
import type { Flaw } from './flaw.ts'

export const iatStrictUnderFapi2: Flaw = {
  name: 'iat-strict-under-fapi2',
  title: 'A server for FAPI 2.0 that refuses what was issued a second ahead of its clock',
  seenIn: 'certified servers, in earlier versions',
  caughtBy: ['time/granted-skew-refused'],
  may: ['refusal/valid-refused'],
  shows: 'in-checks',
  profile: 'fapi2',
  apply: (faultless, nowMs) => {
    const fapi2 = VARIANTS.find(({ name }) => name === 'fapi2')?.apply(faultless) ?? faultless
    return iatStrict.apply(fapi2, nowMs)
  },
}
