/** RFC 7523 section 2.1: how a grant is sent. */
import type { Check } from '../../harness/model/check.ts'
import { GRANT, refused } from '../draft.ts'

const grantType: Check = {
  id: 'rfc7523/2.1/grant-type-exact',
  title: 'A grant type that is only written like the right one is refused',
  section: 'RFC 7523 §2.1; RFC 6749 §1.9, §5.2',
  level: 'derived',
  requirement: 'Values of parameters are case-sensitive, so that there is one name for the grant.',
  usages: GRANT,
  finding: 'request/grant-type-ignored',
  cases: [
    refused(
      'capitals',
      { defect: { kind: 'request', form: 'grant-type-unknown' } },
      'there is no grant of that name',
      {
        // The part that no rule of URNs lets anybody fold (RFC 8141 §3.1).
        form: { set: { grant_type: 'urn:ietf:params:oauth:grant-type:JWT-Bearer' } },
        errors: ['unsupported_grant_type', 'invalid_request'],
      },
    ),
  ],
}

const single: Check = {
  id: 'rfc7523/2.1/single-jwt',
  title: 'Two assertions in one value are refused',
  section: 'RFC 7523 §2.1',
  level: 'must',
  requirement: 'The value of assertion is one JWT.',
  usages: GRANT,
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

export const section21: readonly Check[] = [grantType, single]
