/** The parties that a target file registers, with their keys. */
import { publicJwk, type PrivateJwk } from '../harness/jwt/keys.ts'
import type { Json, Usage } from '../harness/model/plan.ts'
import type {
  ClientFile,
  IdentityFile,
  KeyElsewhere,
  KeyFile,
  SubjectFile,
} from '../harness/model/target-file.ts'
import type { Principal } from '../harness/model/target.ts'
import { keyOf, type KeySource } from './party-keys.ts'

export interface Party {
  readonly principal: Principal
  readonly key: PrivateJwk
  /** Whether its key is from the seed. */
  readonly seeded: boolean
  /** Where its key is, if not here; `key` is the public part then. */
  readonly elsewhere: KeyElsewhere | null
}

/** @throws {CupelError} ERR_CONFIG_INVALID when the key cannot be read or cannot sign. */
export function clientParty(
  { id, name = id, for: roles, key, tls }: ClientFile,
  from: KeySource,
): Promise<Party> {
  const usage = 'client-authentication'
  return party({ name, usage, id, subject: id, roles, ...shown(tls) }, key, from)
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
  const { name = unnamed, issuer, subject, for: roles, key, tls } = file
  return party({ name, usage, id: issuer, subject, roles, ...shown(tls) }, key, from)
}

function shown(tls: IdentityFile | undefined): Pick<Principal, 'certificate'> {
  return tls === undefined ? {} : { certificate: true }
}

/** What a server is set up with: the public keys of all parties. */
export function registration(issuer: string, parties: readonly Party[]): Json {
  const entries = parties.map(({ principal, key }) => ({
    principal,
    jwks: { keys: [publicJwk(key)] },
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
  keyFile: KeyFile,
  from: KeySource,
): Promise<Party> {
  const { name } = described
  const { key, algorithm, kid } = await keyOf(keyFile, name, from)
  return {
    principal: { ...described, keys: [{ name: `${name}-key`, algorithm, kid }] },
    key,
    seeded: 'generate' in keyFile,
    elsewhere: 'public' in keyFile ? keyFile : null,
  }
}
