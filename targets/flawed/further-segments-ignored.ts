import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const furtherSegmentsIgnored: Flaw = {
  name: 'further-segments-ignored',
  title: 'What follows the third segment is passed over',
  seenIn: 'verifiers that cut a text at its dots and take the first three pieces',
  caughtBy: ['form/unreadable-accepted'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    parser: {
      ...faultless.parser,
      open: (text) => faultless.parser.open(text.split('.').slice(0, 3).join('.')),
    },
  }),
}
