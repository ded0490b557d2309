import type { Flaw } from './flaw.ts'

export const revokedClientLives: Flaw = {
  name: 'revoked-client-lives',
  title: 'A client that was let in once is let in for ever, also when it was revoked',
  seenIn: 'servers that keep what they know of a client in each node',
  caughtBy: ['revocation/revoked-accepted'],
  may: [],
  shows: 'in-keys',
  apply(faultless) {
    const letIn = new Set<string>()
    return {
      ...faultless,
      lets(assertion, isHeld) {
        const { issuer, verified } = assertion
        if (issuer !== null && verified && isHeld) letIn.add(issuer)
        return faultless.lets(assertion, isHeld) || (issuer !== null && letIn.has(issuer))
      },
    }
  },
}
