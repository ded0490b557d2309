/** A node and its store as callbacks: the endpoints of the reference over the truth of a credential in place of its bytes. */
import type { Truth } from '../../harness/model/history.ts'
import type { Message, Random, RawAnswer, TargetFacts } from '../../harness/model/target.ts'
import {
  badRequest,
  notFound,
  refusedAtIntrospection,
  refusedByHeader,
  refusedAtResource,
  refusedAtToken,
  success,
  unavailable,
  type HttpAnswer,
} from '../reference/answers.ts'
import {
  decide,
  rulesFor,
  settle,
  type Assertion,
  type AssertionUsage,
  type Outcome,
  type Party,
  type RefusalCode,
} from '../reference/decide.ts'
import { parseForm, type Form } from '../reference/form.ts'
import { replayMemory } from '../reference/memory.ts'
import { metadataOf } from '../reference/metadata.ts'
import { isReadable, NOTHING } from './form.ts'
import { publishedBy } from './published.ts'
import type { SimulatedTime } from './time.ts'

export type Respond = (message: Message, done: (answer: RawAnswer) => void) => void

/** How long node and store need for each other, one way, in microseconds. */
const STORE_US = { least: 100, most: 1_000 }
/** As long as the reference's (targets/reference/tokens.ts). */
const TOKEN_SECONDS = 300

const JWT_BEARER_CLIENT = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const JWT_BEARER_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

type Done = (answer: HttpAnswer) => void

/** What became of one credential. */
interface Judged {
  readonly outcome: Outcome
  readonly subject: string
}

interface World {
  readonly facts: TargetFacts
  readonly nowSeconds: () => number
  /** Asks the store to insert a key unless it is there. */
  readonly take: (
    key: string,
    keepUntilSeconds: number,
    done: (taken: 'inserted' | 'present') => void,
  ) => void
  /** Issued tokens with their subject and end. */
  readonly tokens: Map<string, { readonly subject: string; readonly expSeconds: number }>
  readonly newToken: () => string
}

export function simulatedNode(facts: TargetFacts, time: SimulatedTime, random: Random): Respond {
  const world = worldOf(facts, time, random)
  return (message, done) =>
    route(world, message, ({ status, headers, body }) =>
      done({ status, headers, body: new TextEncoder().encode(JSON.stringify(body)) }),
    )
}

function worldOf(facts: TargetFacts, time: SimulatedTime, random: Random): World {
  const memory = replayMemory()
  const delays = random.stream('store')
  const bits = random.stream('tokens')
  const delayUs = (): number =>
    Math.round(STORE_US.least + delays.next() * (STORE_US.most - STORE_US.least))
  let requests = 0
  return {
    facts,
    nowSeconds: () => time.clock.nowUs() / 1e6,
    take(key, keepUntilSeconds, done) {
      const requestId = String(requests++)
      time.after(delayUs(), () => {
        const taken = memory.insert(
          key,
          requestId,
          keepUntilSeconds * 1000,
          time.clock.nowUs() / 1000,
        )
        time.after(delayUs(), () => done(taken))
      })
    },
    tokens: new Map(),
    newToken: () =>
      Array.from({ length: 4 }, () => Math.floor(bits.next() * 2 ** 32).toString(36)).join('-'),
  }
}

function route(world: World, { path, headers, body }: Message, done: Done): void {
  const { token, introspection, resource, metadata } = world.facts.endpoints
  const [wanted] = path.split('?', 1)
  const isAt = (endpoint: string | undefined): boolean =>
    endpoint !== undefined && new URL(endpoint).pathname === wanted
  if (isAt(metadata)) return done(success(metadataOf(publishedBy(world.facts))))
  if (isAt(resource)) return atResource(world, headers['authorization'], done)
  if (!isAt(token) && !isAt(introspection)) return done(notFound())
  const form = parseForm(new TextDecoder().decode(body))
  if (form === null) return done(badRequest('invalid_request', 'a parameter comes twice'))
  if (headers['authorization'] !== undefined) return done(refusedByHeader())
  return isAt(token) ? atToken(world, form, done) : atIntrospection(world, form, done)
}

function atToken(world: World, form: Form, done: Done): void {
  switch (form.get('grant_type')) {
    case undefined:
      return done(badRequest('invalid_request', 'grant_type is required'))
    case 'client_credentials':
      return authenticate(world, form, (client) => issueOr(world, client, done))
    case JWT_BEARER_GRANT:
      return byGrant(world, form, done)
    default:
      return done(badRequest('unsupported_grant_type', 'no such grant here'))
  }
}

function byGrant(world: World, form: Form, done: Done): void {
  const assertion = form.get('assertion')
  if (assertion === undefined) return done(badRequest('invalid_request', 'assertion is required'))
  const grant = (): void =>
    judge(world, { text: assertion, usage: 'authorization-grant' }, (judged) =>
      issueOr(world, judged, done),
    )
  if (!namesClient(form)) return grant()
  return authenticate(world, form, (client) =>
    client.outcome.kind === 'accept' ? grant() : done(refusal(client.outcome, refusedAtToken)),
  )
}

function atIntrospection(world: World, form: Form, done: Done): void {
  authenticate(world, form, ({ outcome }) => {
    if (outcome.kind !== 'accept') return done(refusal(outcome, refusedAtIntrospection))
    const token = form.get('token')
    if (token === undefined) return done(badRequest('invalid_request', 'token is required'))
    return bearer(world, token, (judged) =>
      done(
        success(
          judged.outcome.kind === 'accept'
            ? { active: true, sub: judged.subject }
            : { active: false },
        ),
      ),
    )
  })
}

function atResource(world: World, authorization: string | undefined, done: Done): void {
  const token = /^Bearer (.+)$/u.exec(authorization ?? '')?.[1]
  if (token === undefined) return done(refusedAtResource(null))
  return bearer(world, token, ({ outcome, subject }) =>
    done(
      outcome.kind === 'accept'
        ? success({ sub: subject })
        : refusal(outcome, (code, description) => refusedAtResource({ code, description })),
    ),
  )
}

function authenticate(world: World, form: Form, done: (client: Judged) => void): void {
  const isAlone =
    form.get('client_assertion_type') === JWT_BEARER_CLIENT && !form.has('client_secret')
  const text = isAlone ? (form.get('client_assertion') ?? '') : ''
  judge(world, { text, usage: 'client-authentication', clientId: form.get('client_id') }, done)
}

function bearer(world: World, token: string, done: (judged: Judged) => void): void {
  const own = world.tokens.get(token)
  if (own === undefined) return judge(world, { text: token, usage: 'bearer-token' }, done)
  const alive = world.nowSeconds() < own.expSeconds
  const outcome: Outcome = alive
    ? { kind: 'accept' }
    : { kind: 'refuse', code: 'invalid_token', description: 'the token has expired' }
  return done({ outcome, subject: own.subject })
}

interface Credential {
  /** The truth of it, as JSON. */
  readonly text: string
  readonly usage: AssertionUsage
  /** The `client_id` beside it: its subject must be the same. */
  readonly clientId?: string | undefined
}

/** Decides as targets/reference/endpoints.ts does, the store last. */
function judge(
  world: World,
  { text, usage, clientId }: Credential,
  done: (judged: Judged) => void,
): void {
  const { endpoints, issuer, audiences } = world.facts
  const assertion = assertionOf(text, usage)
  const subject = assertion.subject ?? ''
  const rules = rulesFor(
    usage,
    usage === 'bearer-token' ? [endpoints.resource ?? issuer] : audiences.values,
  )
  const decision = decide(assertion, partyOf(world.facts, assertion), rules, world.nowSeconds())
  if (decision.kind !== 'take') return done({ outcome: decision, subject })
  if (clientId !== undefined && clientId !== subject)
    return done({ outcome: OTHER_CLIENT, subject })
  return world.take(decision.key, decision.keepUntilSeconds, (taken) =>
    done({ outcome: settle(usage, taken), subject }),
  )
}

const OTHER_CLIENT: Outcome = {
  kind: 'refuse',
  code: 'invalid_client',
  description: 'client_id is not the subject of the assertion',
}

function partyOf({ principals }: TargetFacts, { usage, issuer }: Assertion): Party | null {
  const principal = principals.find((each) => each.usage === usage && each.id === issuer)
  if (principal === undefined) return null
  const { id, subject, keys } = principal
  const registered = keys.filter(({ mark }) => mark === undefined)
  return { id, subject, usage, algorithms: registered.map(({ algorithm }) => algorithm) }
}

/** The facts that the reference takes from a JWT; nothing is known of what is not the harness's. */
function assertionOf(text: string, usage: AssertionUsage): Assertion {
  const { issuer, subject, audience, jti, algorithm, ...truth } = truthIn(text) ?? NOTHING
  return {
    usage,
    issuer,
    subject,
    audience,
    jti,
    algorithm,
    expSeconds: inSeconds(truth.expUs),
    nbfSeconds: inSeconds(truth.nbfUs),
    iatSeconds: inSeconds(truth.iatUs),
    verified: truth.authentic && isReadable(truth.defect),
    malformed: [],
  }
}

function inSeconds(us: number | null): number | null {
  return us === null ? null : us / 1e6
}

/** Null for text that the harness did not make: the driver hands over JSON of the truth (Target.speaks). */
function truthIn(text: string): Truth | null {
  try {
    const value: unknown = JSON.parse(text)
    return isTruth(value) ? value : null
  } catch {
    return null
  }
}

function isTruth(value: unknown): value is Truth {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(NOTHING).every((member) => member in value)
  )
}

/** Any sign of client authentication, complete or not. */
function namesClient(form: Form): boolean {
  return ['client_id', 'client_secret', 'client_assertion', 'client_assertion_type'].some((name) =>
    form.has(name),
  )
}

function issueOr(world: World, { outcome, subject }: Judged, done: Done): void {
  if (outcome.kind !== 'accept') return done(refusal(outcome, refusedAtToken))
  const token = world.newToken()
  world.tokens.set(token, { subject, expSeconds: world.nowSeconds() + TOKEN_SECONDS })
  return done(success({ access_token: token, token_type: 'Bearer', expires_in: TOKEN_SECONDS }))
}

function refusal(
  outcome: Exclude<Outcome, { kind: 'accept' }>,
  form: (code: RefusalCode, description: string) => HttpAnswer,
): HttpAnswer {
  return outcome.kind === 'unavailable' ? unavailable() : form(outcome.code, outcome.description)
}
