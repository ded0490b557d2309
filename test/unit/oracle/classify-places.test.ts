/** The same answer at several endpoints, about several credentials: of whom it speaks there, and of whom it does not. */
import { describe, expect, test } from 'vitest'
import type { Answer, Presentation } from '../../../harness/model/history.ts'
import { classify } from '../../../harness/oracle/answers/classify.ts'
import { gotWords, openWords } from '../../../harness/oracle/answers/words.ts'
import { asked, granted, LOST, policyNamed, presented, reply, truthAt } from './histories.ts'

const CLIENT = presented(truthAt(0))
const GRANT = presented(truthAt(0), { part: 'assertion', usage: 'authorization-grant' })
const BEARER = presented(truthAt(0), { part: 'token', usage: 'bearer-token', key: null })
const PROOF = presented(truthAt(0), { part: 'dpop', usage: 'dpop-proof' })

function at(
  endpoint: string,
  answer: Answer,
  part: Presentation = CLIENT,
  others: readonly Presentation[] = [],
): string {
  const observation = asked({ step: 's/x', at: 0, answer, endpoint, presented: [part, ...others] })
  return classify(observation, part, policyNamed('rfc7523bis'))
}

const code = (name: string, status = 400) => reply(status, { code: name })
const HTML = { form: ['not-json'] }

describe('a success', () => {
  test('at a resource and a revocation endpoint is one, whatever it says', () => {
    for (const endpoint of ['resource', 'revocation']) {
      expect(at(endpoint, reply(204), BEARER)).toBe('accepted')
      expect(at(endpoint, reply(200, HTML), BEARER)).toBe('accepted')
    }
  })

  test('at a revocation endpoint is none if a page for people comes of it', () => {
    const page = { headers: { 'content-type': 'Text/HTML; charset=utf-8' } }
    expect(at('revocation', reply(200, page), BEARER)).toBe('failed')
    expect(at('revocation', reply(200, { ...page, bytes: 0 }), BEARER)).toBe('accepted')
    expect(at('resource', reply(200, page), BEARER)).toBe('accepted')
  })

  test('of what is published or pushed is one that can be read', () => {
    for (const endpoint of ['metadata', 'par']) {
      expect(at(endpoint, reply(201))).toBe('accepted')
      expect(at(endpoint, reply(200, HTML))).toBe('failed')
    }
  })

  test('at introspection is a word about the token', () => {
    expect(at('introspection', reply(200, { active: true }), BEARER)).toBe('accepted')
    expect(at('introspection', reply(200, { active: false }), BEARER)).toBe('rejected')
    expect(at('introspection', reply(200, { active: false }), CLIENT, [BEARER])).toBe('accepted')
    expect(at('introspection', reply(200), BEARER)).toBe('failed')
    expect(at('introspection', granted(), CLIENT)).toBe('failed')
  })

  test('at a token endpoint is a token, and statuses beside 2xx are none', () => {
    expect(at('token', { ...granted(), status: 299 })).toBe('accepted')
    expect(at('token', { ...granted(), status: 300 })).toBe('failed')
    expect(at('token', { ...granted(), status: 199 })).toBe('failed')
    expect(at('token', reply(200))).toBe('failed')
  })
})

describe('a refusal', () => {
  test('that hands out a token is none, at a token endpoint', () => {
    const both = { ...code('invalid_client', 401), token: 'issued' }
    expect(at('token', both)).toBe('elsewhere')
    expect(at('introspection', both)).toBe('rejected')
  })

  test('of a proof is that of a proof', () => {
    expect(at('token', code('invalid_dpop_proof'), PROOF)).toBe('rejected')
    expect(at('resource', code('invalid_dpop_proof', 401), PROOF)).toBe('rejected')
    expect(at('token', code('invalid_client', 401), PROOF)).toBe('elsewhere')
    expect(at('token', code('invalid_dpop_proof'), CLIENT, [PROOF])).toBe('elsewhere')
  })

  test('of a client needs its code, but for a bare 401 at introspection', () => {
    expect(at('introspection', reply(401))).toBe('rejected')
    expect(at('introspection', reply(403))).toBe('elsewhere')
    expect(at('token', reply(401))).toBe('elsewhere')
    expect(at('token', code('invalid_grant'))).toBe('elsewhere')
    expect(at('token', reply(400), GRANT)).toBe('elsewhere')
  })

  test('of a token at a resource is a 401 that says so, or that can speak of nothing else', () => {
    expect(at('resource', code('invalid_token', 401), BEARER, [PROOF])).toBe('rejected')
    expect(at('resource', code('invalid_token', 403), BEARER)).toBe('elsewhere')
    expect(at('resource', reply(401), BEARER)).toBe('rejected')
    expect(at('resource', reply(401), BEARER, [PROOF])).toBe('elsewhere')
    expect(at('resource', code('insufficient_scope', 401), BEARER)).toBe('elsewhere')
    // What is no JSON is no trouble there: a resource answers as it likes.
    expect(at('resource', reply(401, HTML), BEARER)).toBe('rejected')
    expect(at('token', { ...code('invalid_client', 401), ...HTML })).toBe('failed')
  })

  test('of a token at introspection is that of a caller who did not say who it is', () => {
    expect(at('introspection', reply(401), BEARER)).toBe('rejected')
    expect(at('introspection', code('invalid_client'), BEARER)).toBe('rejected')
    expect(at('introspection', reply(403), BEARER)).toBe('elsewhere')
    expect(at('introspection', code('invalid_client', 401), BEARER, [CLIENT])).toBe('elsewhere')
  })
})

test('what only says that it is busy refuses nobody, at any endpoint', () => {
  const busy = [reply(408), reply(429), code('slow_down'), code('server_error')]
  const wait = reply(401, { headers: { 'retry-after': '1' } })
  for (const endpoint of ['token', 'introspection', 'resource']) {
    for (const answer of [...busy, wait]) expect(at(endpoint, answer, BEARER)).toBe('failed')
  }
  expect(at('token', reply(399))).toBe('failed')
  expect(at('token', code('invalid_client', 499))).toBe('rejected')
})

test('a demand for a nonce is a challenge, whatever its status', () => {
  for (const status of [400, 401]) {
    expect(at('token', code('use_dpop_nonce', status), PROOF)).toBe('challenged')
  }
})

describe('answers in words', () => {
  const ANSWERS: readonly (readonly [Answer, string])[] = [
    [LOST, 'no answer (timeout)'],
    [reply(200, { active: false }), '200, active: false'],
    [reply(200, { active: true, token: 'x' }), '200, active: true'],
    [granted(), '200 with a token'],
    [reply(200), '200'],
    [code('invalid_client', 401), '401 invalid_client'],
    [code('other', 401), '401 other'],
    [reply(401), '401'],
    [{ ...code('other', 401), token: 'x' }, '401 with a token'],
  ]

  test('say what came, and the same when it was said before', () => {
    const words = openWords()
    for (const [answer, text] of [...ANSWERS, ...ANSWERS.toReversed(), ...ANSWERS]) {
      expect(gotWords(answer)).toBe(text)
      expect(words(answer)).toBe(text)
      expect(words(answer)).toBe(text)
    }
  })
})
