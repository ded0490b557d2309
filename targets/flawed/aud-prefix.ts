import type { Flaw } from './flaw.ts'

export const audPrefix: Flaw = {
  name: 'aud-prefix',
  title: 'An audience is accepted as soon as it begins like the right one',
  seenIn: 'a large open-source server',
  caughtBy: ['audience/prefix-match'],
  // The token endpoint and the issuer with a slash behind it begin like the issuer too.
  may: ['audience/endpoint-accepted', 'audience/normalised', 'audience/foreign-accepted'],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    names: (value, audiences) => audiences.some((audience) => value.startsWith(audience)),
  }),
}
