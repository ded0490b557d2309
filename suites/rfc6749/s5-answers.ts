/** RFC 6749 section 5: the form of answers. Every answer of a run is held against it; here it is what is asked about. */
import type { Check } from '../../harness/model/check.ts'
import { accepted, BOTH, refused, UNCHANGED } from '../draft.ts'

const success: Check = {
  id: 'rfc6749/5.1/success-shape',
  title: 'A token comes as JSON that nobody may keep',
  section: 'RFC 6749 §5.1',
  level: 'must',
  requirement:
    'A successful answer is a JSON object with the token and its type, and forbids caches to store it.',
  usages: BOTH,
  finding: 'refusal/valid-refused',
  cases: [accepted('control', UNCHANGED, 'it is right in everything')],
}

const error: Check = {
  id: 'rfc6749/5.2/error-shape',
  title: 'A refusal comes as JSON with one error, in plain characters',
  section: 'RFC 6749 §5.2',
  level: 'must',
  requirement:
    'A refusal is 400, or 401 for the client’s own failure, and a JSON object with an error.',
  usages: BOTH,
  finding: 'signature/invalid-accepted',
  cases: [refused('signature-bit', { defect: { kind: 'signature-bit' } }, 'its signature is bad')],
}

export const section5: readonly Check[] = [success, error]
