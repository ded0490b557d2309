/** RFC 7009 section 2.1: a token that is taken back. */
import type { CaseDraft, Check, PartDraft, StepDraft } from '../../harness/model/check.ts'
import { CLIENT } from '../draft.ts'
import { taken } from '../introspected.ts'

const TOKEN: PartDraft = taken()
const CLIENT_PART: PartDraft = { kind: 'minted' }

const revoke: Check = {
  id: 'rfc7009/2.1/revoke',
  title: 'A token that was revoked is not good any more',
  section: 'RFC 7009 §2.1',
  // "Immediately", and "in practice, there could be a propagation delay": who answers next may not have heard of it.
  level: 'should',
  requirement:
    'A revoked token is invalid at once, but for the time that servers need to tell each other.',
  usages: CLIENT,
  finding: 'tokens/revoked-accepted',
  cases: [revoked('access-token')],
}

const hint: Check = {
  id: 'rfc7009/2.1/hint',
  title: 'A wrong hint keeps nobody from revoking',
  section: 'RFC 7009 §2.1, §2.2',
  // As above.
  level: 'should',
  requirement: 'A token that is not found where the hint says is looked for elsewhere.',
  usages: CLIENT,
  finding: 'tokens/revoked-accepted',
  cases: [revoked('wrong-hint', { token_type_hint: 'refresh_token' })],
}

const other: Check = {
  id: 'rfc7009/2.1/other-client',
  title: 'A client cannot revoke the token of another',
  section: 'RFC 7009 §2.1',
  level: 'stated',
  requirement: 'A server refuses to revoke a token that was not issued to whoever asks.',
  usages: CLIENT,
  finding: 'tokens/revoked-by-another',
  cases: [
    {
      name: 'anothers-token',
      needs: ['revocation', 'introspection', 'second-client'],
      refusal: 'tokens/revoked-by-another',
      steps: [
        { name: 'token' },
        { name: 'before', endpoint: 'introspection', parts: [TOKEN, CLIENT_PART] },
        { name: 'revoke', endpoint: 'revocation', by: 'another', parts: [TOKEN, CLIENT_PART] },
        { name: 'after', endpoint: 'introspection', parts: [TOKEN, CLIENT_PART] },
      ],
      expects: [
        { step: 'token', deserves: 'accept', because: 'it is the control' },
        { step: 'before', part: 0, deserves: 'accept', because: 'it was just issued' },
        { step: 'after', part: 0, deserves: 'accept', because: 'its own client did not revoke it' },
      ],
    },
  ],
}

export const section21: readonly Check[] = [revoke, hint, other]

function revoked(name: string, set: Readonly<Record<string, string>> = {}): CaseDraft {
  const steps: readonly StepDraft[] = [
    { name: 'token' },
    { name: 'before', endpoint: 'introspection', parts: [TOKEN, CLIENT_PART] },
    { name: 'revoke', endpoint: 'revocation', parts: [TOKEN, CLIENT_PART], form: { set } },
    { name: 'after', endpoint: 'introspection', parts: [TOKEN, CLIENT_PART] },
  ]
  return {
    name,
    needs: ['revocation', 'introspection'],
    steps,
    expects: [
      { step: 'token', deserves: 'accept', because: 'it is the control' },
      { step: 'before', part: 0, deserves: 'accept', because: 'it was just issued' },
      {
        step: 'revoke',
        part: 1,
        deserves: 'either',
        because: 'access tokens ought to be revocable, and need not be (unsupported_token_type)',
      },
      {
        step: 'after',
        part: 0,
        onceAccepted: 'revoke',
        deserves: 'reject',
        because: 'it was revoked',
      },
    ],
  }
}
