import { VARIANTS } from '../reference/variants.ts'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const identityShared: Flaw = {
  name: 'identity-shared',
  title: 'An identity assertion may name further servers',
  seenIn: 'libraries for which one audience of several will do',
  caughtBy: ['audience/shared-accepted'],
  may: [],
  shows: 'in-checks',
  profile: 'id-jag',
  supports: ['id-jag'],
  onlyLive: LIVES_IN_BYTES,
  apply(faultless) {
    const right = VARIANTS.find(({ name }) => name === 'id-jag')?.apply(faultless) ?? faultless
    return {
      ...right,
      rules(rules, usage) {
        const adapted = right.rules(rules, usage)
        return usage === 'authorization-grant' ? { ...adapted, shape: 'any' } : adapted
      },
    }
  },
}
