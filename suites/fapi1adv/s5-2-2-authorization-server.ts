/** FAPI 1.0 Advanced section 5.2.2: what it says of client assertions, which is what OpenID Connect says. */
import type { Check } from '../../harness/model/check.ts'
import { claim, CLIENT, tabled, told } from '../draft.ts'

const audience: Check = {
  id: 'fapi1adv/5.2.2/aud',
  title: 'The audiences of a client assertion under FAPI 1.0',
  section: 'FAPI 1.0 Advanced §5.2.2; OpenID Connect Core §9',
  level: 'should',
  requirement:
    'FAPI 1.0 has no rule of its own: the token endpoint names the server, and what else does is agreed.',
  usages: CLIENT,
  finding: 'refusal/valid-refused',
  cases: [
    tabled('token-endpoint', claim('aud', { $audience: 'token-endpoint' }, null), [
      {
        when: { 'control.ca.audience': 'token-endpoint' },
        deserves: 'accept',
        because: 'the token endpoint is what clients are told to name',
      },
      { deserves: 'either', because: 'other profiles say otherwise' },
    ]),
    told(
      'both',
      claim('aud', [{ $audience: 'issuer' }, { $audience: 'token-endpoint' }], {
        kind: 'audience',
        form: 'shared',
      }),
      'whether both may be named is for server and client to agree on',
      { needs: ['token-endpoint-apart'] },
    ),
  ],
}

export const section522: readonly Check[] = [audience]
