import type { Flaw } from './flaw.ts'

export const integersOnly: Flaw = {
  name: 'integers-only',
  title: 'A date with a fraction or an exponent is no date',
  seenIn: 'verifiers whose dates are whole numbers',
  caughtBy: ['refusal/valid-refused'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    reading: {
      ...faultless.reading,
      async open(text) {
        const claims = Buffer.from(text.split('.')[1] ?? '', 'base64url').toString()
        return /"(exp|nbf|iat)":-?\d+[.eE]/.test(claims) ? null : faultless.reading.open(text)
      },
    },
  }),
}
