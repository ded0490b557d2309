import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const integersOnly: Flaw = {
  name: 'integers-only',
  title: 'A date with a fraction or an exponent is no date',
  seenIn: 'verifiers whose dates are whole numbers',
  caughtBy: ['refusal/valid-refused'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    parser: {
      ...faultless.parser,
      async open(text) {
        const claims = Buffer.from(text.split('.')[1] ?? '', 'base64url').toString()
        return /"(exp|nbf|iat)":-?\d+[.eE]/.test(claims) ? null : faultless.parser.open(text)
      },
    },
  }),
}
