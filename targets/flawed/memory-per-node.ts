import { known } from '../reference/asking.ts'
import { replayMemory } from '../reference/memory.ts'
import type { Flaw } from './flaw.ts'

export const memoryPerNode: Flaw = {
  name: 'memory-per-node',
  title: 'Each node remembers alone, so an assertion works once at every node',
  seenIn: 'the default of many servers',
  caughtBy: ['replay/accepted-on-another-node'],
  may: [
    'replay/accepted-concurrently',
    'replay/accepted-during-fault',
    'replay/accepted-after-fault',
  ],
  apply(faultless, nowMs) {
    const memory = replayMemory()
    let requests = 0
    return {
      ...faultless,
      take: (key, keepUntilMs) =>
        known(memory.insert(key, String(requests++), keepUntilMs, nowMs())),
    }
  },
}
