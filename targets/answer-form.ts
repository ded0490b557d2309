/** What is wrong with the form of an answer, whatever it means: RFC 6749 section 5, RFC 7662 section 2.2, RFC 9110. */

export type Body = Readonly<Record<string, unknown>>

export interface Reply {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Null when it is no JSON object. */
  readonly body: Body | null
  readonly endpoint: string
}

type Faults = readonly (readonly [name: string, found: boolean])[]

/** Faults by stable names, in a fixed order. */
export function formFaults(reply: Reply): readonly string[] {
  const faults: Faults = reply.endpoint === 'resource' ? challenge(reply) : ofOAuth(reply)
  return faults.filter(([, found]) => found).map(([name]) => name)
}

function ofOAuth(reply: Reply): Faults {
  const { status, headers, body, endpoint } = reply
  const error = stringIn(body, 'error')
  const hasToken = stringIn(body, 'access_token') !== null
  // RFC 7009 §2.2: a revocation is answered by its status alone.
  const isBare = endpoint === 'revocation' && isSuccess(reply)
  return [
    ['not-json', body === null && !isBare],
    ...(endpoint === 'token' && isSuccess(reply) ? ofToken(reply) : []),
    ...(endpoint === 'introspection' ? ofIntrospection(body) : []),
    [
      'content-type',
      !isBare && !/^\s*application\/json\s*($|;)/i.test(headers['content-type'] ?? ''),
    ],
    ['token-beside-error', hasToken && (error !== null || !isSuccess(reply))],
    ['error-missing', body !== null && isRefusal(reply) && error === null],
    ['error-charset', [error, stringIn(body, 'error_description')].some(outsideErrorCharset)],
    ['status', error !== null && !mayCarry(status, error)],
    ...challenge(reply),
  ]
}

/** RFC 6749 §5.1. */
function ofToken({ headers, body }: Reply): Faults {
  const hasToken = stringIn(body, 'access_token') !== null
  const expires = memberOf(body, 'expires_in')
  const noStore = /(^|[\s,])no-store($|[\s,])/i.test(headers['cache-control'] ?? '')
  return [
    ['no-token', !hasToken],
    ['token-type-missing', hasToken && stringIn(body, 'token_type') === null],
    ['expires-in-type', expires !== undefined && typeof expires !== 'number'],
    ['no-store-missing', !noStore],
  ]
}

/** RFC 7662 §2.2: of what is not active nothing else is told. */
function ofIntrospection(body: Body | null): Faults {
  const further = Object.keys(body ?? {}).some((name) => name !== 'active')
  return [['inactive-told', memberOf(body, 'active') === false && further]]
}

/** RFC 9110 §15.5.2 asks for a challenge with every 401. */
function challenge({ status, headers }: Reply): Faults {
  return [['challenge-missing', status === 401 && headers['www-authenticate'] === undefined]]
}

function isSuccess({ status }: Reply): boolean {
  return status >= 200 && status < 300
}

/** What RFC 6749 §5.2 has an error for: 429 and others speak of load, 404 and 405 of another endpoint. */
function isRefusal({ status }: Reply): boolean {
  return status === 400 || status === 401
}

/** RFC 6749 §5.2 allows %x20-21, %x23-5B and %x5D-7E in `error` and `error_description`. */
function outsideErrorCharset(text: string | null): boolean {
  return text !== null && !/^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/.test(text)
}

/** Errors are answered with 400, for the client's own failure also with 401 (RFC 6749 §5.2); 429 and 5xx speak of load. */
function mayCarry(status: number, error: string): boolean {
  if (status === 429 || status >= 500 || status === 404 || status === 405) return true
  return status === 400 || (status === 401 && error === 'invalid_client')
}

/** Members are own ones, so that a name such as `__proto__` means nothing. */
export function memberOf(body: Body | null, name: string): unknown {
  return body !== null && Object.hasOwn(body, name) ? body[name] : undefined
}

export function stringIn(body: Body | null, name: string): string | null {
  const value = memberOf(body, name)
  return typeof value === 'string' && value !== '' ? value : null
}
