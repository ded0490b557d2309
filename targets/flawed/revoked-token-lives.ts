import { known } from '../reference/asking.ts'
import type { Flaw } from './flaw.ts'

export const revokedTokenLives: Flaw = {
  name: 'revoked-token-lives',
  title: 'A token is revoked at the node that was asked to, and good for ever at the others',
  seenIn: 'servers that keep revoked tokens in a list of each node',
  caughtBy: ['tokens/revoked-accepted'],
  may: [],
  shows: 'in-keys',
  apply(faultless) {
    const revoked = new Set<string>()
    return {
      ...faultless,
      revocations: {
        revoke(key) {
          revoked.add(key)
          return known('saved')
        },
        find: (key) => known(revoked.has(key) ? 'present' : 'absent'),
      },
    }
  },
}
