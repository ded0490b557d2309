/** RFC 7009 section 2.2: what a revocation is answered with. */
import type { Check, PartDraft } from '../../harness/model/check.ts'
import { CLIENT } from '../draft.ts'
import { taken } from '../introspected.ts'

const CLIENT_PART: PartDraft = { kind: 'minted' }

const unknown: Check = {
  id: 'rfc7009/2.2/unknown',
  title: 'To revoke what is no token succeeds',
  section: 'RFC 7009 §2.2',
  level: 'stated',
  requirement: 'What the client wants is so already, and that is no error.',
  usages: CLIENT,
  finding: 'refusal/valid-refused',
  cases: [
    {
      name: 'nonsense',
      needs: ['revocation'],
      steps: [
        { name: 'token' },
        { name: 'known', endpoint: 'revocation', parts: [taken(), CLIENT_PART] },
        {
          name: 'nonsense',
          endpoint: 'revocation',
          parts: [{ kind: 'nothing' }, CLIENT_PART],
          form: { set: { token: 'no.token.of-anybody' } },
        },
      ],
      expects: [
        { step: 'token', deserves: 'accept', because: 'it is the control' },
        {
          step: 'known',
          part: 1,
          deserves: 'either',
          because: 'access tokens ought to be revocable, and need not be (unsupported_token_type)',
        },
        {
          step: 'nonsense',
          part: 1,
          onceAccepted: 'known',
          deserves: 'accept',
          errors: ['invalid_request', 'invalid_token', 'invalid_grant'],
          because: 'there is nothing to revoke',
        },
      ],
    },
  ],
}

export const section22: readonly Check[] = [unknown]
