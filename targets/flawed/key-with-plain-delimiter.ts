import type { Flaw } from './flaw.ts'

export const keyWithPlainDelimiter: Flaw = {
  name: 'key-with-plain-delimiter',
  title:
    'Issuer and identifier are remembered in one text, with a dash between them that either may have',
  seenIn: 'the example that the reference of a library gives',
  caughtBy: ['replay/refused-first-use'],
  may: ['refusal/valid-refused'],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    key: ({ usage, issuer, jti }) => `${usage} ${issuer ?? ''}-${jti ?? ''}`,
  }),
}
