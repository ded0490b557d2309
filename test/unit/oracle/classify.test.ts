import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answer, Presentation } from '../../../harness/model/history.ts'
import type { Usage } from '../../../harness/model/plan.ts'
import { classify } from '../../../harness/oracle/answers/classify.ts'
import { asked, granted, policyNamed, presented, reply, truthAt } from './histories.ts'

const POLICY = policyNamed('rfc7523bis')
const LENIENT = policyNamed('oidc-core')
const CLIENT = presented(truthAt(0))
const GRANT = presented(truthAt(0), { part: 'assertion', usage: 'authorization-grant' })
const BEARER = presented(truthAt(0), { part: 'authorization', usage: 'bearer-token', key: null })

function outcome(
  answer: Answer,
  part: Presentation = CLIENT,
  { endpoint = 'token', others = [] as readonly Presentation[], policy = POLICY } = {},
): string {
  const observation = asked({ step: 's/x', at: 0, answer, endpoint, presented: [part, ...others] })
  return classify(observation, part, policy)
}

describe('at the token endpoint', () => {
  test('a token is an acceptance, and a 200 without one is a failure', () => {
    expect(outcome(granted())).toBe('accepted')
    expect(outcome(reply(200, { form: ['no-token'] }))).toBe('failed')
  })

  test('the code of its own usage refuses a credential, and the other usage’s does not', () => {
    expect(outcome(reply(401, { code: 'invalid_client' }))).toBe('rejected')
    expect(outcome(reply(400, { code: 'invalid_grant' }), GRANT)).toBe('rejected')
    expect(outcome(reply(400, { code: 'invalid_grant' }))).toBe('elsewhere')
    expect(outcome(reply(401, { code: 'invalid_client' }), GRANT)).toBe('elsewhere')
  })

  test('a code of the target’s own refuses where its file says so, and where it cannot be of another', () => {
    const answer = reply(400, { code: 'jti_known' })
    const told = { policy: { ...POLICY, 'err.own.codes': ['jti_known'] } }
    expect(outcome(answer)).toBe('elsewhere')
    expect(outcome(answer, CLIENT, told)).toBe('rejected')
    expect(outcome(answer, GRANT, told)).toBe('rejected')
    expect(outcome(answer, CLIENT, { ...told, others: [GRANT] })).toBe('elsewhere')
    const busy = { policy: { ...POLICY, 'err.own.codes': ['slow_down'] } }
    expect(outcome(reply(400, { code: 'slow_down' }), CLIENT, busy)).toBe('failed')
  })

  test('invalid_request refuses only where the profile tolerates it', () => {
    const answer = reply(400, { code: 'invalid_request' })
    expect(outcome(answer)).toBe('elsewhere')
    expect(outcome(answer, CLIENT, { policy: LENIENT })).toBe('rejected')
  })

  test('of two credentials a code speaks of one, and a tolerated code of neither', () => {
    const client = reply(401, { code: 'invalid_client' })
    expect(outcome(client, CLIENT, { others: [GRANT] })).toBe('rejected')
    expect(outcome(client, GRANT, { others: [CLIENT] })).toBe('elsewhere')
    const vague = reply(400, { code: 'invalid_request' })
    expect(outcome(vague, CLIENT, { others: [GRANT], policy: LENIENT })).toBe('elsewhere')
  })

  test('other refusals prove neither', () => {
    for (const code of ['invalid_scope', 'unauthorized_client', 'invalid_target', null]) {
      expect(outcome(reply(code === null ? 403 : 400, { code }))).toBe('elsewhere')
    }
  })

  test.each([
    ['a 500', reply(500, { code: 'invalid_client' })],
    ['too many requests', reply(429, { code: 'invalid_client' })],
    ['a request time-out', reply(408)],
    ['a code of trouble in a 400', reply(400, { code: 'temporarily_unavailable' })],
    ['server_error in a 400', reply(400, { code: 'server_error' })],
    ['slow_down', reply(400, { code: 'slow_down' })],
    ['Retry-After', reply(401, { code: 'invalid_client', headers: { 'retry-after': '1' } })],
    ['HTML', reply(401, { form: ['not-json'] })],
    ['a redirect', reply(302)],
  ])('%s is no refusal', (_, answer) => {
    expect(outcome(answer)).toBe('failed')
  })

  test('a demand for a nonce is neither', () => {
    expect(outcome(reply(400, { code: 'use_dpop_nonce' }))).toBe('challenged')
  })
})

test('what was never written cannot have acted; everything else without an answer may have', () => {
  expect(outcome({ kind: 'none', cause: 'unsent' })).toBe('unsent')
  for (const cause of ['timeout', 'reset', 'stale-connection', 'too-large'] as const) {
    expect(outcome({ kind: 'none', cause })).toBe('unanswered')
  }
})

describe('at the introspection endpoint', () => {
  const at = { endpoint: 'introspection' }
  const TOKEN = { ...BEARER, part: 'token' }

  test('any word about the token accepts the caller; only active: true accepts the token', () => {
    const inactive = reply(200, { active: false })
    expect(outcome(inactive, CLIENT, { ...at, others: [TOKEN] })).toBe('accepted')
    expect(outcome(inactive, TOKEN, { ...at, others: [CLIENT] })).toBe('rejected')
    expect(outcome(reply(200, { active: true }), TOKEN, at)).toBe('accepted')
    expect(outcome(reply(200), CLIENT, at)).toBe('failed')
  })

  test('a 401 refuses the caller and says nothing of the token', () => {
    expect(outcome(reply(401), CLIENT, { ...at, others: [TOKEN] })).toBe('rejected')
    expect(outcome(reply(401), TOKEN, { ...at, others: [CLIENT] })).toBe('elsewhere')
  })

  test('a caller that did not authenticate is refused with what it asked about', () => {
    expect(outcome(reply(401, { code: 'invalid_client' }), TOKEN, at)).toBe('rejected')
  })
})

describe('at a resource', () => {
  const at = { endpoint: 'resource' }

  test('any success accepts, whatever its body', () => {
    expect(outcome(reply(204), BEARER, at)).toBe('accepted')
  })

  test('a 401 refuses the token, a bare 403 and a 500 do not', () => {
    expect(outcome(reply(401, { code: 'invalid_token' }), BEARER, at)).toBe('rejected')
    expect(outcome(reply(401), BEARER, at)).toBe('rejected')
    expect(outcome(reply(403), BEARER, at)).toBe('elsewhere')
    expect(outcome(reply(500), BEARER, at)).toBe('failed')
  })
})

test('no status from 500 on ever refuses or accepts anything', () => {
  const usages: readonly Usage[] = ['client-authentication', 'authorization-grant', 'bearer-token']
  fc.assert(
    fc.property(
      fc.integer({ min: 500, max: 599 }),
      fc.option(fc.constantFrom('invalid_client', 'invalid_grant', 'invalid_token')),
      fc.constantFrom(...usages),
      fc.constantFrom('token', 'introspection', 'resource'),
      (status, code, usage, endpoint) => {
        const answer = reply(status, { code, token: 'x', active: true })
        expect(outcome(answer, { ...CLIENT, usage }, { endpoint })).toBe('failed')
      },
    ),
  )
})
