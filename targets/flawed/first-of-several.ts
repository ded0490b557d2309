import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const firstOfSeveral: Flaw = {
  name: 'first-of-several',
  title: 'Of several assertions in one value the first is read',
  seenIn: 'servers that split a parameter as if it were a list',
  caughtBy: ['form/unreadable-accepted'],
  may: ['form/lenient-encoding-accepted'],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    parser: {
      ...faultless.parser,
      open: (text) => faultless.parser.open(text.split(/[ ,]/, 1)[0] ?? ''),
    },
  }),
}
