import type { Flaw } from './flaw.ts'

export const lastParameterCounts: Flaw = {
  name: 'last-parameter-counts',
  title: 'Of a parameter that comes twice the last one counts',
  seenIn: 'frameworks that keep parameters in a table',
  caughtBy: ['request/repeated-parameter-accepted'],
  may: [],
  shows: 'in-checks',
  strict: true,
  apply: (faultless) => ({ ...faultless, quirks: new Set(['repeated-parameters']) }),
}
