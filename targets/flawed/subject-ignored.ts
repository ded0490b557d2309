import type { Flaw } from './flaw.ts'

export const subjectIgnored: Flaw = {
  name: 'subject-ignored',
  title: 'Whoever signed is authenticated, whomever the assertion speaks of, if of anybody',
  seenIn: 'servers that look at the issuer alone',
  caughtBy: ['identity/subject-missing-accepted', 'identity/other-kind-accepted'],
  // A simulated node is handed a subject that cannot be read as none at all, and this one needs none.
  may: ['claims/first-duplicate-taken', 'claims/type-coerced'],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    decide: (assertion, party, rules, nowSeconds) =>
      faultless.decide({ ...assertion, subject: party?.subject ?? null }, party, rules, nowSeconds),
  }),
}
