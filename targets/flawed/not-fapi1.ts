import type { Flaw } from './flaw.ts'

export const notFapi1: Flaw = {
  name: 'not-fapi1',
  title: 'A server for RFC 10070 that is run as one for FAPI 1.0',
  seenIn: 'servers that were set up for another profile',
  caughtBy: ['algorithm/not-allowed-accepted'],
  may: [],
  shows: 'in-checks',
  profile: 'fapi1-adv',
  apply: (faultless) => faultless,
}
