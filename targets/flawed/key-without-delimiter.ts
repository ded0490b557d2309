import type { Flaw } from './flaw.ts'

export const keyWithoutDelimiter: Flaw = {
  name: 'key-without-delimiter',
  title: 'Issuer and identifier are remembered in one text, with nothing between them',
  seenIn: 'a certified library, for some versions',
  caughtBy: ['replay/refused-first-use'],
  may: ['refusal/valid-refused'],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    key: ({ usage, issuer, jti }) => `${usage} ${issuer ?? ''}${jti ?? ''}`,
  }),
}
