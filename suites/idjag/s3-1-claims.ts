/** ID-JAG section 3.1: what a grant between domains must have. */
import type { Change, Check } from '../../harness/model/check.ts'
import { GRANT, told } from '../draft.ts'
import { identity } from '../identity.ts'

const type: Check = {
  id: 'idjag/3.1/typ',
  title: 'A grant that does not say that it is an identity assertion is refused',
  section: 'ID-JAG §3.1, §4.4.1',
  level: 'must',
  requirement: 'The type is oauth-id-jag+jwt, and any other is refused.',
  usages: GRANT,
  finding: 'form/other-type-accepted',
  cases: [
    mistyped('plain', 'JWT', 'it says no more than that it is a JWT'),
    mistyped('absent', null, 'it does not say what it is'),
  ],
}

const required: Check = {
  id: 'idjag/3.1/required',
  title: 'An identity assertion without one of its claims is refused',
  section: 'ID-JAG §3.1',
  level: 'must',
  requirement:
    'Issuer, subject and end must be there, and whoever reads looks for them; identifier and time of issue bind whoever issues.',
  usages: GRANT,
  finding: 'identity/identifier-missing-accepted',
  cases: [
    ...['exp', 'sub', 'iss'].map((name) =>
      identity(`without-${name}`, without(name), `it has no ${name}`),
    ),
    // RFC 7521 §5.2, by which it is read (ID-JAG §4.4.1), leaves both to whoever writes it.
    ...['jti', 'iat'].map((name) =>
      told(
        `without-${name}`,
        without(name),
        'whoever issues it must put it in; that whoever reads it must look is not said',
        { needs: ['id-jag'] },
      ),
    ),
  ],
}

export const section31: readonly Check[] = [type, required]

function without(name: string): Change {
  return { drop: [name], defect: { kind: 'binding', to: name } }
}

function mistyped(name: string, typ: string | null, because: string) {
  return identity(name, { header: { typ }, defect: { kind: 'type', typ } }, because)
}
