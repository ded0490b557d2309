import type { Flaw } from './flaw.ts'

export const memoryPerEndpoint: Flaw = {
  name: 'memory-per-endpoint',
  title: 'Each endpoint remembers alone, so an assertion works once at each of them',
  seenIn: 'servers whose endpoints are services of their own',
  caughtBy: ['replay/accepted-at-another-endpoint'],
  may: [],
  apply: (faultless) => ({
    ...faultless,
    key: (assertion, endpoint) => `${endpoint} ${faultless.key(assertion, endpoint)}`,
  }),
}
