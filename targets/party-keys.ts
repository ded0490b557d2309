/** The key that a target file gives a party: read from a file, made from the seed, or the public part of one elsewhere. */
import { createPrivateKey, createPublicKey, createSecretKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { calculateJwkThumbprint } from 'jose'
import { CupelError } from '../harness/errors.ts'
import { publicJwk, seededKey, type PrivateJwk } from '../harness/jwt/keys.ts'
import { signerOf } from '../harness/jwt/sign.ts'
import { verifierOf } from '../harness/jwt/verify.ts'
import type { KeyElsewhere, KeyFile, KeyFromSeed, KeyInFile } from '../harness/model/target-file.ts'
import type { Random } from '../harness/model/target.ts'

/** Where keys come from: files are named relative to a folder. */
export interface KeySource {
  readonly folder: string
  readonly random: Random
}

export interface Key {
  /** With `kid` and `alg`; of a key elsewhere the public part. */
  readonly key: PrivateJwk
  readonly algorithm: string
  readonly kid: string
}

/** The algorithm of a key that does not say, by its curve; RSA keys fit several. */
const ALGORITHM_OF_CURVE: Readonly<Record<string, string>> = {
  'P-256': 'ES256',
  'P-384': 'ES384',
  'P-521': 'ES512',
  Ed25519: 'EdDSA',
}

/** @throws {CupelError} ERR_CONFIG_INVALID when the key cannot be read or cannot sign. */
export async function keyOf(file: KeyFile, owner: string, from: KeySource): Promise<Key> {
  if ('generate' in file) return generated(file, owner, from.random)
  return 'public' in file
    ? publicKeyIn(file, from.folder, owner)
    : keyInFile(file, from.folder, owner)
}

function generated({ generate, kid }: KeyFromSeed, owner: string, random: Random): Key {
  const named = kid ?? `${owner}-key`
  const key = seededKey(generate, named, random.stream(`keys/${owner}`))
  return { key, algorithm: generate, kid: named }
}

async function keyInFile(file: KeyInFile, folder: string, owner: string): Promise<Key> {
  try {
    const key = await withName(imported(await readFile(resolve(folder, file.file), 'utf8')), file)
    signerOf(key.key)
    return key
  } catch (error) {
    throw unusable(error, {
      what: `the key of ${owner} in ${file.file}`,
      is: 'private',
    })
  }
}

async function publicKeyIn(file: KeyElsewhere, folder: string, owner: string): Promise<Key> {
  try {
    const jwk = importedPublic(await readFile(resolve(folder, file.public), 'utf8'))
    const key = await withName(jwk, file)
    verifierOf(key.key)
    return key
  } catch (error) {
    throw unusable(error, {
      what: `the public key of ${owner} in ${file.public}`,
      is: 'public',
    })
  }
}

async function withName(
  jwk: PrivateJwk,
  { alg, kid }: { readonly alg?: string; readonly kid?: string },
): Promise<Key> {
  const algorithm = alg ?? text(jwk, 'alg') ?? ALGORITHM_OF_CURVE[text(jwk, 'crv') ?? '']
  if (algorithm === undefined)
    throw new RangeError('it does not say its algorithm; write it as alg')
  const name = kid ?? text(jwk, 'kid') ?? (await calculateJwkThumbprint({ ...jwk }))
  return { key: { ...jwk, alg: algorithm, kid: name }, algorithm, kid: name }
}

/** What a parser says of a key may quote it, so only our own words and the system's are passed on. */
function unusable(error: unknown, { what, is }: { what: string; is: string }): CupelError {
  const ours = error instanceof RangeError || (error instanceof Error && 'syscall' in error)
  const why = ours ? error.message : `it is no ${is} key as JWK or PEM`
  return new CupelError('ERR_CONFIG_INVALID', `${what} cannot be used: ${why}`, {
    hint: `A JWK (RFC 7517) or a PEM file with the ${is} key; its path is relative to the target file.`,
  })
}

/** What the file says of the key, proved to be a private key, or the secret that a symmetric one is. */
function imported(given: string): PrivateJwk {
  const isPem = given.includes('-----BEGIN')
  const exported = isPem ? createPrivateKey(given).export({ format: 'jwk' }) : null
  const jwk: PrivateJwk = JSON.parse(exported === null ? given : JSON.stringify(exported))
  if (jwk['kty'] === 'oct') createSecretKey(Buffer.from(text(jwk, 'k') ?? '', 'base64url'))
  else if (!isPem) createPrivateKey({ key: jwk, format: 'jwk' })
  return jwk
}

/** Of a private key that was given in place of a public one nothing else is kept. */
function importedPublic(given: string): PrivateJwk {
  if (given.includes('-----BEGIN')) {
    const jwk: PrivateJwk = JSON.parse(
      JSON.stringify(createPublicKey(given).export({ format: 'jwk' })),
    )
    return jwk
  }
  const jwk: PrivateJwk = JSON.parse(given)
  createPublicKey({ key: publicJwk(jwk), format: 'jwk' })
  return publicJwk(jwk)
}

function text(jwk: PrivateJwk, member: string): string | undefined {
  const value = jwk[member]
  return typeof value === 'string' ? value : undefined
}
