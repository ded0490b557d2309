/** RFC 8693 section 2.1: one token for another. */
import type { Change, Check, Declared, PartDraft } from '../../harness/model/check.ts'
import { CLIENT, refused, tabled, UNCHANGED, type Extra, type Row } from '../draft.ts'

const EXCHANGE = {
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
}
const CODES = ['invalid_request', 'invalid_grant']

const subject: Check = {
  id: 'rfc8693/2.1/subject-jwt',
  title: 'A token that is no good is not exchanged',
  section: 'RFC 8693 §2.1, §2.2.2',
  level: 'must',
  requirement: 'Whoever exchanges a token must see to it that it is good.',
  usages: CLIENT,
  finding: 'tokens/bad-token-exchanged',
  cases: [
    exchanged('expired', 'it ended a day ago', {
      set: { exp: { $now: -86_400 } },
      defect: { kind: 'expired', seconds: 86_400 },
    }),
    exchanged('signature-bit', 'one bit of its signature was changed', {
      defect: { kind: 'signature-bit' },
    }),
    exchanged(
      'unknown-issuer',
      'its issuer is nobody known',
      {
        set: { iss: 'https://issuer-unknown.cupel.example' },
        defect: { kind: 'claim', claim: 'iss' },
      },
      { without: 'spiffe' },
    ),
  ],
}

const type: Check = {
  id: 'rfc8693/2.1/token-type-missing',
  title: 'A token of no type is not exchanged',
  section: 'RFC 8693 §2.1',
  level: 'must',
  requirement: 'Whoever sends a token to be exchanged says of what type it is.',
  usages: CLIENT,
  finding: 'tokens/bad-token-exchanged',
  cases: [
    refused('absent', UNCHANGED, 'nothing says what its token is', {
      needs: ['token-exchange', 'token-issuer'],
      parts: parts(UNCHANGED, { kind: 'request', form: 'type-missing' }),
      form: { set: { grant_type: EXCHANGE.grant_type } },
      errors: CODES,
    }),
  ],
}

const reuse: Check = {
  id: 'rfc8693/2.1/reuse',
  title: 'One token exchanged twice',
  section: 'RFC 8693 §2.1',
  level: 'may',
  requirement: 'To exchange a token does not use it up, unless its kind says so.',
  usages: CLIENT,
  finding: 'refusal/valid-refused',
  cases: [
    tabled(
      'again',
      UNCHANGED,
      [{ deserves: 'either', because: 'some kinds of token are for one use' }],
      {
        needs: ['token-exchange', 'token-issuer'],
        parts: parts(UNCHANGED),
        form: { set: EXCHANGE },
      },
    ),
  ],
}

export const section21: readonly Check[] = [subject, type, reuse]

function exchanged(name: string, because: string, change: Change, declared: Declared = {}) {
  const extra: Extra = {
    needs: ['token-exchange', 'token-issuer'],
    parts: parts(change),
    form: { set: EXCHANGE },
    errors: CODES,
  }
  const open = 'a JWT-SVID says by its subject whose it is'
  const rows: readonly Row[] = [
    { declared, deserves: 'reject', because },
    { deserves: 'either', because: open },
  ]
  return tabled(name, UNCHANGED, rows, extra)
}

/** The token under test first: rows are about the first part. */
function parts(change: Change, defect: Change['defect'] = change.defect): readonly PartDraft[] {
  return [
    { kind: 'minted', usage: 'bearer-token', as: 'subject_token', change: { ...change, defect } },
    { kind: 'minted' },
  ]
}
