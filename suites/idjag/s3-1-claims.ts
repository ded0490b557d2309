/** ID-JAG section 3.1: what a grant between domains must have. */
import type { Check } from '../../harness/model/check.ts'
import { GRANT } from '../draft.ts'
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
  requirement: 'Issuer, subject, identifier, time of issue and end must be there.',
  usages: GRANT,
  finding: 'identity/identifier-missing-accepted',
  cases: ['jti', 'iat', 'exp', 'sub', 'iss'].map((name) =>
    identity(
      `without-${name}`,
      { drop: [name], defect: { kind: 'binding', to: name } },
      `it has no ${name}`,
    ),
  ),
}

export const section31: readonly Check[] = [type, required]

function mistyped(name: string, typ: string | null, because: string) {
  return identity(name, { header: { typ }, defect: { kind: 'type', typ } }, because)
}
