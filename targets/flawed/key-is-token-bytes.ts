import type { Flaw } from './flaw.ts'

export const keyIsTokenBytes: Flaw = {
  name: 'key-is-token-bytes',
  title: 'An assertion is remembered by its bytes, so the same one in other bytes is new',
  seenIn: 'caches of hashes',
  caughtBy: [],
  awaits: 'an assertion that was accepted, sent again in other bytes that verify as well',
  may: [],
  apply: (faultless) => ({ ...faultless, key: ({ text }) => text }),
}
