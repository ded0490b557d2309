import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const jsonSerializationRead: Flaw = {
  name: 'json-serialization-read',
  title: 'A JWS in the JSON serialization is read as if it were compact',
  seenIn: 'verifiers that hand a token to a library which knows every serialization',
  caughtBy: ['form/unreadable-accepted'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    parser: {
      ...faultless.parser,
      open: (text) => faultless.parser.open(text.startsWith('{') ? compact(text) : text),
    },
  }),
}

function compact(text: string): string {
  const members = Object(JSON.parse(text))
  const [first = members] = members.signatures ?? []
  return `${first.protected}.${members.payload}.${first.signature}`
}
