/** The parties that a target file registers, with their keys: read from files, or made from the seed. */
import { createPrivateKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { calculateJwkThumbprint } from 'jose'
import { CupelError } from '../harness/errors.ts'
import { publicJwk, seededKey, type PrivateJwk } from '../harness/jwt/keys.ts'
import { signerOf } from '../harness/jwt/sign.ts'
import type { Json, Usage } from '../harness/model/plan.ts'
import type {
  ClientFile,
  KeyFile,
  MarkedKeyFile,
  SubjectFile,
} from '../harness/model/target-file.ts'
import type { KeyFacts, Principal, Random } from '../harness/model/target.ts'

export interface Party {
  readonly principal: Principal
  readonly key: PrivateJwk
  /** Its further keys, in the order of its principal's. */
  readonly more: readonly PrivateJwk[]
  /** Whether its key is from the seed. */
  readonly seeded: boolean
}

/** The algorithm of a key that does not say, by its curve; RSA keys fit several. */
const ALGORITHM_OF_CURVE: Readonly<Record<string, string>> = {
  'P-256': 'ES256',
  'P-384': 'ES384',
  'P-521': 'ES512',
  Ed25519: 'EdDSA',
}

/** Where keys come from: files are named relative to a folder. */
export interface KeySource {
  readonly folder: string
  readonly random: Random
}

/** @throws {CupelError} ERR_CONFIG_INVALID when the key cannot be read or cannot sign. */
export function clientParty(
  { id, name = id, for: roles, key, moreKeys = [] }: ClientFile,
  from: KeySource,
): Promise<Party> {
  const described = { name, usage: 'client-authentication', id, subject: id, roles } as const
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
  const { name = unnamed, issuer, subject, for: roles, key, moreKeys = [] } = file
  return party({ name, usage, id: issuer, subject, roles }, { key, moreKeys }, from)
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
  { folder, random }: KeySource,
): Promise<Party> {
  const { name } = described
  const seeded = 'generate' in keyFile
  const more = await Promise.all(moreKeys.map((each) => keyInFile(each, folder, name)))
  const { key, algorithm, kid } = seeded
    ? generated(keyFile, name, random)
    : await keyInFile(keyFile, folder, name)
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
    seeded,
  }
}

function markOf({ mark }: MarkedKeyFile | undefined = { file: '' }): Pick<KeyFacts, 'mark'> {
  return mark === undefined ? {} : { mark }
}

interface Key {
  readonly key: PrivateJwk
  readonly algorithm: string
  readonly kid: string
}

function generated(
  { generate, kid }: KeyFile & { readonly generate: 'ES256' },
  owner: string,
  random: Random,
): Key {
  const named = kid ?? `${owner}-key`
  const key = seededKey(generate, named, random.stream(`keys/${owner}`))
  return { key, algorithm: generate, kid: named }
}

async function keyInFile(
  file: Exclude<KeyFile, { readonly generate: string }>,
  folder: string,
  owner: string,
): Promise<Key> {
  try {
    const jwk = imported(await readFile(resolve(folder, file.file), 'utf8'))
    const algorithm = file.alg ?? text(jwk, 'alg') ?? ALGORITHM_OF_CURVE[text(jwk, 'crv') ?? '']
    if (algorithm === undefined)
      throw new RangeError('it does not say its algorithm; write it as alg')
    const kid = file.kid ?? text(jwk, 'kid') ?? (await calculateJwkThumbprint({ ...jwk }))
    const key = { ...jwk, alg: algorithm, kid }
    signerOf(key)
    return { key, algorithm, kid }
  } catch (error) {
    // What a parser says of a key may quote it, so only our own words and the system's are passed on.
    const ours = error instanceof RangeError || (error instanceof Error && 'syscall' in error)
    const why = ours ? error.message : 'it is no private key as JWK or PEM'
    throw new CupelError(
      'ERR_CONFIG_INVALID',
      `the key of ${owner} in ${file.file} cannot be used: ${why}`,
      {
        hint: 'A JWK (RFC 7517) or a PEM file with the private key; its path is relative to the target file.',
      },
    )
  }
}

/** What the file says of the key, proved to be a private key. */
function imported(given: string): PrivateJwk {
  const isPem = given.includes('-----BEGIN')
  const exported = isPem ? createPrivateKey(given).export({ format: 'jwk' }) : null
  const jwk: PrivateJwk = JSON.parse(exported === null ? given : JSON.stringify(exported))
  if (!isPem) createPrivateKey({ key: jwk, format: 'jwk' })
  return jwk
}

function text(jwk: PrivateJwk, member: string): string | undefined {
  const value = jwk[member]
  return typeof value === 'string' ? value : undefined
}
