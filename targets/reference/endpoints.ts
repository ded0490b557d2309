/**
 * The three endpoints of a reference node, from parameters to replies. They ask the replay store and nobody else: the
 * credentials of a request are read before, and the token it is granted is made afterwards, by who knows how.
 */
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
import type { Behaviour } from './behaviour.ts'
import type { Outcome, RefusalCode } from './decide.ts'
import type { Form } from './form.ts'
import type { Credential, Read, Reading } from './reading.ts'

export interface Endpoints {
  token(form: Form, reading: Reading): Asking<Reply>
  introspection(form: Form, reading: Reading): Asking<Reply>
  /** @param authorization The header as it came, if it came. */
  resource(authorization: string | undefined, reading: Reading): Asking<Reply>
}

export type Reply =
  | { readonly kind: 'answer'; readonly answer: HttpAnswer }
  /** An access token is to be made. */
  | { readonly kind: 'token'; readonly subject: string; readonly clientId: string | null }

/** The client_assertion_type of RFC 7523 §2.2. */
const JWT_BEARER_CLIENT = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
/** The grant_type of RFC 7523 §2.1. */
const JWT_BEARER_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

export interface EndpointOptions {
  /** The `aud` of the access tokens that are honoured. */
  readonly resource: string
  readonly admit: Admit
  readonly refusal: Behaviour['refusal']
}

export function endpointsOf(node: EndpointOptions): Endpoints {
  return {
    token: (form, reading) => atToken({ ...node, reading }, form),
    introspection: (form, reading) => atIntrospection({ ...node, reading }, form),
    resource: (authorization, reading) => atResource({ ...node, reading }, authorization),
  }
}

/** Every credential that an endpoint may ask about, in a form. */
export function credentialsIn(form: Form): readonly Credential[] {
  const assertion = form.get('assertion')
  const token = form.get('token')
  return [
    clientCredential(form),
    ...(assertion === undefined ? [] : [grantCredential(assertion)]),
    ...(token === undefined ? [] : [bearerCredential(token)]),
  ]
}

/** The same in the header of a request to the resource. */
export function credentialsBeside(authorization: string | undefined): readonly Credential[] {
  const token = bearerIn(authorization)
  return token === undefined ? [] : [bearerCredential(token)]
}

interface Request extends EndpointOptions {
  readonly reading: Reading
}

/** What became of one credential, and what it says. */
interface Judged {
  readonly outcome: Outcome
  readonly subject: string
  readonly read: Read
}

function* judge(request: Request, credential: Credential, clientId?: string): Asking<Judged> {
  const read = request.reading(credential)
  const outcome = yield* request.admit(read.assertion, read.party, clientId)
  return { outcome, subject: read.assertion.subject ?? '', read }
}

function* atToken(request: Request, form: Form): Asking<Reply> {
  switch (form.get('grant_type')) {
    case undefined:
      return told(badRequest('invalid_request', 'grant_type is required'))
    case 'client_credentials':
      return yield* byClient(request, form)
    case JWT_BEARER_GRANT:
      return yield* byGrant(request, form)
    default:
      return told(badRequest('unsupported_grant_type', 'no such grant here'))
  }
}

function* byClient(request: Request, form: Form): Asking<Reply> {
  const client = yield* authenticate(request, form)
  if (client.outcome.kind !== 'accept') return refusal(client.outcome, request.refusal)
  return { kind: 'token', subject: client.subject, clientId: client.subject }
}

function* byGrant(request: Request, form: Form): Asking<Reply> {
  const assertion = form.get('assertion')
  if (assertion === undefined) return told(badRequest('invalid_request', 'assertion is required'))
  // No client needs to authenticate here, but one that tries to is checked (RFC 7523 §3.1), and before the grant is used.
  const client = namesClient(form) ? yield* authenticate(request, form) : null
  if (client !== null && client.outcome.kind !== 'accept')
    return refusal(client.outcome, request.refusal)
  const grant = yield* judge(request, grantCredential(assertion))
  if (grant.outcome.kind !== 'accept') return refusal(grant.outcome, request.refusal)
  return { kind: 'token', subject: grant.subject, clientId: client?.subject ?? null }
}

function* atIntrospection(request: Request, form: Form): Asking<Reply> {
  const client = yield* authenticate(request, form)
  if (client.outcome.kind !== 'accept') return refusal(client.outcome, refusedAtIntrospection)
  const token = form.get('token')
  if (token === undefined) return told(badRequest('invalid_request', 'token is required'))
  const { read, outcome } = yield* judge(request, bearerCredential(token))
  // A token that is not active is no error, and nothing else is said of it (RFC 7662 §2.2).
  if (outcome.kind !== 'accept' || read.type !== 'at+jwt') return told(success({ active: false }))
  const { issuer, subject, expSeconds, iatSeconds, jti } = read.assertion
  const clientId = read.claims['client_id']
  return told(
    success({
      active: true,
      token_type: 'Bearer',
      iss: issuer,
      sub: subject,
      aud: request.resource,
      client_id: typeof clientId === 'string' ? clientId : null,
      exp: expSeconds,
      iat: iatSeconds,
      jti,
    }),
  )
}

function* atResource(request: Request, authorization: string | undefined): Asking<Reply> {
  const token = bearerIn(authorization)
  if (token === undefined) return told(refusedAtResource(null))
  const { read, outcome, subject } = yield* judge(request, bearerCredential(token))
  if (read.type !== 'at+jwt') {
    return told(
      refusedAtResource({
        code: 'invalid_token',
        description: 'the token is not of the type at+jwt',
      }),
    )
  }
  return outcome.kind === 'accept'
    ? told(success({ sub: subject }))
    : refusal(outcome, (code, description) => refusedAtResource({ code, description }))
}

/** Client authentication by private_key_jwt, the one method there is (RFC 7521 §4.2, RFC 7523 §2.2). */
function authenticate(request: Request, form: Form): Asking<Judged> {
  return judge(request, clientCredential(form), form.get('client_id'))
}

function clientCredential(form: Form): Credential {
  const isAlone =
    form.get('client_assertion_type') === JWT_BEARER_CLIENT && !form.has('client_secret')
  const text = isAlone ? (form.get('client_assertion') ?? '') : ''
  return { text, usage: 'client-authentication' }
}

function grantCredential(text: string): Credential {
  return { text, usage: 'authorization-grant' }
}

function bearerCredential(text: string): Credential {
  return { text, usage: 'bearer-token' }
}

function bearerIn(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
}

/** Any sign of client authentication, complete or not. */
function namesClient(form: Form): boolean {
  return ['client_id', 'client_secret', 'client_assertion', 'client_assertion_type'].some((name) =>
    form.has(name),
  )
}

function told(answer: HttpAnswer): Reply {
  return { kind: 'answer', answer }
}

function refusal(
  outcome: Exclude<Outcome, { kind: 'accept' }>,
  form: (code: RefusalCode, description: string) => HttpAnswer,
): Reply {
  return told(
    outcome.kind === 'unavailable' ? unavailable() : form(outcome.code, outcome.description),
  )
}
