import { find, save } from '../reference/asking.ts'
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
    *take(key, keepUntilMs) {
      const found = yield* find(key)
      if (found !== 'absent') return found
      return (yield* save(key, keepUntilMs)) === 'unavailable' ? 'unavailable' : 'inserted'
    },
  }),
}
