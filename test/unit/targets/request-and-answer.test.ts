import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RawAnswer } from '../../../harness/model/target.ts'
import { seeded } from '../../../harness/random.ts'
import { embedded } from '../../../targets/embedded.ts'
import { read } from '../../../targets/answer.ts'
import { present } from '../../../targets/request.ts'
import { stepOf } from './system.ts'

const { facts } = embedded(seeded('1'))
const SECRET = 'AbCdEfGhIjKlMnOpQrStUvWxYz012345'

function textOf(body: Uint8Array): string {
  return new TextDecoder().decode(body)
}

function reply(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): RawAnswer {
  return {
    status,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers },
    body: new TextEncoder().encode(body),
  }
}

function answerTo(
  raw: RawAnswer,
  endpoint = 'token',
): Extract<ReturnType<typeof read>['answer'], { kind: 'reply' }> {
  const { answer } = read(raw, endpoint, (token) => `tag:${token.length}`)
  if (answer.kind !== 'reply') throw new RangeError('not a reply')
  return answer
}

describe('present', () => {
  test('sends a form to the public path, parameters first, the credential under test last', () => {
    const step = stepOf({
      params: [['grant_type', 'a b']],
      parts: { client_assertion: '', assertion: '' },
    })
    const message = present(facts)(step, {
      client_assertion: 'one',
      assertion: 'the.last.credential',
    })
    expect(message).toMatchObject({ method: 'POST', path: '/token', heldBytes: 16 })
    expect(message.headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(message.headers['accept-encoding']).toBe('identity')
    expect(textOf(message.body)).toBe(
      'grant_type=a+b&client_assertion=one&assertion=the.last.credential',
    )
  })

  test('holds no more back than the credential is long', () => {
    expect(
      present(facts)(stepOf({ parts: { assertion: '' } }), { assertion: 'short' }).heldBytes,
    ).toBe(5)
    expect(present(facts)(stepOf({ parts: {} }), {}).heldBytes).toBe(0)
  })

  test('sends a bearer token as a header of a GET, with nothing to hold back', () => {
    const message = present(facts)(stepOf({ endpoint: 'resource', parts: { authorization: '' } }), {
      authorization: 'abc',
    })
    expect(message).toMatchObject({ method: 'GET', path: '/resource', heldBytes: 0 })
    expect(message.headers['authorization']).toBe('Bearer abc')
    expect(message.body).toHaveLength(0)
  })

  test('knows no endpoint that the target has not', () => {
    expect(() => present(facts)(stepOf({ endpoint: 'toString', parts: {} }), {})).toThrow(
      RangeError,
    )
  })
})

describe('read', () => {
  test('takes the token out of a right answer and leaves a tag', () => {
    const raw = reply(200, JSON.stringify({ access_token: SECRET, token_type: 'Bearer' }))
    expect(read(raw, 'token', () => 'tag')).toEqual({
      answer: {
        kind: 'reply',
        status: 200,
        code: null,
        active: null,
        headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
        token: 'tag',
        issued: { type: 'Bearer', expiresSeconds: null, scope: null, refresh: false },
        form: [],
        bytes: 73,
        excerpt: '',
      },
      taken: { 'access-token': SECRET },
    })
  })

  test('says why there is no answer', () => {
    expect(read({ cause: 'reset' }, 'token', () => 'tag').answer).toEqual({
      kind: 'none',
      cause: 'reset',
    })
  })

  test('reads `active` at introspection and nowhere else', () => {
    const raw = reply(200, '{"active":false}')
    expect(answerTo(raw, 'introspection').active).toBe(false)
    expect(answerTo(raw, 'token').active).toBe(null)
    expect(answerTo(reply(200, '{"active":"false"}'), 'introspection').active).toBe(null)
  })

  test('reads the error of a challenge at a resource, and keeps its scheme and error only', () => {
    const challenge = `Bearer realm="${SECRET}", error="invalid_token", error_description="${SECRET}"`
    const answer = answerTo(reply(401, '', { 'WWW-Authenticate': challenge }), 'resource')
    expect(answer.code).toBe('invalid_token')
    expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
    expect(answer.form).toEqual([])
  })

  test('keeps the listed headers only, and of a nonce its length', () => {
    const kept = answerTo(
      reply(200, '{}', { 'Set-Cookie': SECRET, 'DPoP-Nonce': SECRET, Via: '1.1 proxy' }),
    ).headers
    expect(Object.keys(kept).toSorted()).toEqual([
      'cache-control',
      'content-type',
      'dpop-nonce',
      'via',
    ])
    expect(kept['dpop-nonce']).toBe('32 characters')
  })

  test('keeps what tells of a proxy or a cache, and of a server nothing else', () => {
    const kept = (headers: Readonly<Record<string, string>>) => {
      const {
        'content-type': _,
        'cache-control': __,
        ...others
      } = answerTo(reply(200, '{}', headers)).headers
      return others
    }
    expect(kept({ Server: 'istio-envoy', 'X-Envoy-Upstream-Service-Time': '3' })).toEqual({
      server: 'envoy',
      'x-envoy-upstream-service-time': '3',
    })
    expect(kept({ Server: 'envoy', Age: '12' })).toEqual({ server: 'envoy', age: '12' })
    expect(kept({ Server: 'nginx/1.29' })).toEqual({})
    expect(kept({ Server: 'not-an-envoy' })).toEqual({})
  })

  test.each<[string, RawAnswer, readonly string[]]>([
    [
      'HTML',
      reply(200, '<html>', { 'Content-Type': 'text/html' }),
      ['not-json', 'no-token', 'content-type'],
    ],
    ['a list', reply(200, '[]'), ['not-json', 'no-token']],
    ['an empty object', reply(200, '{}'), ['no-token']],
    [
      'a token that may be stored',
      reply(200, '{"access_token":"a","token_type":"Bearer"}', { 'Cache-Control': 'private' }),
      ['no-store-missing'],
    ],
    [
      'a token beside an error',
      reply(400, '{"error":"invalid_grant","access_token":"a"}'),
      ['token-beside-error'],
    ],
    [
      'an error with a quotation mark',
      reply(400, '{"error":"invalid_grant","error_description":"\\""}'),
      ['error-charset'],
    ],
    ['an error with 200', reply(200, '{"error":"invalid_grant"}'), ['no-token', 'status']],
    [
      'a grant error with 401',
      reply(401, '{"error":"invalid_grant"}'),
      ['status', 'challenge-missing'],
    ],
    [
      'a client error with 401 and no challenge',
      reply(401, '{"error":"invalid_client"}'),
      ['challenge-missing'],
    ],
    [
      'a client error with 401',
      reply(401, '{"error":"invalid_client"}', { 'WWW-Authenticate': 'Bearer' }),
      [],
    ],
    [
      'a token of no type whose life is a text',
      reply(200, '{"access_token":"a","expires_in":"60"}'),
      ['token-type-missing', 'expires-in-type'],
    ],
    ['a refusal without an error', reply(400, '{"message":"no"}'), ['error-missing']],
    ['overload', reply(503, '{"error":"temporarily_unavailable"}'), []],
  ])('names what is wrong with the form of %s', (_what, raw, form) => {
    expect(answerTo(raw).form).toEqual(form)
  })

  test('keeps registered codes whole and nothing of a secret', () => {
    expect(answerTo(reply(400, '{"error":"unsupported_grant_type"}')).code).toBe(
      'unsupported_grant_type',
    )
    const told = JSON.stringify({ error: SECRET, error_description: `bad ${SECRET}!` })
    expect(answerTo(reply(400, told))).toMatchObject({ code: '…', excerpt: 'bad …!' })
  })

  test.each([
    ['base64', 'sig aGVsbG8+d29/bGQgdGhlcmU=', 'sig …'],
    ['percent-encoded', 'sig aGVs%2BbG8%2Fd29', 'sig …'],
    ['a secret in pieces', 'sig AbCdEf12 GhIjKl34 MnOpQr56 ok', 'sig … ok'],
    ['a sentence', 'Expected audience mismatches. You are unauthenticated.', null],
  ])('shows of %s what is no secret', (_what, told, shown) => {
    const body = JSON.stringify({ error: 'x', error_description: told })
    expect(answerTo(reply(400, body)).excerpt).toBe(shown ?? told)
  })

  test('keeps the headers that it needs whole, and cuts a code of words without end', () => {
    const headers = {
      'Content-Type': 'application/json;charset=UTF-8',
      'Cache-Control': 'no-store, stale-while-revalidate=60',
    }
    const answer = answerTo(reply(400, JSON.stringify({ error: 'no '.repeat(99) }), headers))
    expect(answer.headers).toEqual({
      'content-type': headers['Content-Type'],
      'cache-control': headers['Cache-Control'],
    })
    expect(answer.code).toHaveLength(64)
  })

  test('escapes controls, bidi marks and markup in an excerpt of at most 200 characters', () => {
    const told = JSON.stringify({ error: 'x', error_description: '<b>\u202e\u0007&' })
    expect(answerTo(reply(400, told)).excerpt).toBe(String.raw`\u{3c}b\u{3e}\u{202e}\u{7}\u{26}`)
    const long = JSON.stringify({ error: 'x', error_description: '<'.repeat(1000) })
    const { excerpt } = answerTo(reply(400, long))
    expect(excerpt).toBe(String.raw`\u{3c}`.repeat(33))
  })

  test('is not led astray by deep nesting, prototype names or a member that comes twice', () => {
    expect(answerTo(reply(400, '['.repeat(200_000))).form).toContain('not-json')
    expect(answerTo(reply(400, `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).code).toBe(
      null,
    )
    expect(answerTo(reply(400, '{"__proto__":{"error":"invalid_grant"}}')).code).toBe(null)
    expect(answerTo(reply(200, '{"access_token":"a","access_token":"bc"}')).token).toBe('tag:2')
  })

  test('never throws and never keeps a run of 16 base64url characters of a description', () => {
    const endpoint = fc.constantFrom('token', 'introspection', 'resource', 'other')
    const bytes = fc.uint8Array({ maxLength: 200 })
    const headers = fc.dictionary(
      fc.constantFrom('www-authenticate', 'Content-Type', '__proto__', 'x'),
      fc.string(),
    )
    fc.assert(
      fc.property(
        endpoint,
        bytes,
        headers,
        fc.integer({ min: 100, max: 599 }),
        (where, body, head, status) => {
          expect(read({ status, headers: head, body }, where, () => 'tag').answer.kind).toBe(
            'reply',
          )
        },
      ),
    )
    const description = fc.string({
      unit: fc.constantFrom('a', 'B', '9', '-', '_', ' ', '<', '\u202e'),
      maxLength: 300,
    })
    fc.assert(
      fc.property(description, (told) => {
        const { excerpt } = answerTo(reply(400, JSON.stringify({ error_description: told })))
        expect(excerpt).not.toMatch(/[A-Za-z0-9_-]{16}|[<>\p{Cc}\p{Cf}]/u)
        expect(excerpt.length).toBeLessThanOrEqual(200)
      }),
    )
  })
})
