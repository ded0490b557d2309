import type { Flaw } from './flaw.ts'

export const jwksNeverRefreshed: Flaw = {
  name: 'jwks-never-refreshed',
  title: 'Keys that a client publishes are fetched once, and never again',
  seenIn: 'servers that are restarted when a client rotates',
  caughtBy: ['keys/new-key-refused', 'keys/removed-key-accepted'],
  may: [],
  shows: 'in-keys',
  apply: (faultless) => ({
    ...faultless,
    keyCare: { maxAgeSeconds: Infinity, unknownKid: null, keeps: false },
  }),
}
