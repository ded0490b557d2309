import { replayMemory } from '../reference/memory.ts'
import type { Flaw } from './flaw.ts'

export const partitionFallsBackToLocal: Flaw = {
  name: 'partition-falls-back-to-local',
  title: 'A node that cannot reach the store remembers for itself, and asks nobody afterwards',
  seenIn: 'clustered products by design',
  caughtBy: ['replay/accepted-during-fault', 'replay/accepted-after-fault'],
  // What the node let in alone is new to everybody else once it can be asked again.
  may: ['replay/accepted-concurrently', 'replay/accepted-on-another-node'],
  apply(faultless, nowMs) {
    const memory = replayMemory()
    let requests = 0
    return {
      ...faultless,
      *take(key, keepUntilMs) {
        const taken = yield* faultless.take(key, keepUntilMs)
        if (taken !== 'unavailable') return taken
        return memory.insert(key, String(requests++), keepUntilMs, nowMs())
      },
    }
  },
}
