import type { Flaw } from './flaw.ts'

export const unprovedClients: Flaw = {
  name: 'unproved-clients',
  title: 'A request that proves nothing gets a token',
  seenIn: 'servers with a default client for tests',
  caughtBy: ['identity/client-missing-accepted', 'request/assertion-missing-accepted'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({ ...faultless, quirks: new Set(['unproved-clients']) }),
}
