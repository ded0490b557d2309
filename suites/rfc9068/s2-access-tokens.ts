/** RFC 9068 section 2: what is in a JWT access token. */
import type { Check } from '../../harness/model/check.ts'
import { tabled, TOKEN, told } from '../draft.ts'

const rs256: Check = {
  id: 'rfc9068/2.1/rs256',
  title: 'An access token that is signed with RS256',
  section: 'RFC 9068 §2.1',
  level: 'derived',
  requirement: 'Whoever takes access tokens of this kind must know RS256.',
  usages: TOKEN,
  finding: 'refusal/valid-refused',
  cases: [
    tabled(
      'registered-key',
      { algorithm: 'RS256', defect: null },
      [
        {
          when: { 'alg.allow': 'agreed' },
          deserves: 'accept',
          because: 'its key is known for the one algorithm that must be there',
        },
        { deserves: 'either', because: 'the profile has algorithms of its own' },
      ],
      { needs: ['at-jwt'] },
    ),
  ],
}

const required: Check = {
  id: 'rfc9068/2.2/required-claims',
  title: 'An access token without claims that its issuer must put in',
  section: 'RFC 9068 §2.2',
  level: 'may',
  requirement:
    'Issuers must name subject, client, time of issue and identifier; readers are not told to look.',
  usages: TOKEN,
  finding: 'identity/subject-missing-accepted',
  cases: ['sub', 'client_id', 'iat', 'jti'].map((name) =>
    told(
      `without-${name.replace('_', '-')}`,
      { drop: [name], defect: { kind: 'claim', claim: name } },
      'whether a resource needs it is its own affair',
    ),
  ),
}

export const section2: readonly Check[] = [rs256, required]
