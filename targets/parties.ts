/** The parties that a target file registers, with their keys. */
import { CupelError } from '../harness/errors.ts'
import { publicJwk, type PrivateJwk } from '../harness/jwt/keys.ts'
import type { Json, Usage } from '../harness/model/plan.ts'
import type {
  ClientFile,
  IdentityFile,
  KeyElsewhere,
  MarkedKeyFile,
  PublishesFile,
  SubjectFile,
} from '../harness/model/target-file.ts'
import type { KeyFacts, Principal } from '../harness/model/target.ts'
import type { Jwk } from './levers/jwks-host.ts'
import type { PublishedParty } from './levers/shelf.ts'
import { keyOf, type KeySource } from './party-keys.ts'

export interface Party {
  readonly principal: Principal
  readonly key: PrivateJwk
  /** Its further keys, in the order of its principal's. */
  readonly more: readonly PrivateJwk[]
  /** Whether its key is from the seed. */
  readonly seeded: boolean
  /** Where its key is, if not here; `key` is the public part then. */
  readonly elsewhere: KeyElsewhere | null
  /** The keys that it publishes itself, from which port; null where it is registered with its keys. */
  readonly publishes: { readonly next: PrivateJwk; readonly port: number | null } | null
}

/** @throws {CupelError} ERR_CONFIG_INVALID when the key cannot be read or cannot sign. */
export async function clientParty(
  { id, name = id, for: roles, key, moreKeys = [], tls, publishes }: ClientFile,
  from: KeySource,
): Promise<Party> {
  const usage = 'client-authentication'
  const described = { name, usage, id, subject: id, roles, ...shown(tls) } as const
  const made = await party(described, { key, moreKeys }, from)
  return publishes === undefined ? made : withNext(made, publishes, from)
}

/** Its next key is its own, too, though nobody knows it until it is published. */
async function withNext(
  made: Party,
  { next: file, port }: PublishesFile,
  from: KeySource,
): Promise<Party> {
  const name = `${made.principal.name}-next`
  const { key, algorithm, kid } = await keyOf(file, name, from)
  const facts: KeyFacts = { name, algorithm, kid, mark: 'next' }
  return {
    ...made,
    principal: { ...made.principal, keys: [...made.principal.keys, facts] },
    more: [...made.more, key],
    seeded: made.seeded || 'generate' in file,
    publishes: { next: key, port: port ?? null },
  }
}

/** What it publishes: the key that it has, and later the next one. */
export function publishedBy({ key, publishes }: Party): PublishedParty<Jwk> {
  return { current: publicJwk(key), next: publicJwk(publishes?.next ?? key) }
}

/**
 * @param unnamed Its name, if it has none.
 * @throws {CupelError} ERR_CONFIG_INVALID when the key cannot be read or cannot sign.
 */
export function subjectParty(
  usage: Usage,
  file: SubjectFile,
  unnamed: string,
  from: KeySource,
): Promise<Party> {
  const { name = unnamed, issuer, subject, for: roles, key, moreKeys = [], tls } = file
  const described = { name, usage, id: issuer, subject, roles, ...shown(tls) }
  return party(described, { key, moreKeys }, from)
}

function shown(tls: IdentityFile | undefined): Pick<Principal, 'certificate'> {
  return tls === undefined ? {} : { certificate: true }
}

/**
 * Whose key is whose is what many checks are about: where two parties of one usage have the same, a signature of the one
 * is right for the other, and nobody can be held to refuse it.
 *
 * @throws {CupelError} ERR_CONFIG_INVALID when two of them do.
 */
export function assertKeysApart(parties: readonly Party[]): void {
  const owners = new Map<string, string>()
  for (const { principal, key, more } of parties) {
    for (const each of [key, ...more]) {
      const material = ['kty', 'crv', 'x', 'y', 'n', 'e', 'k'].map((name) => each[name] ?? null)
      const known = JSON.stringify([principal.usage, ...material])
      const owner = owners.get(known) ?? principal.name
      owners.set(known, owner)
      if (owner !== principal.name) throw sharedKey(owner, principal.name)
    }
  }
}

function sharedKey(one: string, other: string): CupelError {
  return new CupelError('ERR_CONFIG_INVALID', `${one} and ${other} have the same key`, {
    hint: 'Give each party a key of its own: whether one party’s key is taken for another’s is what is asked.',
  })
}

/**
 * What a server is set up with: the public keys of all parties, or where they are found (RFC 7591 §2).
 *
 * @param uri Where those of a party are found that publishes its own, by its name.
 */
export function registration(
  issuer: string,
  parties: readonly Party[],
  uri: (party: string) => string,
): Json {
  const entries = parties.map(({ principal, key, more, publishes }) => ({
    principal,
    keys:
      publishes === null
        ? { jwks: { keys: [key, ...more].map((each) => publicJwk(each)) } }
        : {
            jwks_uri: uri(principal.name),
            token_endpoint_auth_signing_alg: principal.keys[0]?.algorithm ?? null,
          },
  }))
  const isClient = ({ usage }: Principal): boolean => usage === 'client-authentication'
  return {
    issuer,
    clients: entries
      .filter(({ principal }) => isClient(principal))
      .map(({ principal, keys }) => ({ client_id: principal.id, ...keys })),
    issuers: entries
      .filter(({ principal }) => !isClient(principal))
      .map(({ principal, keys }) => ({
        issuer: principal.id,
        subject: principal.subject,
        ...keys,
      })),
  }
}

async function party(
  described: Omit<Principal, 'keys'>,
  { key: keyFile, moreKeys }: Required<Pick<ClientFile, 'key' | 'moreKeys'>>,
  from: KeySource,
): Promise<Party> {
  const { name } = described
  const { key, algorithm, kid } = await keyOf(keyFile, name, from)
  const more = await Promise.all(moreKeys.map((each) => keyOf(each, name, from)))
  return {
    principal: {
      ...described,
      keys: [
        { name: `${name}-key`, algorithm, kid },
        ...more.map((each, index) => ({
          name: `${name}-key-${index + 2}`,
          algorithm: each.algorithm,
          kid: each.kid,
          ...markOf(moreKeys[index]),
        })),
      ],
    },
    key,
    more: more.map((each) => each.key),
    seeded: 'generate' in keyFile,
    elsewhere: 'public' in keyFile ? keyFile : null,
    publishes: null,
  }
}

function markOf({ mark }: MarkedKeyFile | undefined = { file: '' }): Pick<KeyFacts, 'mark'> {
  return mark === undefined ? {} : { mark }
}
