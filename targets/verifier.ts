/** A verifier that is a function in this process, dressed as a resource server, so that the same checks are asked of it. */
import { publicJwk, type PrivateJwk } from '../harness/jwt/keys.ts'
import type { Json } from '../harness/model/plan.ts'
import type { Declarations } from '../harness/model/policy.ts'
import type {
  KeyFacts,
  Message,
  Principal,
  Random,
  RawAnswer,
  Session,
  Site,
  Target,
  TargetFacts,
} from '../harness/model/target.ts'
import { resource as resourceTarget } from './embedded.ts'
import { wallClockOffset } from './http.ts'
import { present } from './request.ts'
import { refusedAtResource, success, type HttpAnswer } from './reference/answers.ts'

/** A public key that tokens of an issuer may be signed with. */
export interface TrustedKey {
  readonly kid: string
  readonly algorithm: string
  readonly jwk: PrivateJwk
  /** Published beside the others, for something else than tokens. */
  readonly idle: boolean
}

export interface Trust {
  readonly issuer: string
  readonly keys: readonly TrustedKey[]
}

export interface Asked {
  readonly token: string
  /** Whose tokens are trusted, by issuer. */
  readonly trusted: ReadonlyMap<string, Trust>
  /** What the verifier goes by. */
  readonly audience: string
  /** The time that it is, in seconds since 1970. */
  readonly nowSeconds: number
}

/** Resolves to the subject of a token that is taken, and rejects for any other. */
export type Verify = (asked: Asked) => Promise<string | null>

export interface VerifierOptions {
  readonly name: string
  /** What it promises, beside what the resource target does. */
  readonly declares?: Partial<Declarations>
  /** Further keys of issuers, by the issuer's name, each with its private JWK. */
  readonly moreKeys?: Readonly<Record<string, readonly MoreKey[]>>
  /** What it is called where its tokens name it; as the resource target over HTTP is when absent. */
  readonly resource?: string
  /** Whom the tokens of an issuer are about; whom those of the resource target are about when absent. */
  readonly subjectOf?: (issuer: Principal) => string
  /** The profile that it is made for, where that is not the default. */
  readonly profile?: string
  /** Whether it takes the time that it is handed; otherwise it reads this machine's clock. */
  readonly takesTime: boolean
}

export interface MoreKey {
  readonly facts: KeyFacts
  readonly jwk: PrivateJwk
}

/** The same parties, names and endpoint as the resource target over HTTP. */
export function verifier(random: Random, verify: Verify, options: VerifierOptions): Target {
  const { name, declares = {}, moreKeys = {}, takesTime, profile } = options
  const { subjectOf = ({ subject }) => subject } = options
  const overHttp = resourceTarget(random)
  const principals = overHttp.facts.principals.map((each): Principal => ({
    ...each,
    subject: subjectOf(each),
    keys: [...each.keys, ...(moreKeys[each.name] ?? []).map(({ facts }) => facts)],
  }))
  const further = Object.values(moreKeys).flat()
  const keys = {
    ...overHttp.keys,
    ...Object.fromEntries(further.map(({ facts, jwk }) => [facts.name, jwk])),
  }
  const facts = {
    ...overHttp.facts,
    ...namesOf(options.resource),
    name,
    nodes: [name],
    principals,
    declares: { ...overHttp.facts.declares, ...declares },
    ...(profile === undefined ? {} : { profile }),
  }
  const trusted = trustIn(principals, keys)
  const [audience = facts.issuer] = facts.audiences.values
  return {
    ...overHttp,
    facts,
    present: present(facts),
    keys,
    open: async (site) => sessionOf(site, { name, takesTime, verify, trusted, audience }),
  }
}

function namesOf(
  resource: string | undefined,
): Partial<Pick<TargetFacts, 'issuer' | 'endpoints' | 'audiences'>> {
  if (resource === undefined) return {}
  return {
    issuer: new URL(resource).origin,
    endpoints: { resource },
    audiences: { values: [resource], complete: true },
  }
}

interface Opened extends Pick<VerifierOptions, 'name' | 'takesTime'> {
  readonly verify: Verify
  readonly trusted: Asked['trusted']
  readonly audience: string
}

function sessionOf(site: Site, { name, takesTime, verify, trusted, audience }: Opened): Session {
  const called = async (message: Message): Promise<RawAnswer> => {
    const token = /^Bearer (.+)$/u.exec(message.headers['authorization'] ?? '')?.[1]
    const nowSeconds = site.clock.nowUs() / 1e6
    const { status, headers, body } =
      token === undefined
        ? refusedAtResource(null)
        : await verdict(verify, { token, trusted, audience, nowSeconds })
    return { status, headers, body: new TextEncoder().encode(JSON.stringify(body)) }
  }
  return {
    nodes: [name],
    clocks: [name],
    controls: {},
    clock: null,
    connect: async () => site.wires.call(called),
    // What is handed over is the harness's own time, and nothing comes between.
    clockOf: async () =>
      takesTime ? { source: 'handed-over', lowUs: 0, highUs: 0 } : wallClockOffset(site),
    close: async () => undefined,
  }
}

async function verdict(verify: Verify, asked: Asked): Promise<HttpAnswer> {
  try {
    return success({ sub: await verify(asked) })
  } catch (error) {
    const description =
      error instanceof Error ? error.message.replaceAll('"', "'") : 'it cannot be read'
    return refusedAtResource({ code: 'invalid_token', description })
  }
}

function trustIn(principals: readonly Principal[], keys: Target['keys']): Asked['trusted'] {
  return new Map(
    principals.map(({ id, keys: own }) => [
      id,
      {
        issuer: id,
        keys: own.map(({ name, kid, algorithm, mark }) => ({
          kid,
          algorithm,
          idle: mark === 'idle',
          jwk: publicJwk(jwkIn(keys[name], name)),
        })),
      },
    ]),
  )
}

function jwkIn(value: Json | undefined, name: string): PrivateJwk {
  if (isJwk(value)) return value
  throw new RangeError(`there is no key ${name}`)
}

function isJwk(value: Json | undefined): value is PrivateJwk {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
