/** The three endpoints of a reference node, from parameters to answers. */
import {
  badRequest,
  refusedAtIntrospection,
  refusedAtResource,
  success,
  unavailable,
  type HttpAnswer,
} from './answers.ts'
import type { Behaviour } from './behaviour.ts'
import type { NodeConfig } from './config.ts'
import { rulesFor, type AssertionUsage, type Decision, type Outcome } from './decide.ts'
import type { Form } from './form.ts'
import type { StoreClient } from './store-client.ts'
import { tokenMaker, type TokenMaker } from './tokens.ts'
import { readAssertion, signersOf, type Read, type Signers } from './verify.ts'

export interface Endpoints {
  token(form: Form): Promise<HttpAnswer>
  introspection(form: Form): Promise<HttpAnswer>
  /** @param authorization The header as it came, if it came. */
  resource(authorization: string | undefined): Promise<HttpAnswer>
}

/** The client_assertion_type of RFC 7523 §2.2. */
const JWT_BEARER_CLIENT = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
/** The grant_type of RFC 7523 §2.1. */
const JWT_BEARER_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

interface Node {
  readonly config: NodeConfig
  readonly behaviour: Behaviour
  readonly store: StoreClient
  readonly signers: Signers
  readonly tokens: TokenMaker
}

export async function openEndpoints(
  config: NodeConfig,
  behaviour: Behaviour,
  store: StoreClient,
): Promise<Endpoints> {
  const node: Node = {
    config,
    behaviour,
    store,
    signers: await signersOf([...config.parties, ownTokens(config)]),
    tokens: await tokenMaker(config),
  }
  return {
    token: (form) => atToken(node, form),
    introspection: (form) => atIntrospection(node, form),
    resource: (authorization) => atResource(node, authorization),
  }
}

/** The node trusts the tokens that it and its siblings issue. */
function ownTokens({ issuer, tokenKey }: NodeConfig): NodeConfig['parties'][number] {
  return { id: issuer, subject: '', usage: 'bearer-token', keys: [tokenKey.public] }
}

/** What became of one credential, and what it says. */
interface Judged {
  readonly outcome: Outcome
  readonly subject: string
  readonly read: Read
}

/** @param clientId The `client_id` beside the credential, if there was one: its subject must be the same. */
async function judge(
  node: Node,
  text: string,
  usage: AssertionUsage,
  clientId?: string,
): Promise<Judged> {
  const audiences = usage === 'bearer-token' ? [node.config.resource] : node.config.audiences
  const { names, rules: adapted, decide, spend, take, quirks } = node.behaviour
  const rules = adapted({ ...rulesFor(usage, audiences), names }, usage)
  const read = await readAssertion(text, usage, node.signers, node.behaviour)
  const subject = read.assertion.subject ?? ''
  const decided = decide(read.assertion, read.party, rules, Date.now() / 1000)
  const namesAnother = decided.kind === 'take' && clientId !== undefined && clientId !== subject
  const isOther = namesAnother && !quirks.has('any-client-id')
  const outcome = await spend(read.assertion, isOther ? OTHER_CLIENT : decided, {
    take: (key, keepUntilSeconds) => take(key, keepUntilSeconds * 1000, node.store),
    async release(key) {
      await node.store.release(key)
    },
  })
  return { outcome, subject, read }
}

const OTHER_CLIENT: Decision = {
  kind: 'refuse',
  code: 'invalid_client',
  description: 'client_id is not the subject of the assertion',
}

async function atToken(node: Node, form: Form): Promise<HttpAnswer> {
  const any = node.behaviour.quirks.has('any-grant-type')
  const wanted = form.get('grant_type')
  if (wanted === JWT_BEARER_GRANT || (any && form.has('assertion'))) return byGrant(node, form)
  if (wanted === 'client_credentials' || any) return byClient(node, form)
  return wanted === undefined
    ? badRequest('invalid_request', 'grant_type is required')
    : badRequest('unsupported_grant_type', 'no such grant here')
}

async function byClient(node: Node, form: Form): Promise<HttpAnswer> {
  const { quirks, refusal: told } = node.behaviour
  if (quirks.has('unproved-clients') && !form.has('client_assertion')) return unproved(node)
  const client = await authenticate(node, form)
  if (client.outcome.kind !== 'accept') return refusal(client.outcome, told)
  return issue(node, client.subject, client)
}

async function byGrant(node: Node, form: Form): Promise<HttpAnswer> {
  const assertion = form.get('assertion')
  if (assertion === undefined && node.behaviour.quirks.has('unproved-clients'))
    return unproved(node)
  if (assertion === undefined) return badRequest('invalid_request', 'assertion is required')
  // No client needs to authenticate here, but one that tries to is checked (RFC 7523 §3.1), and before the grant is used.
  const ignored = node.behaviour.quirks.has('bad-client-beside-grant')
  const client = namesClient(form) && !ignored ? await authenticate(node, form) : null
  if (client !== null && client.outcome.kind !== 'accept')
    return refusal(client.outcome, node.behaviour.refusal)
  const grant = await judge(node, assertion, 'authorization-grant')
  if (grant.outcome.kind !== 'accept') return refusal(grant.outcome, node.behaviour.refusal)
  return issue(node, grant.subject, client)
}

async function unproved(node: Node): Promise<HttpAnswer> {
  return success(await node.tokens.issue('anybody', null))
}

async function issue(node: Node, subject: string, client: Judged | null): Promise<HttpAnswer> {
  return success(await node.tokens.issue(subject, client?.subject ?? null))
}

async function atIntrospection(node: Node, form: Form): Promise<HttpAnswer> {
  const { quirks } = node.behaviour
  const client = await authenticate(node, form)
  if (client.outcome.kind !== 'accept' && !quirks.has('open-introspection')) {
    return refusal(client.outcome, refusedAtIntrospection)
  }
  const token = form.get('token')
  if (token === undefined) return badRequest('invalid_request', 'token is required')
  const { read, outcome } = await judge(node, token, 'bearer-token')
  // A token that is not active is no error, and nothing else is said of it (RFC 7662 §2.2).
  const isActive = outcome.kind === 'accept' && read.type === 'at+jwt'
  if (!isActive && !quirks.has('inactive-tokens')) return success({ active: false })
  const { issuer, subject, expSeconds, iatSeconds, jti } = read.assertion
  const clientId = read.claims['client_id']
  return success({
    active: true,
    token_type: 'Bearer',
    iss: issuer,
    sub: subject,
    aud: node.config.resource,
    client_id: typeof clientId === 'string' ? clientId : null,
    exp: expSeconds,
    iat: iatSeconds,
    jti,
  })
}

async function atResource(node: Node, authorization: string | undefined): Promise<HttpAnswer> {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) return refusedAtResource(null)
  const { read, outcome, subject } = await judge(node, token, 'bearer-token')
  if (read.type !== 'at+jwt' && !node.behaviour.quirks.has('any-token-type')) {
    return refusedAtResource({
      code: 'invalid_token',
      description: 'the token is not of the type at+jwt',
    })
  }
  return outcome.kind === 'accept'
    ? success({ sub: subject })
    : refusal(outcome, (code, description) => refusedAtResource({ code, description }))
}

/** Any sign of client authentication, complete or not. */
function namesClient(form: Form): boolean {
  return ['client_id', 'client_secret', 'client_assertion', 'client_assertion_type'].some((name) =>
    form.has(name),
  )
}

/** Client authentication by private_key_jwt, the one method there is (RFC 7521 §4.2, RFC 7523 §2.2). */
function authenticate(node: Node, form: Form): Promise<Judged> {
  const { quirks } = node.behaviour
  const typed =
    form.get('client_assertion_type') === JWT_BEARER_CLIENT || quirks.has('any-assertion-type')
  const isAlone = typed && (!form.has('client_secret') || quirks.has('two-mechanisms'))
  const text = isAlone ? (form.get('client_assertion') ?? '') : ''
  return judge(node, text, 'client-authentication', form.get('client_id'))
}

function refusal(
  outcome: Exclude<Outcome, { kind: 'accept' }>,
  form: (
    code: 'invalid_client' | 'invalid_grant' | 'invalid_token',
    description: string,
  ) => HttpAnswer,
): HttpAnswer {
  return outcome.kind === 'unavailable' ? unavailable() : form(outcome.code, outcome.description)
}
