import type { Flaw } from './flaw.ts'

export const loserTokenLives: Flaw = {
  name: 'loser-token-lives',
  title: 'A token is issued before it is known whether the assertion was used, and lives on',
  seenIn: 'a race that was told of in 2026',
  caughtBy: ['replay/loser-token-lives'],
  may: [],
  onlyLive: 'a simulated node counts no tokens',
  apply: (faultless) => ({ ...faultless, issuesFirst: true }),
}
