import type { Flaw } from './flaw.ts'

export const jtiUnicodeFolded: Flaw = {
  name: 'jti-unicode-folded',
  title: 'Identifiers are compared after their letters were composed',
  seenIn: 'databases that normalise what they store',
  caughtBy: ['replay/refused-first-use'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    key: (assertion, endpoint) => faultless.key(assertion, endpoint).normalize('NFC'),
  }),
}
