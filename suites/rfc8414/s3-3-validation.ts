/** RFC 8414 section 3.3: a document is about the issuer it was asked for. */
import type { Check } from '../../harness/model/check.ts'
import { advertised } from '../metadata.ts'

export const section33: readonly Check[] = [
  advertised({
    id: 'rfc8414/3.3/issuer-match',
    title: 'The published issuer is the one that was asked for',
    section: 'RFC 8414 §3.3',
    level: 'must',
    requirement:
      'The issuer in the document is letter by letter the one whose document it is; clients lean on that alone.',
    fault: 'issuer-differs',
    finding: 'metadata/issuer-differs',
  }),
]
