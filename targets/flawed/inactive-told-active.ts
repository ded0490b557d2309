import type { Flaw } from './flaw.ts'

export const inactiveToldActive: Flaw = {
  name: 'inactive-told-active',
  title: 'Introspection says of every token that it is active',
  seenIn: 'servers that look at a token and not at what it says',
  caughtBy: ['introspection/inactive-told-active'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({ ...faultless, quirks: new Set(['inactive-tokens']) }),
}
