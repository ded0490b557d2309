import type { Flaw } from './flaw.ts'

export const furtherSegmentsIgnored: Flaw = {
  name: 'further-segments-ignored',
  title: 'What follows the third segment is passed over',
  seenIn: 'verifiers that cut a text at its dots and take the first three pieces',
  caughtBy: ['form/unreadable-accepted'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    reading: {
      ...faultless.reading,
      open: (text) => faultless.reading.open(text.split('.').slice(0, 3).join('.')),
    },
  }),
}
