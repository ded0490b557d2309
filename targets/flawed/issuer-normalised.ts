import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const issuerNormalised: Flaw = {
  name: 'issuer-normalised',
  title: 'Issuers are compared without regard to case, spaces and a slash at the end',
  seenIn: 'servers that look clients up in a database whose collation does so',
  caughtBy: ['identity/issuer-normalised', 'identity/foreign-issuer-accepted'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    parser: {
      ...faultless.parser,
      stated(claims) {
        const stated = faultless.parser.stated(claims)
        return { ...stated, issuer: stated.issuer === null ? null : plain(stated.issuer) }
      },
    },
  }),
}

function plain(issuer: string): string {
  return issuer.trim().toLowerCase().replace(/\/$/, '')
}
