import type { Flaw } from './flaw.ts'

export const clientNamesAnother: Flaw = {
  name: 'client-names-another',
  title: 'A client that speaks of another is taken for itself',
  seenIn: 'servers that know assertions of other issuers than the client',
  caughtBy: ['identity/two-clients-accepted'],
  may: [],
  shows: 'in-checks',
  profile: 'oidc-core',
  apply: (faultless) => ({
    ...faultless,
    decide(assertion, party, rules, nowSeconds) {
      const subject = assertion.subject === null ? null : (party?.subject ?? null)
      return faultless.decide({ ...assertion, subject }, party, rules, nowSeconds)
    },
  }),
}
