/** How a step becomes an HTTP request, and an HTTP answer facts: the same for every target that speaks OAuth over HTTP. */
import type { Answer } from '../harness/model/history.ts'
import type { Http, Step } from '../harness/model/plan.ts'
import type { Message, Read, Target, TargetFacts } from '../harness/model/target.ts'
import { formFaults, memberOf, stringIn, type Body } from './answer-form.ts'
import { issuedIn, metadataIn } from './answer-facts.ts'
import { plainCode, plainHeader, plainText } from './plain-text.ts'

/** How many bytes of the credential under test a race keeps back. */
const HELD_BYTES = 16

/** Parts that travel as headers (RFC 6750 §2.1, RFC 9449 §4); every other part is a form parameter. */
const BEARER = 'authorization'
const DPOP = 'dpop'

/** Bodies are read as they come, so none may be compressed (RFC 9110 §12.5.3). */
const ACCEPTED = { accept: 'application/json', 'accept-encoding': 'identity' }

/**
 * Steps as requests to the public paths of the target's endpoints.
 *
 * Parameters come first and parts in their order, so that the last part, the credential under test, ends the body and a
 * race can hold its tail back. A credential in a header cannot be held by its tail: `heldBytes` is 0 then.
 *
 * @throws {RangeError} when the step names an endpoint that the target does not have.
 */
export function present(facts: TargetFacts): Target['present'] {
  return (step, made) => {
    const path = pathOf(facts, step)
    switch (step.endpoint) {
      case 'resource':
        return resourceRequest(path, step, made)
      case 'metadata':
        return { method: 'GET', path, headers: ACCEPTED, body: new Uint8Array(), heldBytes: 0 }
      default:
        return formRequest(path, step, made)
    }
  }
}

/** Reads an answer as facts (decisions.md, "What a history may hold"). Takes any bytes; never throws. */
export const read: Target['read'] = (raw, endpoint, tag) => {
  if ('cause' in raw) return { answer: { kind: 'none', cause: raw.cause }, taken: {} }
  const headers = lowerCased(raw.headers)
  const text = new TextDecoder().decode(raw.body)
  const body = jsonObject(text)
  const challenge = challengeIn(headers['www-authenticate'])
  const token = stringIn(body, 'access_token')
  const code = errorIn(endpoint, stringIn(body, 'error'), challenge?.error ?? null)
  const answer: Answer = {
    kind: 'reply',
    status: raw.status,
    code: code === null ? null : plainCode(code),
    active: endpoint === 'introspection' ? booleanIn(body, 'active') : null,
    headers: keptHeaders(headers, challenge),
    token: token === null ? null : tag(token),
    ...(token === null ? {} : { issued: issuedIn(body) }),
    ...(endpoint === 'metadata' && body !== null ? { metadata: metadataIn(body) } : {}),
    form: formFaults({ status: raw.status, headers, body, endpoint }),
    bytes: raw.body.byteLength,
    excerpt: plainText(stringIn(body, 'error_description') ?? ''),
  }
  return { answer, taken: takenFrom(body, headers) }
}

/** A resource speaks in its challenge, every other endpoint in its body. */
function errorIn(
  endpoint: string,
  inBody: string | null,
  inChallenge: string | null,
): string | null {
  return endpoint === 'resource' ? (inChallenge ?? inBody) : (inBody ?? inChallenge)
}

function pathOf(facts: TargetFacts, step: Step): string {
  const endpoints: Readonly<Record<string, string>> = facts.endpoints
  const address = Object.hasOwn(endpoints, step.endpoint) ? endpoints[step.endpoint] : undefined
  if (address === undefined)
    throw new RangeError(`${facts.name} has no endpoint named ${step.endpoint}`)
  const url = new URL(address)
  return url.pathname + url.search
}

type Texts = Readonly<Record<string, string>>

function formRequest(path: string, step: Step, made: Texts): Message {
  const { http = {} } = step
  const inForm = Object.keys(made).filter((name) => name !== BEARER && name !== DPOP)
  const form = parametersOf(step)
  const query = new URLSearchParams()
  for (const name of inForm) {
    for (const text of valuesOf(http, name, made[name] ?? '')) form.append(name, text)
    if (http.parts?.[name] === 'in-query') query.append(name, made[name] ?? '')
  }
  const last = made[inForm.at(-1) ?? ''] ?? ''
  const { method, headers, body } = carry(http, form)
  return {
    method,
    path: withQuery(path, method === 'GET' ? form : query),
    headers: { ...headers, ...ACCEPTED, ...headersOf(step, made) },
    body: new TextEncoder().encode(body),
    heldBytes:
      http.carrier === undefined && http.escaped !== true && method === 'POST'
        ? Math.min(HELD_BYTES, last.length)
        : 0,
  }
}

/** What stands in the form for one part: once as it is, unless the step says otherwise. */
function valuesOf({ parts }: Http, name: string, text: string): readonly string[] {
  switch (parts?.[name]) {
    case undefined:
      return [text]
    case 'twice':
      return [text, text]
    case 'empty':
      return ['']
    case 'omitted':
    case 'in-query':
      return []
  }
}

function carry(
  { carrier, escaped }: Http,
  form: URLSearchParams,
): Pick<Message, 'method' | 'headers'> & { readonly body: string } {
  switch (carrier ?? 'form') {
    case 'form':
      return {
        method: 'POST',
        headers: { 'content-type': FORM },
        body: escaped === true ? inOctets(form) : form.toString(),
      }
    case 'form-with-charset':
      return {
        method: 'POST',
        headers: { 'content-type': `${FORM};charset=UTF-8` },
        body: form.toString(),
      }
    case 'json':
      return {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(Object.fromEntries(form)),
      }
    case 'query':
      return { method: 'GET', headers: {}, body: '' }
  }
}

/** As form encoding may write any octet of a value (RFC 6749 appendix B). */
function inOctets(form: URLSearchParams): string {
  return [...form]
    .map(([name, value]) => {
      const digits = Buffer.from(value).toString('hex').toUpperCase()
      return `${encodeURIComponent(name)}=${digits.replace(/../g, '%$&')}`
    })
    .join('&')
}

const FORM = 'application/x-www-form-urlencoded'

function resourceRequest(path: string, step: Step, made: Texts): Message {
  const query = parametersOf(step)
  const inQuery = step.http?.parts?.[BEARER] === 'in-query'
  // RFC 6750 §2.3.
  if (inQuery) query.append('access_token', made[BEARER] ?? '')
  return {
    method: 'GET',
    path: withQuery(path, query),
    headers: { ...ACCEPTED, ...headersOf(step, inQuery ? { ...made, [BEARER]: '' } : made) },
    body: new Uint8Array(),
    heldBytes: 0,
  }
}

function withQuery(path: string, query: URLSearchParams): string {
  const text = query.toString()
  return text === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${text}`
}

function parametersOf(step: Step): URLSearchParams {
  const parameters = new URLSearchParams()
  for (const [name, value] of step.params) parameters.append(name, value)
  return parameters
}

/** A proof binds a token by another scheme (RFC 9449 §7.1). */
function headersOf({ http, endpoint }: Step, made: Texts): Readonly<Record<string, string>> {
  const { [BEARER]: token = '', [DPOP]: proof = '' } = made
  const scheme = proof !== '' && endpoint === 'resource' ? 'DPoP' : 'Bearer'
  const authorization = http?.authorization ?? (token === '' ? '' : `${scheme} ${token}`)
  return {
    ...(authorization === '' ? {} : { authorization }),
    ...(proof === '' ? {} : { dpop: proof }),
  }
}

/** The body as a JSON object, or null. Members are own ones, so a name such as `__proto__` means nothing here. */
function jsonObject(text: string): Body | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value }
      : null
  } catch {
    return null
  }
}

function booleanIn(body: Body | null, name: string): boolean | null {
  const value = memberOf(body, name)
  return typeof value === 'boolean' ? value : null
}

function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
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

const KEPT_AS_THEY_ARE = ['content-type', 'cache-control', 'pragma', 'retry-after', 'via', 'date']

function keptHeaders(
  headers: Readonly<Record<string, string>>,
  challenge: Challenge | null,
): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {}
  for (const name of KEPT_AS_THEY_ARE) {
    const value = headers[name]
    if (value !== undefined) kept[name] = plainHeader(value)
  }
  if (challenge !== null) {
    const error = challenge.error === null ? '' : ` error="${plainCode(challenge.error)}"`
    kept['www-authenticate'] = plainHeader(challenge.scheme) + error
  }
  const nonce = headers['dpop-nonce']
  if (nonce !== undefined) kept['dpop-nonce'] = `${nonce.length} characters`
  return kept
}

function takenFrom(body: Body | null, headers: Readonly<Record<string, string>>): Read['taken'] {
  const access = stringIn(body, 'access_token')
  const refresh = stringIn(body, 'refresh_token')
  const nonce = headers['dpop-nonce']
  return {
    ...(access === null ? {} : { 'access-token': access }),
    ...(refresh === null ? {} : { 'refresh-token': refresh }),
    ...(nonce === undefined ? {} : { nonce }),
  }
}
