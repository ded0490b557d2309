/** The successor of RFC 8725, section 3.13: work that a stranger can make a reader do. */
import type { Check } from '../../harness/model/check.ts'
import { refused, TOKEN } from '../draft.ts'

const rounds: Check = {
  id: 'rfc8725bis/3.13/p2c',
  title: 'A JWT that wants a key derived in two thousand million rounds is refused at once',
  section: 'draft-ietf-oauth-rfc8725bis §3.13',
  level: 'should',
  requirement: 'How often a password is hashed must have a limit that the reader sets.',
  usages: TOKEN,
  finding: 'signature/invalid-accepted',
  cases: [
    refused(
      'two-thousand-million',
      { defect: { kind: 'jwe', form: 'password' } },
      'it is encrypted with a password that nobody agreed on',
    ),
  ],
}

export const section313: readonly Check[] = [rounds]
