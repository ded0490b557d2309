import type { Flaw } from './flaw.ts'

export const issuerNormalised: Flaw = {
  name: 'issuer-normalised',
  title: 'Issuers are compared without regard to case, spaces and a slash at the end',
  seenIn: 'servers that look clients up in a database whose collation does so',
  caughtBy: ['identity/issuer-normalised', 'identity/foreign-issuer-accepted'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    reading: {
      ...faultless.reading,
      stated(claims) {
        const stated = faultless.reading.stated(claims)
        return { ...stated, issuer: stated.issuer === null ? null : plain(stated.issuer) }
      },
    },
  }),
}

function plain(issuer: string): string {
  return issuer.trim().toLowerCase().replace(/\/$/, '')
}
