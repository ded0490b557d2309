/** RFC 7518 section 3.5: RSA signatures with a salt. */
import type { Check } from '../../harness/model/check.ts'
import { BOTH, refused } from '../draft.ts'

const salt: Check = {
  id: 'rfc7518/3.5/pss-salt',
  title: 'A PSS signature with a salt of another length is refused',
  section: 'RFC 7518 §3.5',
  level: 'must',
  requirement: 'The salt is as long as the hash.',
  usages: BOTH,
  finding: 'signature/lenient-parameters',
  cases: [
    refused(
      'none',
      { algorithm: 'PS256', defect: { kind: 'signed-otherwise', form: 'ps256-without-salt' } },
      'its signature has no salt',
    ),
    refused(
      'the-longest',
      {
        algorithm: 'PS256',
        defect: { kind: 'signed-otherwise', form: 'ps256-with-the-longest-salt' },
      },
      'its salt is as long as the key allows',
    ),
  ],
}

export const section35: readonly Check[] = [salt]
