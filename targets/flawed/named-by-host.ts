import type { Flaw } from './flaw.ts'

export const namedByHost: Flaw = {
  name: 'named-by-host',
  title: 'The server is called what the Host field of a request calls it',
  seenIn: 'Apache CXF 4.2.0, and servers that make their own address from each request',
  caughtBy: ['audience/foreign-accepted'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({ ...faultless, quirks: new Set(['named-by-host']) }),
}
