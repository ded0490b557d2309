import type { Flaw } from './flaw.ts'

export const keyIsTokenBytes: Flaw = {
  name: 'key-is-token-bytes',
  title: 'An assertion is remembered by its bytes, so the same one in other bytes is new',
  seenIn: 'caches of hashes',
  caughtBy: ['replay/accepted-sequentially'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({ ...faultless, key: ({ text }) => text }),
}
