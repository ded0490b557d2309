/** The successor of RFC 8725, section 3.14: the characters of a compact serialization. */
import type { Check } from '../../harness/model/check.ts'
import { BOTH, refused } from '../draft.ts'

const characters: Check = {
  id: 'rfc8725bis/3.14/charset',
  title: 'A JWT with a character that no segment has is refused',
  section: 'draft-ietf-oauth-rfc8725bis §3.14; RFC 7515 §2',
  level: 'must',
  requirement: 'Letters, digits, minus and underscore make the segments, and dots divide them.',
  usages: BOTH,
  finding: 'form/lenient-encoding-accepted',
  cases: [
    holding('brace', '{'),
    holding('quotation-mark', '"'),
    holding('percent', '%'),
    holding('letter-of-another-alphabet', '\u00e9'),
    holding('nul', '\u0000'),
  ],
}

export const section314: readonly Check[] = [characters]

function holding(name: string, character: string) {
  return refused(
    name,
    { defect: { kind: 'character', character } },
    'a character stands in it that base64url does not have',
  )
}
