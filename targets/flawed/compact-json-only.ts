import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const compactJsonOnly: Flaw = {
  name: 'compact-json-only',
  title: 'Claims that are not written as the server would write them are refused',
  seenIn: 'servers that write claims anew and compare',
  caughtBy: ['refusal/valid-refused'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    parser: {
      ...faultless.parser,
      async open(text) {
        const opened = await faultless.parser.open(text)
        const written = Buffer.from(text.split('.')[1] ?? '', 'base64url').toString()
        return JSON.stringify(opened?.claims) === written ? opened : null
      },
    },
  }),
}
