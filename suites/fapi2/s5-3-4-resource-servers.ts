/** FAPI 2.0 Security Profile section 5.3.4: resource servers. */
import type { Check } from '../../harness/model/check.ts'
import { refused, TOKEN } from '../draft.ts'

const inQuery: Check = {
  id: 'fapi2/5.3.4/rs',
  title: 'An access token in an address ought to be refused',
  section: 'FAPI 2.0 Security Profile §5.3.4; RFC 6750 §2.3; RFC 9700 §4.3.2',
  // Only FAPI forbids it outright, and a resource server does not say whether it follows FAPI.
  level: 'should',
  requirement: 'Access tokens travel in a header and not in an address, which ends up in logs.',
  usages: TOKEN,
  finding: 'request/credentials-in-address-accepted',
  cases: [
    refused(
      'in-the-query',
      { defect: { kind: 'request', form: 'in-query' } },
      'it stands in the address',
      { http: { parts: { authorization: 'in-query' } }, statuses: [400, 401, 403] },
    ),
  ],
}

export const section534: readonly Check[] = [inQuery]
