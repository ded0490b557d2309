/** Defects of who signs: keys that an attacker has or can make from what is public. None of them is the issuer's. */
import { createHmac, createPublicKey, type KeyObject } from 'node:crypto'
import type { Defect, Json } from '../model/plan.ts'
import { ATTACKERS_CERTIFICATE, ATTACKERS_KEY } from './attacker.ts'
import { publicJwk, type PrivateJwk } from './keys.ts'
import { encoded, formOf, option, type Draft, type Making, type Makings } from './making.ts'
import { signerOf } from './sign.ts'

export const IMPOSTORS: Makings = [
  ['attacker-key', impostor({ inscribe: withAttackersHeader, sign: byAttacker })],
  ['public-key-as-secret', impostor({ sign: byPublicKey })],
  ['guessed-secret', impostor({ sign: byGuess })],
]

/**
 * What libraries have taken for the secret of an HMAC when the header said so (RFC 8725 §2.1): the public key, in
 * whatever form it was at hand.
 */
const SECRETS: Readonly<Record<string, (key: KeyObject, jwk: PrivateJwk) => string | Uint8Array>> =
  {
    pem: (key) => spkiPem(key),
    'pem-without-newline': (key) => spkiPem(key).trimEnd(),
    'pem-on-one-line': (key) => spkiPem(key).replaceAll(/-----[A-Z ]+-----|\s/g, ''),
    'pem-of-rsa': (key) => key.export({ type: 'pkcs1', format: 'pem' }).toString(),
    der: (key) => key.export({ type: 'spki', format: 'der' }),
    'jwk-text': (key) => JSON.stringify(key.export({ format: 'jwk' })),
    'registered-jwk-text': (_, jwk) => JSON.stringify(publicJwk(jwk)),
    'first-member': (_, jwk) =>
      Buffer.from(option({ kind: 'key', ...jwk }, 'x' in jwk ? 'x' : 'n'), 'base64url'),
  }

function impostor(how: Pick<Making, 'inscribe' | 'sign'>): Making {
  return { breaksAuthenticity: true, alter: null, ...how }
}

/** What the header offers to verify with, by `embed`. */
const EMBEDDED: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  jwk: { jwk: publicJwk(ATTACKERS_KEY) },
  // RFC 9449 §4.2: a proof must not give its private key away.
  'private-jwk': { jwk: ATTACKERS_KEY },
  x5c: { x5c: [ATTACKERS_CERTIFICATE] },
}

function withAttackersHeader({ header, claims, defect }: Draft) {
  const { embed } = defect
  const embedded = typeof embed === 'string' ? (EMBEDDED[embed] ?? {}) : {}
  return {
    header: encoded({ ...header, alg: 'ES256', ...embedded }),
    payload: encoded(claims),
  }
}

function byAttacker(input: string): Uint8Array {
  return signerOf(ATTACKERS_KEY)(input)
}

function byPublicKey(input: string, defect: Defect, key: PrivateJwk): Uint8Array {
  const texts = Object.entries(publicJwk(key)).filter(([, value]) => typeof value === 'string')
  const published = createPublicKey({ key: Object.fromEntries(texts), format: 'jwk' })
  return hmac(formOf(SECRETS, defect)(published, key), input)
}

function byGuess(input: string, defect: Defect): Uint8Array {
  return hmac(option(defect, 'secret'), input)
}

function hmac(secret: string | Uint8Array, input: string): Uint8Array {
  return createHmac('sha256', secret).update(input).digest()
}

function spkiPem(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString()
}
