/** Signatures that the right key made in another way than its algorithm has it (RFC 7518 section 3). */
import {
  constants,
  createPrivateKey,
  sign,
  type KeyObject,
  type SignKeyObjectInput,
} from 'node:crypto'
import type { Defect } from '../model/plan.ts'
import type { PrivateJwk } from './keys.ts'
import { formOf, type Makings } from './making.ts'

/** `signed-otherwise`: the header says one thing and the signature is another, or both are what the key is not for. */
export const OTHERWISE: Makings = [
  ['signed-otherwise', { breaksAuthenticity: true, alter: null, sign: otherwise }],
]

interface Manner {
  readonly hash: string
  readonly options?: Omit<SignKeyObjectInput, 'key'>
}

const PSS = constants.RSA_PKCS1_PSS_PADDING

function pss(saltLength: number): NonNullable<Manner['options']> {
  return { padding: PSS, saltLength }
}

/** By what was made of it. ECDSA signatures are two numbers side by side. */
const MANNERS: Readonly<Record<string, Manner>> = {
  rs1: { hash: 'sha1' },
  rs256: { hash: 'sha256' },
  rs512: { hash: 'sha512' },
  ps256: { hash: 'sha256', options: pss(constants.RSA_PSS_SALTLEN_DIGEST) },
  ps512: { hash: 'sha512', options: pss(constants.RSA_PSS_SALTLEN_DIGEST) },
  'ps256-without-salt': { hash: 'sha256', options: pss(0) },
  'ps256-with-the-longest-salt': {
    hash: 'sha256',
    options: pss(constants.RSA_PSS_SALTLEN_MAX_SIGN),
  },
  'ecdsa-with-sha-512': { hash: 'sha512', options: { dsaEncoding: 'ieee-p1363' } },
  'ecdsa-with-sha-256': { hash: 'sha256', options: { dsaEncoding: 'ieee-p1363' } },
}

function otherwise(input: string, defect: Defect, key: PrivateJwk): Uint8Array {
  const { hash, options } = formOf(MANNERS, defect)
  return sign(hash, Buffer.from(input), { ...options, key: imported(key) })
}

/** The members that node:crypto reads are texts. */
function imported(key: PrivateJwk): KeyObject {
  const texts = Object.entries(key).filter(([, value]) => typeof value === 'string')
  return createPrivateKey({ key: Object.fromEntries(texts), format: 'jwk' })
}
