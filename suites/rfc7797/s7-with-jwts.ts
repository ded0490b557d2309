/** RFC 7797 section 7: JWTs have no unencoded payload. */
import type { Check } from '../../harness/model/check.ts'
import { ALL, refused, told } from '../draft.ts'

const CRITICAL = { b64: false, crit: ['b64'] }

const unencoded: Check = {
  id: 'rfc7797/7/b64-false',
  title: 'An assertion with an unencoded payload is refused',
  section: 'RFC 7797 §7',
  level: 'must',
  requirement: 'A JWT must not use the option that leaves the payload unencoded.',
  usages: ALL,
  finding: 'form/critical-extension-ignored',
  cases: [
    refused(
      'as-it-says',
      { header: CRITICAL, defect: { kind: 'payload-unencoded' } },
      'its claims stand there unencoded',
      // A reader that knows the option passes over nothing: what it takes is no JWT (RFC 7519 §3, §7.2 step 7).
      { finding: 'form/unreadable-accepted' },
    ),
    refused(
      'only-said',
      { header: CRITICAL, defect: { kind: 'b64-false' } },
      'it says that its claims are not encoded, and they are',
    ),
  ],
}

const encoded: Check = {
  id: 'rfc7797/7/b64-true',
  title: 'An assertion that says what goes without saying',
  section: 'RFC 7797 §6, §7',
  level: 'may',
  requirement:
    'To say that the payload is encoded is allowed, and calls for a reader that knows it.',
  usages: ALL,
  finding: 'form/critical-extension-ignored',
  cases: [
    told(
      'listed-as-critical',
      { header: { b64: true, crit: ['b64'] }, defect: { kind: 'crit-malformed' } },
      'whoever does not know the extension must refuse it, and whoever does need not',
    ),
  ],
}

export const section7: readonly Check[] = [unencoded, encoded]
