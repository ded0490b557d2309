/** OpenID Connect Core section 9: what private_key_jwt adds to RFC 7523. */
import type { Check } from '../../harness/model/check.ts'
import { CLIENT, tabled } from '../draft.ts'

const identifier: Check = {
  id: 'oidc/9/jti-required',
  title: 'A client assertion without an identifier is refused',
  section: 'OpenID Connect Core §9',
  level: 'must',
  requirement: 'A client assertion must have an identifier.',
  usages: CLIENT,
  finding: 'identity/identifier-missing-accepted',
  cases: [
    tabled('absent', { drop: ['jti'], defect: { kind: 'claim', claim: 'jti' } }, [
      { when: { 'jti.ca.required': true }, deserves: 'reject', because: 'it has no identifier' },
      { deserves: 'either', because: 'only OpenID Connect demands an identifier' },
    ]),
  ],
}

export const section9: readonly Check[] = [identifier]
