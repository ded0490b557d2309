import type { Flaw } from './flaw.ts'

export const compactJsonOnly: Flaw = {
  name: 'compact-json-only',
  title: 'Claims that are not written as the server would write them are refused',
  seenIn: 'servers that write claims anew and compare',
  caughtBy: ['refusal/valid-refused'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    reading: {
      ...faultless.reading,
      async open(text) {
        const opened = await faultless.reading.open(text)
        const written = Buffer.from(text.split('.')[1] ?? '', 'base64url').toString()
        return JSON.stringify(opened?.claims) === written ? opened : null
      },
    },
  }),
}
