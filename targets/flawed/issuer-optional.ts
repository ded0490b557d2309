import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const issuerOptional: Flaw = {
  name: 'issuer-optional',
  title: 'An assertion without an issuer is its subject’s own',
  seenIn: 'servers that look at the subject first',
  caughtBy: ['identity/issuer-missing-accepted'],
  may: ['identity/foreign-issuer-accepted'],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    parser: {
      ...faultless.parser,
      stated(claims) {
        const stated = faultless.parser.stated(claims)
        return { ...stated, issuer: claims['iss'] === undefined ? stated.subject : stated.issuer }
      },
    },
  }),
}
