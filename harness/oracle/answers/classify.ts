/** What an answer means for one credential of its request. An answer that proves neither side is never read as one. */
import type { Answer, Observation, Presentation } from '../../model/history.ts'
import type { Usage } from '../../model/plan.ts'
import type { Policy } from '../../model/policy.ts'
import type { Outcome } from '../../model/verdict.ts'

type Reply = Extract<Answer, { kind: 'reply' }>

/** Errors that speak of the server's state or of the pace, never of a credential (RFC 6749 §4.1.2.1, RFC 8628 §3.5). */
const BUSY_CODES: ReadonlySet<string> = new Set([
  'temporarily_unavailable',
  'server_error',
  'slow_down',
])
/** Request Timeout and Too Many Requests (RFC 9110 §15.5.9, RFC 6585 §4). */
const BUSY_STATUSES: ReadonlySet<number> = new Set([408, 429])
/** Unexpected conditions and broken gateways. 503 and 504 speak of load and of others (RFC 9110 §15.6). */
const OWN_TROUBLE: ReadonlySet<number> = new Set([500, 502])
/** A demand to ask again with something of the server's own (RFC 9449 §8). */
const CHALLENGES: ReadonlySet<string> = new Set(['use_dpop_nonce'])

/**
 * The outcome of one presentation, from the answer to its request (oracle.md, section 3).
 *
 * A request may carry two credentials. An error code then speaks of the one it is defined for, and the other was judged
 * `elsewhere`: whether it was looked at is not known.
 */
export function classify(
  { endpoint, answer, presented }: Observation,
  { usage }: Presentation,
  policy: Policy,
): Outcome {
  if (answer.kind === 'none') return answer.cause === 'unsent' ? 'unsent' : 'unanswered'
  if (answer.code !== null && CHALLENGES.has(answer.code)) return 'challenged'
  const place = { usage, others: presented.length > 1, policy, endpoint }
  if (isSuccess(answer)) return successAt(endpoint, answer, usage)
  if (isFailure(answer, endpoint)) return 'failed'
  // A refusal that hands out a token is none, whatever else it is (RFC 6749 §5.2).
  if (endpoint === 'token' && answer.token !== null) return 'elsewhere'
  return speaksOf(answer, { ...place, authenticated: authenticates(presented) })
    ? 'rejected'
    : 'elsewhere'
}

function isSuccess({ status }: Reply): boolean {
  return status >= 200 && status < 300
}

/** What is no refusal: the server's own trouble, throttling, and answers that no client could read (RFC 6749 §5.2). */
export function isFailure({ status, code, headers, form }: Reply, endpoint: string): boolean {
  if (status < 400 || status >= 500 || BUSY_STATUSES.has(status)) return true
  if (code !== null && BUSY_CODES.has(code)) return true
  if (Object.hasOwn(headers, 'retry-after')) return true
  return endpoint !== 'resource' && form.includes('not-json')
}

export function isOwnTrouble(answer: Answer): boolean {
  return answer.kind === 'reply' && OWN_TROUBLE.has(answer.status)
}

/** Success is what the usage promises: a token (RFC 6749 §5.1), a word about one (RFC 7662 §2.2), or the resource. */
function successAt(endpoint: string, answer: Reply, usage: Usage): Outcome {
  switch (endpoint) {
    case 'resource':
      return 'accepted'
    case 'revocation':
      return isPage(answer) ? 'failed' : 'accepted'
    case 'metadata':
    case 'par':
      return answer.form.includes('not-json') ? 'failed' : 'accepted'
    case 'introspection':
      if (answer.active === null) return 'failed'
      return usage === 'bearer-token' && !answer.active ? 'rejected' : 'accepted'
    default:
      return answer.token === null ? 'failed' : 'accepted'
  }
}

interface Place {
  readonly usage: Usage
  /** Whether the request carried more credentials than this one. */
  readonly others: boolean
  /** Whether a client authenticated itself in the request, rightly or not. */
  readonly authenticated: boolean
  readonly policy: Policy
  readonly endpoint: string
}

/** What is told people: whoever shows the same to whatever comes has revoked nothing. Of an answer without a body no type matters. */
function isPage({ headers, bytes }: Reply): boolean {
  return bytes > 0 && /^\s*text\/html/i.test(headers['content-type'] ?? '')
}

/** Whether a 4xx speaks of this credential. */
function speaksOf(answer: Reply, place: Place): boolean {
  switch (place.usage) {
    case 'client-authentication':
      return speaksOfClient(answer, place)
    case 'authorization-grant':
      return speaksByCode(answer, place.policy['err.grant.codes'], 'invalid_grant', place)
    case 'bearer-token':
      return speaksOfToken(answer, place)
    case 'dpop-proof':
      return answer.code === 'invalid_dpop_proof'
  }
}

/** RFC 7523 §3.2. At the introspection endpoint a bare 401 says the same (RFC 7662 §2.3). */
function speaksOfClient(answer: Reply, place: Place): boolean {
  if (answer.code === null) return place.endpoint === 'introspection' && answer.status === 401
  return speaksByCode(answer, place.policy['err.ca.codes'], 'invalid_client', place)
}

/** A tolerated code that names no credential, such as `invalid_request`, tells nothing where there are two. */
function speaksByCode(
  { code }: Reply,
  tolerated: readonly string[],
  own: string,
  { others, policy }: Place,
): boolean {
  if (code === null) return false
  const refuses = tolerated.includes(code) || policy['err.own.codes']?.includes(code) === true
  return refuses && (code === own || !others)
}

/**
 * At a resource `invalid_token`, or a 401 that gives no code (RFC 6750 §3.1, RFC 9110 §15.5.2). A caller who asked about a
 * token without authenticating is refused with the token: there is no other credential that the refusal could speak of.
 */
function speaksOfToken(
  { status, code }: Reply,
  { endpoint, others, authenticated }: Place,
): boolean {
  if (endpoint === 'introspection') {
    return !authenticated && (status === 401 || code === 'invalid_client')
  }
  if (status !== 401) return false
  return code === 'invalid_token' || (code === null && !others)
}

function authenticates(presented: readonly Presentation[]): boolean {
  return presented.some(({ usage }) => usage === 'client-authentication')
}
