import type { Flaw } from './flaw.ts'

export const oneTextOnly: Flaw = {
  name: 'one-text-only',
  title: 'An audience in a list is refused, also a list of one',
  seenIn: 'servers that compare the audience as it stands',
  caughtBy: ['refusal/valid-refused'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    rules: (rules, usage) => ({ ...faultless.rules(rules, usage), shape: 'text' }),
  }),
}
