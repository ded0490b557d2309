import type { Flaw } from './flaw.ts'

export const openIntrospection: Flaw = {
  name: 'open-introspection',
  title: 'Introspection answers whoever asks',
  seenIn: 'servers whose introspection is meant for the network inside',
  caughtBy: ['introspection/unauthenticated'],
  may: ['audience/endpoint-accepted'],
  shows: 'in-checks',
  apply: (faultless) => ({ ...faultless, quirks: new Set(['open-introspection']) }),
}
