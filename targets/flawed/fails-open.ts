import type { Flaw } from './flaw.ts'

export const failsOpen: Flaw = {
  name: 'fails-open',
  title: 'An assertion that the store cannot be asked about is let through',
  seenIn: 'pull requests, with that very comment',
  caughtBy: ['replay/fails-open'],
  // A store that is only slow is one that cannot be asked, too.
  may: ['replay/accepted-concurrently'],
  apply: (faultless) => ({
    ...faultless,
    *take(key, keepUntilMs) {
      const taken = yield* faultless.take(key, keepUntilMs)
      return taken === 'unavailable' ? 'inserted' : taken
    },
  }),
}
