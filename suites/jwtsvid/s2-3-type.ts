/** JWT-SVID section 2.3: the type. */
import type { Check } from '../../harness/model/check.ts'
import { accepted, TOKEN, told, type Extra } from '../draft.ts'

const SPIFFE: Extra = { needs: ['spiffe'] }

const type: Check = {
  id: 'jwtsvid/2.3/typ',
  title: 'The type of a JWT-SVID says nothing, where it is there',
  section: 'JWT-SVID §2.3',
  level: 'must',
  requirement: 'A type is JWT or JOSE, or is left out.',
  usages: TOKEN,
  finding: 'form/other-type-accepted',
  cases: [
    accepted('jwt', { header: { typ: 'JWT' }, defect: null }, 'it is one of the two', SPIFFE),
    accepted('jose', { header: { typ: 'JOSE' }, defect: null }, 'it is one of the two', SPIFFE),
    accepted('absent', { header: { typ: null }, defect: null }, 'it may be left out', SPIFFE),
    told('access-token', typed('at+jwt'), 'the rule binds whoever issues it', SPIFFE),
    told(
      'client-assertion',
      typed('client-authentication+jwt'),
      'the rule binds whoever issues it',
      SPIFFE,
    ),
  ],
}

export const section23: readonly Check[] = [type]

function typed(typ: string) {
  return { header: { typ }, defect: { kind: 'header', member: 'typ' } }
}
