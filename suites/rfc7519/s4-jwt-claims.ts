/** RFC 7519 section 4: names of claims are unique. */
import type { Check } from '../../harness/model/check.ts'
import type { Json } from '../../harness/model/plan.ts'
import { ALL, BOTH, misissued, refused, tabled } from '../draft.ts'

const NOBODY = 'https://issuer-unknown.cupel.example'

const badLast: Check = {
  id: 'rfc7519/4/dup-claim-bad-last',
  title: 'An assertion with a claim twice is not judged by the first of them',
  section: 'RFC 7519 §4; RFC 8725 §2.4',
  level: 'must',
  requirement:
    'A claim that stands twice makes a reader refuse the assertion or take the last one.',
  usages: ALL,
  finding: 'claims/first-duplicate-taken',
  cases: [
    twice('aud', 'https://somebody-else.example', 'its last audience is an unrelated server'),
    twice('exp', { $now: -86_400 }, 'its last exp was a day ago'),
    misissued(
      'iss',
      { defect: { kind: 'duplicate-claim', claim: 'iss', last: NOBODY } },
      'its last issuer is nobody known',
    ),
    refused(
      'sub',
      { defect: { kind: 'duplicate-claim', claim: 'sub', last: null } },
      'its last subject is null',
      { usages: BOTH },
    ),
  ],
}

const goodLast: Check = {
  id: 'rfc7519/4/dup-claim-good-last',
  title: 'An assertion with a claim twice, the last of them right',
  section: 'RFC 7519 §4',
  level: 'stated',
  requirement:
    'A claim that stands twice makes a reader refuse the assertion or take the last one.',
  usages: ALL,
  finding: 'claims/first-duplicate-taken',
  cases: [
    tabled(
      'exp',
      {
        set: { exp: { $now: -86_400 } },
        defect: { kind: 'duplicate-claim', claim: 'exp', last: { $now: 60 } },
      },
      [
        {
          when: { 'dup.policy': 'reject' },
          deserves: 'reject',
          because: 'the target says that it refuses what stands twice',
        },
        { deserves: 'either', because: 'both are allowed: to refuse it and to take the last' },
      ],
    ),
  ],
}

export const section4: readonly Check[] = [badLast, goodLast]

function twice(name: string, last: Json, because: string) {
  return refused(name, { defect: { kind: 'duplicate-claim', claim: name, last } }, because)
}
