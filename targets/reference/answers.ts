/** The answers of the reference, in the form that RFC 6749 §5, RFC 7662 §2 and RFC 6750 §3 give them. */
import type { Json } from '../../harness/model/plan.ts'
import type { RefusalCode } from './decide.ts'

export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Json
}

type RequestError = 'invalid_request' | 'unsupported_grant_type'

export function success(body: Json): HttpAnswer {
  return answer(200, body)
}

export function badRequest(code: RequestError, description: string): HttpAnswer {
  return answer(400, { error: code, error_description: description })
}

/** RFC 6749 §5.2. With 400 no challenge is owed, and no registered scheme would fit an assertion. */
export function refusedAtToken(code: RefusalCode, description: string): HttpAnswer {
  return answer(400, { error: code, error_description: description })
}

/** RFC 6749 §5.2: a client that tried the Authorization header is told so by 401, with a challenge of the scheme it tried. */
export function refusedByHeader(): HttpAnswer {
  return answer(
    401,
    { error: 'invalid_client', error_description: 'clients authenticate by private_key_jwt here' },
    { 'www-authenticate': 'Basic realm="token"' },
  )
}

/** RFC 6749 §5.2 allows 401 as well, and RFC 9110 §15.5.2 asks for a challenge with it. */
export function refusedAtTokenWith401(code: RefusalCode, description: string): HttpAnswer {
  return answer(
    401,
    { error: code, error_description: description },
    { 'www-authenticate': 'Bearer realm="token"' },
  )
}

/** RFC 6585 §4: no document has an error for it, and nobody may keep the answer. */
export function tooManyRequests(): HttpAnswer {
  return answer(
    429,
    { error: 'too_many_requests', error_description: 'ask again in a second' },
    { 'retry-after': '1' },
  )
}

/** RFC 7662 §2.3 asks for 401, and RFC 9110 §15.5.2 for a challenge with it. */
export function refusedAtIntrospection(code: RefusalCode, description: string): HttpAnswer {
  return answer(
    401,
    { error: code, error_description: description },
    { 'www-authenticate': 'Bearer realm="introspection"' },
  )
}

/** RFC 6750 §3: a request without a credential gets a challenge without an error. */
export function refusedAtResource(
  refusal: { code: RefusalCode; description: string } | null,
): HttpAnswer {
  const error =
    refusal === null ? '' : `, error="${refusal.code}", error_description="${refusal.description}"`
  return answer(401, {}, { 'www-authenticate': `Bearer realm="resource"${error}` })
}

/** The replay memory could not be asked: nothing is let through, and nobody is told that their assertion was wrong. */
export function unavailable(): HttpAnswer {
  return answer(503, {
    error: 'temporarily_unavailable',
    error_description: 'the replay store does not answer',
  })
}

export function notFound(): HttpAnswer {
  return answer(404, { error: 'invalid_request', error_description: 'there is no such endpoint' })
}

export function wrongMethod(allowed: string): HttpAnswer {
  return answer(
    405,
    { error: 'invalid_request', error_description: `only ${allowed} is answered here` },
    { allow: allowed },
  )
}

export function tooLarge(): HttpAnswer {
  return answer(
    413,
    { error: 'invalid_request', error_description: 'the request is too large' },
    { connection: 'close' },
  )
}

export function serverError(): HttpAnswer {
  return answer(500, { error: 'server_error', error_description: 'something went wrong' })
}

function answer(
  status: number,
  body: Json,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      pragma: 'no-cache',
      ...headers,
    },
    body,
  }
}
