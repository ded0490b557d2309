/** RFC 7523 sections 2 and 6: an assertion is for one of the two uses. */
import type { Check } from '../../harness/model/check.ts'
import { refused } from '../draft.ts'

const bothRoles: Check = {
  id: 'rfc7523/6/both-roles',
  title: 'An assertion made for one use is refused in the other',
  section: 'RFC 7523 §2.1, §2.2, §6; RFC 8725 §3.12',
  level: 'derived',
  requirement:
    'A grant authenticates no client and a client assertion is no grant: who may issue the one has no say in the other.',
  usages: ['client-authentication', 'authorization-grant'],
  finding: 'identity/other-usage-accepted',
  cases: [
    refused(
      'grant-as-client',
      { madeFor: 'authorization-grant', defect: { kind: 'other-usage' } },
      'it is the grant of an issuer that is no client',
      { usages: ['client-authentication'] },
    ),
    refused(
      'client-as-grant',
      { madeFor: 'client-authentication', defect: { kind: 'other-usage' } },
      'it is a client’s assertion about itself, and that client issues no grants',
      { usages: ['authorization-grant'] },
    ),
  ],
}

export const section6: readonly Check[] = [bothRoles]
