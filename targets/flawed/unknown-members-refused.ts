import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const unknownMembersRefused: Flaw = {
  name: 'unknown-members-refused',
  title: 'An assertion with a claim or a header member that nobody knows is refused',
  seenIn: 'servers that read into a fixed structure',
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
        const names = Object.keys({ ...opened?.header, ...opened?.claims })
        return names.every((name) => KNOWN.has(name)) ? opened : null
      },
    },
  }),
}

const KNOWN: ReadonlySet<string> = new Set(
  'alg kid typ crit jku x5u x5c jwk cty iss sub aud exp nbf iat jti client_id'.split(' '),
)
