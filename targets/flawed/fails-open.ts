import type { Flaw } from './flaw.ts'

export const failsOpen: Flaw = {
  name: 'fails-open',
  title: 'An assertion that the store cannot be asked about is let through',
  seenIn: 'pull requests, with that very comment',
  caughtBy: ['replay/accepted-during-fault'],
  // A store that is only slow is one that cannot be asked, too.
  may: ['replay/accepted-concurrently'],
  apply: (faultless) => ({
    ...faultless,
    async take(key, keepUntilMs, store) {
      const taken = await faultless.take(key, keepUntilMs, store)
      return taken === 'unavailable' ? 'inserted' : taken
    },
  }),
}
