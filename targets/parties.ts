/** The parties that a target file registers, with their keys. */
import { publicJwk, type PrivateJwk } from '../harness/jwt/keys.ts'
import type { Json, Usage } from '../harness/model/plan.ts'
import type {
  ClientFile,
  IdentityFile,
  KeyElsewhere,
  MarkedKeyFile,
  SubjectFile,
} from '../harness/model/target-file.ts'
import type { KeyFacts, Principal } from '../harness/model/target.ts'
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
}

/** @throws {CupelError} ERR_CONFIG_INVALID when the key cannot be read or cannot sign. */
export function clientParty(
  { id, name = id, for: roles, key, moreKeys = [], tls }: ClientFile,
  from: KeySource,
): Promise<Party> {
  const usage = 'client-authentication'
  const described = { name, usage, id, subject: id, roles, ...shown(tls) } as const
  return party(described, { key, moreKeys }, from)
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

/** What a server is set up with: the public keys of all parties. */
export function registration(issuer: string, parties: readonly Party[]): Json {
  const entries = parties.map(({ principal, key, more }) => ({
    principal,
    jwks: { keys: [key, ...more].map((each) => publicJwk(each)) },
  }))
  const isClient = ({ usage }: Principal): boolean => usage === 'client-authentication'
  return {
    issuer,
    clients: entries
      .filter(({ principal }) => isClient(principal))
      .map(({ principal, jwks }) => ({ client_id: principal.id, jwks })),
    issuers: entries
      .filter(({ principal }) => !isClient(principal))
      .map(({ principal, jwks }) => ({ issuer: principal.id, subject: principal.subject, jwks })),
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
  }
}

function markOf({ mark }: MarkedKeyFile | undefined = { file: '' }): Pick<KeyFacts, 'mark'> {
  return mark === undefined ? {} : { mark }
}
