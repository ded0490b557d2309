import type { Flaw } from './flaw.ts'

export const keyWithoutDelimiter: Flaw = {
  name: 'key-without-delimiter',
  title: 'Issuer and identifier are remembered in one text, with nothing between them',
  seenIn: 'a certified library, for some versions',
  caughtBy: [],
  awaits: 'identifiers of two issuers that read the same where one follows the other',
  may: [],
  apply: (faultless) => ({
    ...faultless,
    key: ({ usage, issuer, jti }) => `${usage} ${issuer ?? ''}${jti ?? ''}`,
  }),
}
