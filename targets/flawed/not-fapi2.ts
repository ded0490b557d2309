import type { Flaw } from './flaw.ts'

export const notFapi2: Flaw = {
  name: 'not-fapi2',
  title: 'A server for RFC 10070 that is run as one for FAPI 2.0',
  seenIn: 'servers that were set up for another profile',
  caughtBy: ['audience/list-accepted', 'algorithm/not-allowed-accepted'],
  may: [],
  shows: 'in-checks',
  profile: 'fapi2',
  apply: (faultless) => faultless,
}
