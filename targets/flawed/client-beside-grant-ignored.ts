import type { Flaw } from './flaw.ts'

export const clientBesideGrantIgnored: Flaw = {
  name: 'client-beside-grant-ignored',
  title: 'Client authentication beside a grant is not looked at',
  seenIn: 'servers to which a grant is enough',
  caughtBy: ['identity/bad-client-ignored'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({ ...faultless, quirks: new Set(['bad-client-beside-grant']) }),
}
