import type { Flaw } from './flaw.ts'

export const smallMemory: Flaw = {
  name: 'small-memory',
  title: 'Only the last hundred assertions are remembered, whatever their ends',
  seenIn: 'certified libraries, with room for a hundred or a thousand',
  caughtBy: ['replay/forgotten-after-others'],
  // A replay that comes seconds later than planned comes after a hundred others, wherever it is sent.
  may: [
    'replay/accepted-on-another-node',
    'replay/accepted-during-fault',
    'replay/accepted-after-fault',
  ],
  remembers: 100,
  apply: (faultless) => faultless,
}
