/** RFC 7523 section 5: the one algorithm that everybody must know, and those that parties may agree on besides. */
import type { Check } from '../../harness/model/check.ts'
import { BOTH, tabled } from '../draft.ts'

const rs256: Check = {
  id: 'rfc7523/5/rs256',
  title: 'An assertion that is signed with RS256 is accepted',
  section: 'RFC 7523 §5',
  level: 'must',
  requirement:
    'Whoever takes assertions must be able to verify RS256, unless a profile excludes it.',
  usages: BOTH,
  finding: 'refusal/valid-refused',
  cases: [
    tabled('registered-key', { algorithm: 'RS256', defect: null }, [
      {
        when: { 'alg.allow': 'agreed' },
        deserves: 'accept',
        because: 'its key is registered for the one algorithm that must be there',
      },
      { deserves: 'either', because: 'the profile leaves RS256 out' },
    ]),
  ],
}

const further: Check = {
  id: 'rfc7523/5/further-algorithms',
  title: 'Further algorithms that keys are registered for are accepted',
  section: 'RFC 7523 §5, RFC 7518 §3.1',
  level: 'may',
  requirement: 'Which algorithms a server knows besides is its own choice.',
  usages: BOTH,
  finding: 'refusal/valid-refused',
  cases: ['PS256', 'ES256', 'EdDSA'].map((algorithm) =>
    tabled(algorithm.toLowerCase(), { algorithm, defect: null }, [
      {
        when: { 'alg.allow': 'agreed' },
        deserves: 'accept',
        because: `its key is registered for ${algorithm}`,
      },
      { deserves: 'either', because: 'the profile has algorithms of its own' },
    ]),
  ),
}

export const section5: readonly Check[] = [rs256, further]
