/** RFC 7523 section 2.2: how a client assertion is sent. */
import type { Check } from '../../harness/model/check.ts'
import { CLIENT, refused } from '../draft.ts'

const single: Check = {
  id: 'rfc7523/2.2/single-jwt',
  title: 'Two client assertions in one value are refused',
  section: 'RFC 7523 §2.2',
  level: 'must',
  requirement: 'The value of client_assertion is one JWT, and must not be more.',
  usages: CLIENT,
  finding: 'form/unreadable-accepted',
  cases: [
    refused(
      'with-a-space',
      { defect: { kind: 'joined', separator: ' ' } },
      'it is two assertions with a space between them',
    ),
    refused(
      'with-a-comma',
      { defect: { kind: 'joined', separator: ',' } },
      'it is two assertions with a comma between them',
    ),
  ],
}

export const section22: readonly Check[] = [single]
