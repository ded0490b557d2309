/** How a step becomes an HTTP request, and an HTTP answer facts: the same for every target that speaks OAuth over HTTP. */
import type { Answer } from '../harness/model/history.ts'
import type { Step } from '../harness/model/plan.ts'
import type { Message, Read, Target, TargetFacts } from '../harness/model/target.ts'
import { encodedForm, encodedPair } from './form.ts'
import { plainCode, plainHeader, plainText, remembering } from './plain-text.ts'

/** How many bytes of the credential under test a race keeps back. */
const HELD_BYTES = 16

/** The name of the part that travels as a header (RFC 6750 §2.1); every other part is a form parameter. */
const HEADER_PART = 'authorization'

/** Bodies are read as they come, so none may be compressed (RFC 9110 §12.5.3). */
const ACCEPTED = { accept: 'application/json', 'accept-encoding': 'identity' }

const FORM_HEADERS = { 'content-type': 'application/x-www-form-urlencoded', ...ACCEPTED }

const UTF_8 = new TextDecoder()

/**
 * Steps as requests to the public paths of the target's endpoints.
 *
 * Parameters come first and parts in their order, so that the last part, the credential under test, ends the body and a
 * race can hold its tail back. A credential in a header cannot be held by its tail: `heldBytes` is 0 then.
 *
 * @throws {RangeError} when the step names an endpoint that the target does not have.
 */
export function present(facts: TargetFacts): Target['present'] {
  const plain = pathsOf(facts.endpoints)
  const aliased = pathsOf(facts.mtlsEndpoints ?? facts.endpoints)
  const certified = new Set(
    facts.principals.filter(({ certificate }) => certificate === true).map(({ name }) => name),
  )
  return (step, made) => {
    const path = (certified.has(step.principal) ? aliased : plain).get(step.endpoint)
    if (path === undefined)
      throw new RangeError(`${facts.name} has no endpoint named ${step.endpoint}`)
    return (step.endpoint === 'resource' ? resourceRequest : formRequest)(path, step, made)
  }
}

/** Reads an answer as facts (decisions.md, "What a history may hold"). Takes any bytes; never throws. */
export const read: Target['read'] = (raw, endpoint, tag) => {
  if ('cause' in raw) return { answer: { kind: 'none', ...raw }, taken: {} }
  const headers = lowerCased(raw.headers)
  const body = jsonObject(UTF_8.decode(raw.body))
  const challenge = challengeIn(headers['www-authenticate'])
  const token = stringIn(body, 'access_token')
  const inBody = stringIn(body, 'error')
  const code =
    endpoint === 'resource' ? (challenge?.error ?? inBody) : (inBody ?? challenge?.error ?? null)
  const answer: Answer = {
    kind: 'reply',
    status: raw.status,
    code: code === null ? null : plainCode(code),
    active: endpoint === 'introspection' ? booleanIn(body, 'active') : null,
    headers: keptHeaders(headers, challenge),
    token: token === null ? null : tag(token),
    form:
      endpoint === 'resource' ? [] : formFaults({ status: raw.status, headers, body, endpoint }),
    bytes: raw.body.byteLength,
    excerpt: keptExcerpt(stringIn(body, 'error_description') ?? ''),
  }
  return { answer, taken: takenFrom(body, headers) }
}

function pathsOf(endpoints: TargetFacts['endpoints']): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(endpoints).map(([name, address]) => {
      const { pathname, search } = new URL(address)
      return [name, pathname + search]
    }),
  )
}

function formRequest(path: string, step: Step, made: Readonly<Record<string, string>>): Message {
  let form = encodedForm(step.params)
  let last = ''
  for (const name in step.parts) {
    if (name === HEADER_PART) continue
    last = made[name] ?? ''
    form += `${form === '' ? '' : '&'}${encodedPair(name, last)}`
  }
  return {
    method: 'POST',
    path,
    headers: HEADER_PART in made ? { ...FORM_HEADERS, ...authorization(made) } : FORM_HEADERS,
    // A form is ASCII.
    body: Buffer.from(form, 'latin1'),
    heldBytes: Math.min(HELD_BYTES, last.length),
  }
}

function resourceRequest(
  path: string,
  step: Step,
  made: Readonly<Record<string, string>>,
): Message {
  const query = encodedForm(step.params)
  const mark = path.includes('?') ? '&' : '?'
  return {
    method: 'GET',
    path: query === '' ? path : path + mark + query,
    headers: { ...ACCEPTED, ...authorization(made) },
    body: new Uint8Array(),
    heldBytes: 0,
  }
}

function authorization(made: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const credential = made[HEADER_PART]
  return credential === undefined ? {} : { authorization: `Bearer ${credential}` }
}

type Body = Readonly<Record<string, unknown>>

/** The body as a JSON object, or null. All its members are own ones: to JSON, `__proto__` is a name like any other. */
function jsonObject(text: string): Body | null {
  try {
    const value: unknown = JSON.parse(text)
    return isBody(value) ? value : null
  } catch {
    return null
  }
}

function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function stringIn(body: Body | null, name: string): string | null {
  const value = body !== null && Object.hasOwn(body, name) ? body[name] : null
  return typeof value === 'string' && value !== '' ? value : null
}

function booleanIn(body: Body | null, name: string): boolean | null {
  const value = body !== null && Object.hasOwn(body, name) ? body[name] : null
  return typeof value === 'boolean' ? value : null
}

/** Wires give names in lower case; an answer of somebody else's making may not. */
function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if ('content-type' in headers) return headers
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
}

interface Challenge {
  readonly scheme: string
  readonly error: string | null
}

/** The first scheme of a challenge and the first `error` in it (RFC 9110 §11.6.1, RFC 6750 §3). */
function challengeIn(header: string | undefined): Challenge | null {
  const scheme = /^[\s,]*([A-Za-z0-9._~+-]{1,40})/.exec(header ?? '')?.[1]
  if (header === undefined || scheme === undefined) return null
  const error = /[\s,]error\s{0,8}=\s{0,8}(?:"([^"]{0,200})"|([A-Za-z0-9._~-]{1,200}))/i.exec(
    header,
  )
  return { scheme, error: error?.[1] ?? error?.[2] ?? null }
}

/** A server says most things again and again. */
const keptHeader = remembering(plainHeader)
const keptExcerpt = remembering(plainText)

const KEPT_AS_THEY_ARE = ['content-type', 'cache-control', 'pragma', 'retry-after', 'via', 'date']

function keptHeaders(
  headers: Readonly<Record<string, string>>,
  challenge: Challenge | null,
): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {}
  for (const name of KEPT_AS_THEY_ARE) {
    const value = headers[name]
    if (value !== undefined) kept[name] = keptHeader(value)
  }
  if (challenge !== null) {
    const error = challenge.error === null ? '' : ` error="${plainCode(challenge.error)}"`
    kept['www-authenticate'] = plainHeader(challenge.scheme) + error
  }
  const nonce = headers['dpop-nonce']
  if (nonce !== undefined) kept['dpop-nonce'] = `${nonce.length} characters`
  return kept
}

interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Body | null
  readonly endpoint: string
}

/** What is wrong with the form of an answer (RFC 6749 §5.1 and §5.2, RFC 7662 §2.2), whatever it means. */
function formFaults(reply: Reply): readonly string[] {
  const { body, headers } = reply
  const error = stringIn(body, 'error')
  const faults: string[] = body === null ? ['not-json'] : []
  if (reply.endpoint === 'token') faults.push(...tokenFaults(reply))
  if (!JSON_TYPE.test(headers['content-type'] ?? '')) faults.push('content-type')
  if (outsideErrorCharset(error) || outsideErrorCharset(stringIn(body, 'error_description')))
    faults.push('error-charset')
  if (stringIn(body, 'access_token') !== null && (error !== null || !isSuccess(reply)))
    faults.push('token-beside-error')
  if (error !== null && !mayCarry(reply.status, error)) faults.push('status')
  return faults
}

/** What a token that is handed out must have (RFC 6749 §5.1). */
function tokenFaults(reply: Reply): readonly string[] {
  if (!isSuccess(reply)) return NONE
  const hasToken = stringIn(reply.body, 'access_token') !== null
  const isStored = !NO_STORE.test(reply.headers['cache-control'] ?? '')
  if (hasToken && !isStored) return NONE
  return [...(hasToken ? [] : ['no-token']), ...(isStored ? ['no-store-missing'] : [])]
}

function isSuccess({ status }: Reply): boolean {
  return status >= 200 && status < 300
}

const NONE: readonly string[] = []

const NO_STORE = /(^|[\s,])no-store($|[\s,])/i
const JSON_TYPE = /^\s*application\/json\s*($|;)/i

/** RFC 6749 §5.2 allows %x20-21, %x23-5B and %x5D-7E in `error` and `error_description`. */
function outsideErrorCharset(text: string | null): boolean {
  return text !== null && !/^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/.test(text)
}

/** Errors are answered with 400, for the client's own failure also with 401 (RFC 6749 §5.2); 429 and 5xx speak of load. */
function mayCarry(status: number, error: string): boolean {
  if (status === 429 || status >= 500) return true
  return status === 400 || (status === 401 && error === 'invalid_client')
}

function takenFrom(body: Body | null, headers: Readonly<Record<string, string>>): Read['taken'] {
  const access = stringIn(body, 'access_token')
  const refresh = stringIn(body, 'refresh_token')
  const nonce = headers['dpop-nonce']
  if (access === null && refresh === null && nonce === undefined) return NOTHING
  return {
    ...(access === null ? {} : { 'access-token': access }),
    ...(refresh === null ? {} : { 'refresh-token': refresh }),
    ...(nonce === undefined ? {} : { nonce }),
  }
}

const NOTHING: Read['taken'] = {}
