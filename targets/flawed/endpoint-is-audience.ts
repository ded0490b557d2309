import type { Flaw } from './flaw.ts'

export const endpointIsAudience: Flaw = {
  name: 'endpoint-is-audience',
  title: 'The token endpoint names the server, as it did before RFC 10070',
  seenIn: 'most servers that were built before 2025',
  caughtBy: ['audience/endpoint-accepted'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    names: (value, audiences) =>
      faultless.names(value, audiences) || value === `${audiences[0] ?? ''}/token`,
  }),
}
