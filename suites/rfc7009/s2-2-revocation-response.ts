/** RFC 7009 section 2.2: what a revocation is answered with. */
import type { Check } from '../../harness/model/check.ts'
import { accepted, CLIENT, UNCHANGED } from '../draft.ts'

const unknown: Check = {
  id: 'rfc7009/2.2/unknown',
  title: 'To revoke what is no token succeeds',
  section: 'RFC 7009 §2.2',
  level: 'stated',
  requirement: 'What the client wants is so already, and that is no error.',
  usages: CLIENT,
  finding: 'refusal/valid-refused',
  cases: [
    accepted('nonsense', UNCHANGED, 'there is nothing to revoke', {
      needs: ['revocation'],
      endpoint: 'revocation',
      form: { set: { token: 'no.token.of-anybody' } },
    }),
  ],
}

export const section22: readonly Check[] = [unknown]
