import type { Flaw } from './flaw.ts'

export const removedKeyLives: Flaw = {
  name: 'removed-key-lives',
  title: 'A key once fetched is taken for ever, also when it is no longer published',
  seenIn: 'several servers, whose caches only grow',
  caughtBy: ['keys/removed-key-accepted'],
  may: [],
  shows: 'in-keys',
  apply: (faultless) => ({
    ...faultless,
    keyCare: { ...faultless.keyCare, keeps: true },
  }),
}
