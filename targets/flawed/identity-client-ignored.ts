import { VARIANTS } from '../reference/variants.ts'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const identityClientIgnored: Flaw = {
  name: 'identity-client-ignored',
  title: 'An identity assertion works for any client that has it',
  seenIn: 'servers that look at the issuer and the subject alone',
  caughtBy: ['identity/client-missing-accepted'],
  may: [],
  shows: 'in-checks',
  profile: 'id-jag',
  supports: ['id-jag'],
  onlyLive: LIVES_IN_BYTES,
  apply(faultless) {
    const right = VARIANTS.find(({ name }) => name === 'id-jag')?.apply(faultless) ?? faultless
    return { ...right, quirks: new Set([...right.quirks, 'identity-client-ignored']) }
  },
}
