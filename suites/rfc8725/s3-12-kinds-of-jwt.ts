/** RFC 8725 sections 3.11 and 3.12: one kind of JWT is not another. */
import type { Change, Check } from '../../harness/model/check.ts'
import type { Json } from '../../harness/model/plan.ts'
import { BOTH, refused, told, type Extra } from '../draft.ts'

const crossed: Check = {
  id: 'rfc8725/3.12/cross-jwt',
  title: 'A JWT of another kind, rightly signed by the same party, is refused',
  section: 'RFC 8725 §2.8, §3.12; RFC 9101 §10.8',
  level: 'must',
  requirement:
    'Every kind of JWT has claims that another must not have, or lacks some that it must; whoever reads one kind refuses the others.',
  usages: BOTH,
  finding: 'identity/other-kind-accepted',
  cases: [
    kind('id-token', 'JWT', {
      change: { aud: 'https://client.cupel.example', nonce: 'n', auth_time: { $now: -1 } },
      because: 'it is an ID token, made for a client',
      defect: { kind: 'audience', form: 'foreign' },
    }),
    kind('access-token', 'at+jwt', {
      change: { aud: 'https://resource.cupel.example', client_id: 'somebody', scope: 'api' },
      because: 'it is an access token, made for a resource',
      defect: { kind: 'audience', form: 'foreign' },
    }),
    kind('logout-token', 'logout+jwt', {
      change: {
        aud: 'https://client.cupel.example',
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      },
      because: 'it is a logout token, made for a client',
      defect: { kind: 'audience', form: 'foreign' },
    }),
    refused(
      'dpop-proof',
      {
        set: { htm: 'POST', htu: { $audience: 'token-endpoint' } },
        drop: ['iss', 'sub', 'aud', 'exp'],
        header: { typ: 'dpop+jwt' },
        defect: { kind: 'claim', claim: 'iss' },
      },
      'it is a DPoP proof, and names nobody',
      { needs: ['token-endpoint-apart'] },
    ),
    told(
      'with-another-type-alone',
      { header: { typ: 'at+jwt' }, defect: { kind: 'header', member: 'typ' } },
      'few servers look at the type of an assertion',
    ),
  ],
}

export const section312: readonly Check[] = [crossed]

interface Kind {
  readonly change: Readonly<Record<string, Json>>
  readonly because: string
  readonly defect: Change['defect']
}

function kind(name: string, typ: string, { change, because, defect }: Kind, extra: Extra = {}) {
  return refused(name, { set: change, header: { typ }, defect }, because, extra)
}
