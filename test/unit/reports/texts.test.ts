import { describe, expect, test } from 'vitest'
import type { Check } from '../../../harness/model/check.ts'
import type { Step } from '../../../harness/model/plan.ts'
import type { Policy, Profile } from '../../../harness/model/policy.ts'
import { checkText } from '../../../reports/check-text.ts'
import { rfc7523 } from '../../../suites/profiles/rfc7523.ts'
import { planText } from '../../../reports/plan-text.ts'
import { progressBar, progressLine, type LiveFigures } from '../../../reports/progress.ts'

describe('progress', () => {
  const figures: LiveFigures = {
    stage: '14/17 partitioned-cache, 2 of 40',
    done: 1234,
    total: 2000,
    perSecond: 45.4,
    secondsLeft: 16.9,
    falseAccepts: 3,
    toRefuse: 60,
    falseRejects: 0,
    toAccept: 1100,
    undecided: 1,
    inForce: ['link.cut on node-2>store'],
  }

  test('is one line with what is known so far', () => {
    expect(progressLine(figures)).toBe(
      '14/17 partitioned-cache, 2 of 40: 1,234 of 2,000 answered, 45/s, false accepts 3 of 60 (5.00 %), false rejects 0 of 1,100, 1 undecided, in force: link.cut on node-2>store, 17 s left',
    )
    const first = { ...figures, stage: 'a\n', perSecond: null, secondsLeft: null, undecided: 0 }
    expect(progressLine({ ...first, done: 0, inForce: [] })).toBe(
      'a\\u{a}: 0 of 2,000 answered, false accepts 3 of 60 (5.00 %), false rejects 0 of 1,100',
    )
  })

  test('says for how long it may take in words that nobody misreads', () => {
    const left = (secondsLeft: number): string | undefined =>
      / (\S+ \w+) left$/.exec(progressLine({ ...figures, secondsLeft }))?.[1]
    expect([0.2, 99.1, 100, 3_601].map(left)).toEqual(['1 s', '100 s', '2 min', '61 min'])
  })

  test('is a bar with all of it where there is room, and no wider than the terminal', () => {
    expect(progressBar(figures, 200)).toBe(
      '14/17 partitioned-cache, 2 of 40 ━━━━━━━━━━━━━━━┄┄┄┄┄┄┄┄┄  1,234/2,000  45/s  FAR 3/60 (5.00 %)  FRR 0/1,100  1 undecided  17 s left  ✕ link.cut on node-2>store',
    )
    for (const columns of [20, 40, 60, 80, 100, 120, 200]) {
      expect(Array.from(progressBar(figures, columns)).length).toBeLessThan(columns)
    }
  })

  test('keeps FAR, FRR and the fault in force where the bar and all else has to go', () => {
    const at = (columns: number): string =>
      progressBar({ ...figures, stage: '14/17 partitioned-cache', falseAccepts: 0 }, columns)
    expect(at(80)).toBe(
      '14/17 partitioned-cache   1,234/2,000  45/s  FAR 0/60  FRR 0/1,100  ✕ link.cut',
    )
    expect(at(62)).toContain('FAR 0/60  FRR 0/1,100')
    expect(at(110)).toContain('✕ link.cut on node-2>store')
  })
})

describe('a plan as text', () => {
  test('is as in its file, and the same each time', async () => {
    expect(planText(STEPS)).toBe(planText(structuredClone(STEPS)))
    await expect(`${planText(STEPS)}\n`).toMatchFileSnapshot('__outputs__/plan.txt')
  })
})

describe('a check as text', () => {
  test('is as in its file', async () => {
    await expect(`${checkText(CHECK, PROFILES)}\n`).toMatchFileSnapshot('__outputs__/check.txt')
  })
  test('tells one case where one is asked for', () => {
    const text = checkText(CHECK, PROFILES, 'rfc7523/3/aud-endpoint:ca:issuer')
    expect(text).toContain('case issuer')
    expect(text).not.toContain('case endpoint')
  })
  test('gives each profile the first row that is for it', () => {
    const text = checkText(CHECK, PROFILES, 'rfc7523/3/aud-endpoint:ca:endpoint')
    expect(text).toContain('strict, stricter: reject with invalid_client, since only the issuer')
    expect(text).toContain('lax: accept, since the endpoint')
  })
})

const STEPS: readonly Step[] = [
  {
    name: 'checks/r0/x:ca:a/first',
    caseId: 'x:ca:a',
    due: { atUs: 1_500_000 },
    endpoint: 'token',
    node: 'node-1',
    principal: 'hostile',
    parts: {
      client_assertion: {
        kind: 'minted',
        usage: 'client-authentication',
        signer: 'hostile-key',
        header: { alg: 'ES256' },
        claims: { iss: 'h', exp: { $now: -86400 }, jti: { $jti: 'x-' } },
        defect: { kind: 'claim', name: 'exp' },
        last: false,
      },
    },
    params: [
      ['grant_type', 'client_credentials'],
      ['scope', 'a\u202eb'],
    ],
    verifierNowSeconds: null,
    race: 'together',
    onChallenge: 'record',
  },
  {
    name: 'checks/r0/x:ca:a/second',
    caseId: 'x:ca:a',
    due: { after: 'checks/r0/x:ca:a/first', plusUs: 250 },
    endpoint: 'introspection',
    node: null,
    principal: 'hostile',
    parts: {
      client_assertion: {
        kind: 'again',
        step: 'checks/r0/x:ca:a/first',
        part: 'client_assertion',
        altered: null,
        last: true,
      },
      token: { kind: 'taken', step: 'checks/r0/x:ca:a/first', what: 'access-token' },
    },
    params: [],
    verifierNowSeconds: 1_700_000_000,
    race: null,
    onChallenge: 'once-more',
  },
]

const CHECK: Check = {
  id: 'rfc7523/3/aud-endpoint',
  title: 'The token endpoint as audience',
  section: 'RFC 7523 §3 item 3',
  level: 'must',
  requirement:
    'An assertion must say who it is for, and whoever is not named must refuse it. Whether the address of the token endpoint names the server is for the profile to say.',
  usages: ['client-authentication'],
  finding: 'audience/endpoint-accepted',
  cases: [
    {
      name: 'endpoint',
      needs: ['complete-audiences'],
      steps: [
        {
          name: 'only',
          change: {
            set: { aud: { $audience: 'token-endpoint' } },
            drop: ['nbf'],
            defect: { kind: 'claim', name: 'aud' },
          },
        },
      ],
      expects: [
        {
          step: 'only',
          when: { 'aud.ca.values': 'issuer' },
          deserves: 'reject',
          errors: ['invalid_client'],
          because: 'only the issuer is an audience here',
        },
        { step: 'only', deserves: 'accept', because: 'the endpoint is what the two agreed on' },
      ],
    },
    {
      name: 'issuer',
      usages: ['client-authentication'],
      steps: [
        { name: 'first' },
        {
          name: 'second',
          endpoint: 'introspection',
          parts: [
            { kind: 'again', step: 'first', altered: { kind: 'padding' } },
            { kind: 'taken', step: 'first', what: 'access-token', as: 'token' },
          ],
        },
      ],
      expects: [
        {
          step: 'second',
          part: 1,
          when: { 'jti.ca.singleUse': 'required' },
          deserves: 'either',
          because: 'who asks was not let in',
        },
      ],
    },
  ],
}

const POLICY: Policy = {
  ...rfc7523.policy,
  'aud.ca.values': 'issuer',
  'iss.ca.mustEqualSub': true,
}

const PROFILES: readonly Profile[] = [
  { name: 'strict', title: 'Strict', source: 'here', policy: POLICY },
  { name: 'stricter', title: 'Stricter', source: 'here', policy: POLICY },
  { name: 'lax', title: 'Lax', source: 'here', policy: { ...POLICY, 'aud.ca.values': 'agreed' } },
]
