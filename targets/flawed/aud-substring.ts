import type { Flaw } from './flaw.ts'

export const audSubstring: Flaw = {
  name: 'aud-substring',
  title: 'An audience is accepted if the right one stands anywhere in it',
  seenIn: 'servers that look for a text in a text',
  caughtBy: ['audience/prefix-match', 'audience/substring-match'],
  may: ['audience/endpoint-accepted', 'audience/normalised', 'audience/foreign-accepted'],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    names: (value, audiences) => audiences.some((audience) => value.includes(audience)),
  }),
}
