import type { Flaw } from './flaw.ts'

export const firstOfSeveral: Flaw = {
  name: 'first-of-several',
  title: 'Of several assertions in one value the first is read',
  seenIn: 'servers that split a parameter as if it were a list',
  caughtBy: ['form/unreadable-accepted'],
  may: ['form/lenient-encoding-accepted'],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    reading: {
      ...faultless.reading,
      open: (text) => faultless.reading.open(text.split(/[ ,]/, 1)[0] ?? ''),
    },
  }),
}
