import type { Flaw } from './flaw.ts'

export const openIntrospection: Flaw = {
  name: 'open-introspection',
  title: 'Introspection answers whoever asks',
  seenIn: 'servers whose introspection is meant for the network inside',
  caughtBy: ['introspection/unauthenticated'],
  // Whoever looks at no assertion takes one twice.
  may: ['audience/endpoint-accepted', 'replay/accepted-at-another-endpoint'],
  shows: 'in-checks',
  apply: (faultless) => ({ ...faultless, quirks: new Set(['open-introspection']) }),
}
