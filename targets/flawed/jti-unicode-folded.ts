import type { Flaw } from './flaw.ts'

export const jtiUnicodeFolded: Flaw = {
  name: 'jti-unicode-folded',
  title: 'Identifiers are compared after their letters were composed and spaces taken away',
  seenIn:
    'databases that normalise what they store, and libraries that trim whatever names something',
  caughtBy: ['replay/refused-first-use'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    key: (assertion, endpoint) =>
      faultless.key(assertion, endpoint).normalize('NFC').replaceAll(' ', ''),
  }),
}
