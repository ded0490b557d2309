/** The parties that a target file registers, with their keys: read from files, or made from the seed. */
import { createPrivateKey, type JsonWebKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { calculateJwkThumbprint } from 'jose'
import { CupelError } from '../harness/errors.ts'
import { publicJwk, seededKey, type PrivateJwk } from '../harness/jwt/keys.ts'
import { signerOf } from '../harness/jwt/sign.ts'
import type { Json, Usage } from '../harness/model/plan.ts'
import type { ClientFile, KeyFile, SubjectFile } from '../harness/model/target-file.ts'
import type { Principal, Random } from '../harness/model/target.ts'

export interface Party {
  readonly principal: Principal
  readonly key: PrivateJwk
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
export function clientParty({ id, name = id, for: roles, key }: ClientFile, from: KeySource): Promise<Party> {
  return party({ name, usage: 'client-authentication', id, subject: id, roles }, key, from)
}

/**
 * @param unnamed Its name, if it has none.
 * @throws {CupelError} ERR_CONFIG_INVALID when the key cannot be read or cannot sign.
 */
export function subjectParty(usage: Usage, file: SubjectFile, unnamed: string, from: KeySource): Promise<Party> {
  const { name = unnamed, issuer, subject, for: roles, key } = file
  return party({ name, usage, id: issuer, subject, roles }, key, from)
}

/** What a server is set up with: the public keys of all parties. */
export function registration(issuer: string, parties: readonly Party[]): Json {
  const entries = parties.map(({ principal, key }) => ({ principal, jwks: { keys: [publicJwk(key)] } }))
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
  { folder, random }: KeySource,
): Promise<Party> {
  const { name } = described
  const seeded = 'generate' in keyFile
  const key = seeded
    ? seededKey(keyFile.generate, keyFile.kid ?? `${name}-key`, random.stream(`key/${name}`))
    : await keyInFile(keyFile, folder, name)
  const facts = { name: `${name}-key`, algorithm: String(key['alg']), kid: String(key['kid']) }
  return { principal: { ...described, keys: [facts] }, key, seeded }
}

async function keyInFile(
  { file, alg, kid }: Exclude<KeyFile, { readonly generate: string }>,
  folder: string,
  owner: string,
): Promise<PrivateJwk> {
  try {
    const jwk = imported(await readFile(resolve(folder, file), 'utf8'))
    const algorithm = alg ?? jwk['alg'] ?? ALGORITHM_OF_CURVE[String(jwk['crv'])]
    if (algorithm === undefined) throw new RangeError('it does not say its algorithm; write it as alg')
    const key = { ...jwk, alg: algorithm, kid: kid ?? jwk['kid'] ?? (await calculateJwkThumbprint({ ...jwk })) }
    signerOf(key)
    return key
  } catch (error) {
    // What a parser says of a key may quote it, so only our own words and the system's are passed on.
    const why = error instanceof RangeError || isSystemError(error) ? error.message : 'it is no private key as JWK or PEM'
    throw new CupelError('ERR_CONFIG_INVALID', `the key of ${owner} in ${file} cannot be used: ${why}`, {
      hint: 'A JWK (RFC 7517) or a PEM file with the private key; its path is relative to the target file.',
    })
  }
}

function imported(text: string): PrivateJwk {
  const pem = text.includes('-----BEGIN')
  const given = pem ? createPrivateKey(text).export({ format: 'jwk' }) : (JSON.parse(text) as JsonWebKey)
  // Proves that it is a private key, and drops nothing that the file says of it.
  if (!pem) createPrivateKey({ key: given, format: 'jwk' })
  return given as PrivateJwk
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}
