import { describe, expect, test } from 'vitest'
import type { Check } from '../../../harness/model/check.ts'
import type { Step } from '../../../harness/model/plan.ts'
import type { Policy, Profile } from '../../../harness/model/policy.ts'
import { checkText } from '../../../reports/check-text.ts'
import { rfc7523 } from '../../../suites/profiles/rfc7523.ts'
import { planText } from '../../../reports/plan-text.ts'
import { progressLine } from '../../../reports/progress.ts'

describe('progress', () => {
  test('is one line with what is known so far', () => {
    const figures = { judged: 1200, falseAccepts: 3, falseRejects: 0, undecided: 1 }
    expect(progressLine({ stage: 'replay-race', done: 1234, total: 2000, ...figures })).toBe(
      'replay-race: 1,234 of 2,000 sent, 1,200 judged, 3 falsely accepted, 0 falsely refused, 1 undecided',
    )
    expect(progressLine({ stage: 'probe\n', done: 5, total: null, ...figures })).toContain(
      'probe\\u{a}: 5 sent,',
    )
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
