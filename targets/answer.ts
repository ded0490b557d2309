/** How an HTTP answer becomes facts: the same for every target that speaks OAuth over HTTP. */
import type { Answer } from '../harness/model/history.ts'
import type { Read, Target } from '../harness/model/target.ts'
import { issuedIn, metadataIn } from './answer-facts.ts'
import { formFaults, memberOf, stringIn, type Body } from './answer-form.ts'
import { plainCode, plainHeader, plainText, remembering } from './plain-text.ts'

const UTF_8 = new TextDecoder()

/** Reads an answer as facts (decisions.md, "What a history may hold"). Takes any bytes; never throws. */
export const read: Target['read'] = (raw, endpoint, tag) => {
  if ('cause' in raw) return { answer: { kind: 'none', ...raw }, taken: {} }
  const headers = lowerCased(raw.headers)
  const body = jsonObject(UTF_8.decode(raw.body))
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
    excerpt: keptExcerpt(stringIn(body, 'error_description') ?? ''),
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

function booleanIn(body: Body | null, name: string): boolean | null {
  const value = memberOf(body, name)
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

const KEPT_AS_THEY_ARE = [
  'content-type',
  'cache-control',
  'pragma',
  'retry-after',
  'date',
  // Who stood between, or answered from what was kept (RFC 9110 §7.6.3, RFC 9111 §5.1, Envoy's router).
  'via',
  'age',
  'x-envoy-upstream-service-time',
]

/** Istio's is an Envoy, too, and says so. */
const ENVOY = /^(istio-)?envoy\b/i

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
  const { server } = headers
  // Of software nothing else is kept than that it is a proxy's own name.
  if (server !== undefined && ENVOY.test(server)) kept['server'] = 'envoy'
  const nonce = headers['dpop-nonce']
  if (nonce !== undefined) kept['dpop-nonce'] = `${nonce.length} characters`
  return kept
}

const NOTHING: Read['taken'] = {}

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
