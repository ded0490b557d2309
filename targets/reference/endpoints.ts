/**
 * The endpoints of a reference node, from requests to replies. They ask the replay store and nobody else: the credentials of
 * a request are read before, and the token it is granted is made afterwards, by who knows how.
 */
import type { Json } from '../../harness/model/plan.ts'
import type { Admit } from './admission.ts'
import {
  badRequest,
  refusedAtIntrospection,
  refusedAtResource,
  success,
  unavailable,
  type HttpAnswer,
} from './answers.ts'
import type { Asking } from './asking.ts'
import type { Behaviour, Quirks } from './behaviour.ts'
import {
  bearerCredential,
  clientCredential,
  credentialsIn,
  grantCredential,
  namesClient,
} from './credentials.ts'
import {
  LEEWAY_SECONDS,
  replayKey,
  type Endpoint,
  type Outcome,
  type RefusalCode,
} from './decide.ts'
import type { Form } from './form.ts'
import type { Credential, Read, Reading } from './reading.ts'
import type { Routed } from './routes.ts'

export type Reply =
  | { readonly kind: 'answer'; readonly answer: HttpAnswer }
  /** An access token is to be made. */
  | { readonly kind: 'token'; readonly subject: string; readonly clientId: string | null }

/** The grant_type of RFC 7523 §2.1. */
const JWT_BEARER_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

export interface EndpointOptions {
  /** Whose access tokens can be revoked here. */
  readonly issuer: string
  /** The `aud` of the access tokens that are honoured. */
  readonly resource: string
  /** What the node may publish of itself. */
  readonly metadata: Json
  readonly admit: Admit
  readonly behaviour: Pick<Behaviour, 'refusal' | 'quirks' | 'publish' | 'revocations'>
}

/** Every credential that a request may be judged by. */
export function credentialsOf(
  request: Routed,
  { behaviour }: Pick<EndpointOptions, 'behaviour'>,
): readonly Credential[] {
  switch (request.kind) {
    case 'wrong':
    case 'metadata':
      return []
    case 'resource':
      return request.token === undefined ? [] : [bearerCredential(request.token)]
    case 'token':
    case 'introspection':
    case 'revocation':
      return credentialsIn(request.form, behaviour.quirks)
  }
}

/** @param reading Of the credentials of this request. */
export function* replyTo(
  request: Routed,
  options: EndpointOptions,
  reading: Reading,
): Asking<Reply> {
  const node = { ...options, reading, endpoint: endpointOf(request) }
  switch (request.kind) {
    case 'wrong':
      return told(request.answer)
    case 'metadata':
      return told(success(node.behaviour.publish(node.metadata)))
    case 'resource':
      return yield* atResource(node, request.token)
    case 'token':
      return yield* atToken(node, request.form)
    case 'introspection':
      return yield* atIntrospection(node, request.form)
    case 'revocation':
      return yield* atRevocation(node, request.form)
  }
}

/** What asks for no credentials needs no memory. */
function endpointOf({ kind }: Routed): Endpoint {
  return kind === 'wrong' || kind === 'metadata' ? 'token' : kind
}

interface Node extends EndpointOptions {
  readonly reading: Reading
  readonly endpoint: Endpoint
}

/** What became of one credential, and what it says. */
interface Judged {
  readonly outcome: Outcome
  readonly subject: string
  readonly read: Read
}

function* judge(node: Node, credential: Credential, clientId?: string): Asking<Judged> {
  const read = node.reading(credential)
  const outcome = yield* node.admit(read.assertion, read.party, {
    endpoint: node.endpoint,
    clientId,
  })
  return { outcome, subject: read.assertion.subject ?? '', read }
}

function* atToken(node: Node, form: Form): Asking<Reply> {
  const any = node.behaviour.quirks.has('any-grant-type')
  const wanted = form.get('grant_type')
  if (wanted === JWT_BEARER_GRANT || (any && form.has('assertion')))
    return yield* byGrant(node, form)
  if (wanted === 'client_credentials' || any) return yield* byClient(node, form)
  return told(
    wanted === undefined
      ? badRequest('invalid_request', 'grant_type is required')
      : badRequest('unsupported_grant_type', 'no such grant here'),
  )
}

function* byClient(node: Node, form: Form): Asking<Reply> {
  const { quirks, refusal } = node.behaviour
  if (quirks.has('unproved-clients') && !form.has('client_assertion')) return UNPROVED
  const client = yield* authenticate(node, form)
  if (client.outcome.kind !== 'accept') return refused(client.outcome, refusal)
  return { kind: 'token', subject: client.subject, clientId: client.subject }
}

function* byGrant(node: Node, form: Form): Asking<Reply> {
  const { quirks, refusal } = node.behaviour
  const assertion = form.get('assertion')
  if (assertion === undefined && quirks.has('unproved-clients')) return UNPROVED
  if (assertion === undefined) return told(badRequest('invalid_request', 'assertion is required'))
  const client = isLookedAt(form, quirks) ? yield* authenticate(node, form) : null
  if (client !== null && client.outcome.kind !== 'accept') return refused(client.outcome, refusal)
  const grant = yield* judge(node, grantCredential(assertion))
  if (grant.outcome.kind !== 'accept') return refused(grant.outcome, refusal)
  const wrong = wrongIdentity(grant.read, client?.subject ?? null, quirks)
  if (wrong !== null) return told(refusal('invalid_grant', wrong))
  return { kind: 'token', subject: grant.subject, clientId: client?.subject ?? null }
}

/**
 * No client needs to authenticate beside a grant, but one that tries to is checked (RFC 7523 §3.1), and before the grant is
 * used; beside an identity assertion each must.
 */
function isLookedAt(form: Form, quirks: Quirks): boolean {
  if (quirks.has('identity-assertions')) return true
  return namesClient(form) && !quirks.has('bad-client-beside-grant')
}

/** ID-JAG §3.1, §4.4.1: what an identity assertion is beyond a grant of RFC 7523; null where nothing is wrong with it. */
function wrongIdentity({ type, claims, assertion }: Read, client: string | null, quirks: Quirks) {
  if (!quirks.has('identity-assertions')) return null
  if (type !== 'oauth-id-jag+jwt' && !quirks.has('identity-type-ignored')) {
    return 'it is no identity assertion'
  }
  if (claims['client_id'] !== client && !quirks.has('identity-client-ignored')) {
    return 'it was issued for another client'
  }
  return assertion.jti === null || assertion.iatSeconds === null ? 'jti or iat is missing' : null
}

const UNPROVED: Reply = { kind: 'token', subject: 'anybody', clientId: null }

function* atIntrospection(node: Node, form: Form): Asking<Reply> {
  const { quirks } = node.behaviour
  const client = yield* authenticate(node, form)
  if (client.outcome.kind !== 'accept' && !quirks.has('open-introspection')) {
    return refused(client.outcome, refusedAtIntrospection)
  }
  const token = form.get('token')
  if (token === undefined) return told(badRequest('invalid_request', 'token is required'))
  const { read, outcome } = yield* judge(node, bearerCredential(token))
  // A token that is not active is no error, and nothing else is said of it (RFC 7662 §2.2).
  const isGood = outcome.kind === 'accept' && read.type === 'at+jwt'
  const revoked = isGood ? yield* isRevoked(node, read) : false
  if (revoked === 'unavailable') return told(unavailable())
  if (revoked) return told(success({ active: false }))
  if (!isGood && !quirks.has('inactive-tokens')) return told(success({ active: false }))
  const { issuer, subject, expSeconds, iatSeconds, jti } = read.assertion
  const clientId = read.claims['client_id']
  return told(
    success({
      active: true,
      token_type: 'Bearer',
      iss: issuer,
      sub: subject,
      aud: node.resource,
      client_id: typeof clientId === 'string' ? clientId : null,
      exp: expSeconds,
      iat: iatSeconds,
      jti,
    }),
  )
}

function* atResource(node: Node, token: string | undefined): Asking<Reply> {
  if (token === undefined) return told(refusedAtResource(null))
  const { read, outcome, subject } = yield* judge(node, bearerCredential(token))
  if (read.type !== 'at+jwt' && !node.behaviour.quirks.has('any-token-type')) {
    return told(
      refusedAtResource({
        code: 'invalid_token',
        description: 'the token is not of the type at+jwt',
      }),
    )
  }
  if (outcome.kind !== 'accept')
    return refused(outcome, (code, description) => refusedAtResource({ code, description }))
  const revoked = yield* isRevoked(node, read)
  if (revoked === 'unavailable') return told(unavailable())
  return told(
    revoked
      ? refusedAtResource({ code: 'invalid_token', description: 'the token was revoked' })
      : success({ sub: subject }),
  )
}

/** RFC 7009 §2: what is no good token of this server needs no revocation, and that is no error (§2.2). */
function* atRevocation(node: Node, form: Form): Asking<Reply> {
  const { quirks, refusal, revocations } = node.behaviour
  const client = yield* authenticate(node, form)
  if (client.outcome.kind !== 'accept') return refused(client.outcome, refusal)
  const token = form.get('token')
  if (token === undefined) return told(badRequest('invalid_request', 'token is required'))
  const { read, outcome } = yield* judge(node, bearerCredential(token))
  if (outcome.kind === 'unavailable') return told(unavailable())
  if (outcome.kind !== 'accept' || !isOwn(node, read)) {
    const isError = quirks.has('unknown-token-refused')
    return told(isError ? badRequest('invalid_request', 'no such token') : success({}))
  }
  if (quirks.has('revokes-nothing')) return told(success({}))
  if (read.claims['client_id'] !== client.subject && !quirks.has('revokes-for-anybody'))
    return told(badRequest('invalid_request', 'the token was issued to another client'))
  const { expSeconds } = read.assertion
  const keepUntilMs = ((expSeconds ?? 0) + LEEWAY_SECONDS) * 1000
  const saved = yield* revocations.revoke(replayKey(read.assertion), keepUntilMs)
  return told(saved === 'saved' ? success({}) : unavailable())
}

/** Nobody can revoke here what another issued. */
function isOwn({ issuer }: Node, { assertion }: Read): boolean {
  return assertion.issuer === issuer
}

/** Bearer tokens are used many times, so that no other key of the memory is like theirs. */
function* isRevoked(node: Node, read: Read): Asking<boolean | 'unavailable'> {
  if (!isOwn(node, read)) return false
  const found = yield* node.behaviour.revocations.find(replayKey(read.assertion))
  return found === 'unavailable' ? found : found === 'present'
}

function authenticate(node: Node, form: Form): Asking<Judged> {
  return judge(node, clientCredential(form, node.behaviour.quirks), form.get('client_id'))
}

function told(answer: HttpAnswer): Reply {
  return { kind: 'answer', answer }
}

function refused(
  outcome: Exclude<Outcome, { kind: 'accept' }>,
  form: (code: RefusalCode, description: string) => HttpAnswer,
): Reply {
  return told(
    outcome.kind === 'unavailable' ? unavailable() : form(outcome.code, outcome.description),
  )
}
