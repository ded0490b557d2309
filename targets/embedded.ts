/** The embedded target: nodes of the reference behind one replay store, every edge through our proxy, no Docker. */
import { entry } from '../harness/entry.ts'
import { CupelError } from '../harness/errors.ts'
import { publicJwk, seededKey } from '../harness/jwt/keys.ts'
import type { Declarations, Support } from '../harness/model/policy.ts'
import type {
  Principal,
  Random,
  Session,
  Site,
  Target,
  TargetFacts,
} from '../harness/model/target.ts'
import { cast, castKeys, type CastUsage } from './cast.ts'
import { behaviourOf } from './flawed/behaviour.ts'
import type { Flaw } from './flawed/flaw.ts'
import { FLAWS } from './flawed/index.ts'
import { startJwksHost, type Jwk } from './levers/jwks-host.ts'
import type { PublishedParty } from './levers/shelf.ts'
import type { Behaviour } from './reference/behaviour.ts'
import type { KeyConfig, NodeConfig, PartyConfig } from './reference/config.ts'
import { LEEWAY_SECONDS, MAX_LIFETIME_SECONDS } from './reference/decide.ts'
import { openInProcess } from './reference/in-process.ts'
import { FAULTLESS_PROGRAMS, openReference, type Programs } from './reference/session.ts'
import { VARIANTS, type Variant } from './reference/variants.ts'
import { withStore, type RealStore } from './real-store.ts'
import { read } from './answer.ts'
import { present } from './request.ts'

export interface EmbeddedOptions {
  readonly name?: string
  /** How many nodes; an integer ≥ 1, 3 when absent. */
  readonly nodes?: number
  /** Whether the token endpoint's URL is an audience too, as RFC 7523 §3 item 3 allows. */
  readonly tokenEndpointAudience?: boolean
  /** The name of a flaw; absent for the faultless one. */
  readonly flaw?: string
  /** The name of a variant that is right in another way; absent for the plain reference. */
  readonly variant?: string
  /** What the nodes share in place of the reference's own store: a Redis of this machine, or in a container. */
  readonly store?: RealStore
  /** One node as a function in this process, for flaws that single requests show. */
  readonly inProcess?: true
}

/** Public names: what assertions say, whatever loopback ports the nodes listen on. */
const ISSUER = 'https://as.cupel.example'
const ENDPOINTS = {
  token: `${ISSUER}/token`,
  introspection: `${ISSUER}/introspect`,
  revocation: `${ISSUER}/revoke`,
  resource: `${ISSUER}/resource`,
  // RFC 8414 section 3.
  metadata: `${ISSUER}/.well-known/oauth-authorization-server`,
}

const USAGES: readonly CastUsage[] = [
  'client-authentication',
  'authorization-grant',
  'bearer-token',
]

/** @throws {CupelError} ERR_UNKNOWN_NAME when there is no such flaw or variant. */
export function embedded(random: Random, options: EmbeddedOptions = {}): Target {
  const { name = 'embedded', nodes = 3, tokenEndpointAudience = false } = options
  const variant = named(VARIANTS, options.variant, 'variant')
  const flaw = named(FLAWS, options.flaw, 'flaw')
  const facts: TargetFacts = {
    name,
    kind: 'token-endpoint',
    usages: USAGES,
    issuer: ISSUER,
    endpoints: ENDPOINTS,
    audiences: {
      values: tokenEndpointAudience ? [ISSUER, ENDPOINTS.token] : [ISSUER],
      complete: true,
    },
    declares: declaredBy(variant, flaw),
    // Its memory tells issuers apart (decide.ts), so that nobody can use up another's identifiers.
    policy: { 'jti.scope': 'issuer' },
    principals: cast(USAGES),
    nodes: nodeNames(options.inProcess === true ? 1 : nodes),
    scope: null,
    ...profileOf(variant ?? flaw),
  }
  return referenceTarget(facts, random, {
    programs: withStore(programsOf(flaw, variant), options.store, flaw),
    flaw: flaw?.name ?? null,
    ...(variant === null ? {} : { variant: variant.name }),
    ...(options.inProcess === true
      ? { here: (nowMs: () => number) => behaviourOf({ variant, flaw }, nowMs) }
      : {}),
  })
}

function declaredBy(variant: Variant | null, flaw: Flaw | null): Declarations {
  const { supports = [] } = variant ?? flaw ?? {}
  return {
    ...DECLARES,
    remembersAcross: ['token', 'introspection'],
    ...variant?.declares,
    supports: [...SUPPORTS, ...supports],
  }
}

const SUPPORTS: readonly Support[] = ['at-jwt']

const DECLARES: Declarations = {
  replay: 'single-use',
  leewaySeconds: { grant: LEEWAY_SECONDS, refuse: LEEWAY_SECONDS },
  maxLifetimeSeconds: MAX_LIFETIME_SECONDS,
  path: 'direct',
  survives: [],
  propagationSeconds: { newKey: 3, removedKey: 4, revoked: 1, revokedToken: 1 },
  algorithms: 'as-registered',
  supports: SUPPORTS,
}

/**
 * The resource endpoint alone: a verifier of bearer tokens over HTTP, of one node.
 *
 * @throws {CupelError} ERR_UNKNOWN_NAME when there is no such flaw.
 */
export function resource(random: Random, flawName?: string): Target {
  const flaw = named(FLAWS, flawName, 'flaw')
  const usages: readonly CastUsage[] = ['bearer-token']
  const facts: TargetFacts = {
    name: flaw === null ? 'resource' : `resource:${flaw.name}`,
    kind: 'verifier',
    usages,
    issuer: ISSUER,
    endpoints: { resource: ENDPOINTS.resource },
    audiences: { values: [ENDPOINTS.resource], complete: true },
    declares: { ...DECLARES, replay: null, maxLifetimeSeconds: null },
    principals: cast(usages),
    nodes: nodeNames(1),
    scope: null,
  }
  return referenceTarget(facts, random, {
    programs: programsOf(flaw, null),
    flaw: flaw?.name ?? null,
  })
}

/** Which programs serve, and what they are told of themselves. */
interface Served extends Pick<NodeConfig, 'flaw' | 'variant'> {
  readonly programs: Programs
  /** Served in this process, and in this way. */
  readonly here?: (nowMs: () => number) => Behaviour
}

function referenceTarget(
  facts: TargetFacts,
  random: Random,
  { programs, here, ...self }: Served,
): Target {
  const keys = castKeys(facts.principals, random)
  const config: Omit<NodeConfig, 'storePort'> = {
    issuer: ISSUER,
    resource: ENDPOINTS.resource,
    audiences: facts.audiences.values,
    paths: {
      token: new URL(ENDPOINTS.token).pathname,
      introspection: new URL(ENDPOINTS.introspection).pathname,
      revocation: new URL(ENDPOINTS.revocation).pathname,
      resource: new URL(ENDPOINTS.resource).pathname,
      metadata: new URL(ENDPOINTS.metadata).pathname,
    },
    tokenKey: tokenKeyFrom(random),
    parties: facts.principals.flatMap((principal) => partyOf(principal, keys)),
    ...self,
  }
  return {
    facts,
    keys,
    speaks: 'jwt',
    present: present(facts),
    read,
    open: (site) =>
      here === undefined
        ? openPublishing(site, { facts, keys, config, programs })
        : openInProcess(site, facts.nodes[0] ?? facts.name, config, here),
  }
}

interface Publishing {
  readonly facts: TargetFacts
  readonly keys: ReturnType<typeof castKeys>
  readonly config: Omit<NodeConfig, 'storePort'>
  readonly programs: Programs
}

/** The system, with a host for the keys of those who publish their own. */
async function openPublishing(
  site: Site,
  { facts, keys, config, programs }: Publishing,
): Promise<Session> {
  const rotating = facts.principals.filter(({ roles }) => roles.includes('rotating'))
  if (rotating.length === 0) return openReference(site, facts.nodes, config, programs)
  const host = await startJwksHost(
    Object.fromEntries(rotating.map((principal) => [principal.name, publishedBy(principal, keys)])),
  )
  const uris = new Map(rotating.map(({ id, name }) => [id, host.uri(name)]))
  const parties = config.parties.map((party) => {
    const jwksUri = uris.get(party.id)
    return jwksUri === undefined ? party : { ...party, jwksUri }
  })
  try {
    const session = await openReference(site, facts.nodes, { ...config, parties }, programs)
    return {
      ...session,
      controls: session.missing === undefined ? { ...session.controls, keys: host.control } : {},
      counters: async () => ({
        ...(await session.counters?.()),
        'jwks-fetches': host.fetches(),
      }),
      async close() {
        await session.close()
        await host.close()
      },
    }
  } catch (error) {
    await host.close()
    throw error
  }
}

function publishedBy(
  { keys }: Principal,
  secrets: ReturnType<typeof castKeys>,
): PublishedParty<Jwk> {
  const jwkOf = (mark: 'next' | undefined): Jwk => {
    const key = keys.find((each) => each.mark === mark)
    if (key === undefined) return {}
    return { ...publicJwk(secrets[key.name] ?? {}), kid: key.kid, alg: key.algorithm }
  }
  return { current: jwkOf(undefined), next: jwkOf('next') }
}

/** One key for all nodes, so that each takes the tokens of the others. */
function tokenKeyFrom(random: Random): NodeConfig['tokenKey'] {
  const [kid, algorithm] = ['access-tokens-1', 'ES256'] as const
  const jwk = seededKey(algorithm, kid, random.stream('keys/access-tokens'))
  return { private: { kid, algorithm, jwk }, public: { kid, algorithm, jwk: publicJwk(jwk) } }
}

function partyOf(
  { id, subject, usage, keys }: Principal,
  secrets: ReturnType<typeof castKeys>,
): readonly PartyConfig[] {
  if (usage === 'dpop-proof') return []
  const inUse = keys.filter(({ mark }) => mark !== 'next')
  const registered = inUse.map(({ name, kid, algorithm, mark }): KeyConfig => ({
    kid,
    algorithm,
    jwk: publicJwk(secrets[name] ?? {}),
    ...(mark === 'idle' ? { idle: true } : {}),
  }))
  return [{ id, subject, usage, keys: registered }]
}

function programsOf(flaw: Flaw | null, variant: Variant | null): Programs {
  if (variant !== null) return VARIANT_PROGRAMS
  if (flaw === null) return FAULTLESS_PROGRAMS
  const node = entry(import.meta, './flawed/node')
  const { gathers = null, remembers = null } = flaw
  if (gathers === null && remembers === null) return { ...FAULTLESS_PROGRAMS, node }
  return { node, store: entry(import.meta, './flawed/store'), storeConfig: { gathers, remembers } }
}

const VARIANT_PROGRAMS: Programs = {
  ...FAULTLESS_PROGRAMS,
  node: entry(import.meta, './reference/variant-node'),
}

function profileOf(of: Flaw | Variant | null): Pick<TargetFacts, 'profile'> {
  return of?.profile === undefined ? {} : { profile: of.profile }
}

/** @throws {CupelError} ERR_UNKNOWN_NAME for a name that none of them has. */
function named<T extends { readonly name: string }>(
  all: readonly T[],
  name: string | undefined,
  what: string,
): T | null {
  if (name === undefined) return null
  const known = all.find((each) => each.name === name)
  if (known !== undefined) return known
  throw new CupelError('ERR_UNKNOWN_NAME', `there is no ${what} named ${JSON.stringify(name)}`)
}

function nodeNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `node-${index + 1}`)
}
