/** RFC 7662 section 4: what is looked at before a token is called active. */
import type { Check } from '../../harness/model/check.ts'
import { CLIENT } from '../draft.ts'
import { inactive } from '../introspected.ts'

const checks: Check = {
  id: 'rfc7662/4/checks',
  title: 'A token that is no good in itself is told to be inactive',
  section: 'RFC 7662 §4',
  level: 'must',
  requirement: 'Whoever is asked about a token looks at its signature and at its times.',
  usages: CLIENT,
  finding: 'introspection/inactive-told-active',
  cases: [
    inactive('signature-bit', 'one bit of its signature was changed', {
      defect: { kind: 'signature-bit' },
    }),
    inactive('not-begun', 'it begins in an hour', {
      set: { nbf: { $now: 3600 } },
      defect: { kind: 'not-yet', seconds: 3600 },
    }),
  ],
}

export const section4: readonly Check[] = [checks]
