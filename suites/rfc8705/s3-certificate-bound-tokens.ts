/** RFC 8705 section 3: tokens that are bound to a certificate. */
import type { Check } from '../../harness/model/check.ts'
import { claim, refused, TOKEN, type Extra } from '../draft.ts'

const MUTUAL_TLS: Extra = { needs: ['mutual-tls'] }
/** The hash of a certificate that nobody has. */
const NOBODYS = 'bm9ib2R5LWhhcy10aGlzLWNlcnRpZmljYXRlLWF0LWFsbA'

const match: Check = {
  id: 'rfc8705/3/cert-match',
  title: 'A token that is bound to another certificate is refused',
  section: 'RFC 8705 §3',
  level: 'must',
  requirement: 'The certificate of the connection is the one that the token names.',
  usages: TOKEN,
  finding: 'tokens/binding-ignored',
  cases: [
    refused(
      'another-certificate',
      claim('cnf', { 'x5t#S256': NOBODYS }, { kind: 'binding', to: 'certificate' }),
      'it is bound to a certificate that nobody shows',
      MUTUAL_TLS,
    ),
  ],
}

const thumbprint: Check = {
  id: 'rfc8705/3.1/thumbprint',
  title: 'A token whose thumbprint is written otherwise is refused',
  section: 'RFC 8705 §3.1',
  level: 'must',
  requirement: 'The thumbprint is the SHA-256 of the certificate in base64url, without padding.',
  usages: TOKEN,
  finding: 'tokens/binding-ignored',
  cases: [
    refused(
      'padded',
      claim('cnf', { 'x5t#S256': `${NOBODYS}=` }, { kind: 'binding', to: 'certificate' }),
      'its thumbprint ends in padding',
      MUTUAL_TLS,
    ),
    refused(
      'hexadecimal',
      claim('cnf', { 'x5t#S256': 'ab'.repeat(32) }, { kind: 'binding', to: 'certificate' }),
      'its thumbprint is in hexadecimal digits',
      MUTUAL_TLS,
    ),
  ],
}

export const section3: readonly Check[] = [match, thumbprint]
