import { VARIANTS } from '../reference/variants.ts'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const identityTypeIgnored: Flaw = {
  name: 'identity-type-ignored',
  title: 'Any grant is taken for an identity assertion',
  seenIn: 'servers that took grants of RFC 7523 before',
  caughtBy: ['form/other-type-accepted'],
  may: [],
  shows: 'in-checks',
  profile: 'id-jag',
  supports: ['id-jag'],
  onlyLive: LIVES_IN_BYTES,
  apply(faultless) {
    const right = VARIANTS.find(({ name }) => name === 'id-jag')?.apply(faultless) ?? faultless
    return { ...right, quirks: new Set([...right.quirks, 'identity-type-ignored']) }
  },
}
