import type { Flaw } from './flaw.ts'

export const jtiCaseFolded: Flaw = {
  name: 'jti-case-folded',
  title: 'Identifiers are compared without regard to case',
  seenIn: 'servers that remember in a database whose collation does so',
  caughtBy: ['replay/refused-first-use'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    key: (assertion, endpoint) => faultless.key(assertion, endpoint).toLowerCase(),
  }),
}
