import type { Flaw } from './flaw.ts'

export const replayCheckThenSet: Flaw = {
  name: 'replay-check-then-set',
  title: 'The identifier is looked up first and saved later, so copies that come together all pass',
  seenIn: 'certified libraries with any shared store',
  caughtBy: ['replay/accepted-concurrently'],
  may: ['replay/accepted-during-fault'],
  gathers: 2,
  apply: (faultless) => ({
    ...faultless,
    async take(key, keepUntilMs, store) {
      const found = await store.find(key)
      if (found !== 'absent') return found
      return (await store.save(key, keepUntilMs)) === 'unavailable' ? 'unavailable' : 'inserted'
    },
  }),
}
