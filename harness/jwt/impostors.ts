/** Defects of who signs: keys that an attacker has or can make from what is public. None of them is the issuer's. */
import { createHmac, createPublicKey, type KeyObject } from 'node:crypto'
import { seeded } from '../random.ts'
import type { Defect } from '../model/plan.ts'
import { publicJwk, seededKey, type PrivateJwk } from './keys.ts'
import { encoded, formOf, option, type Draft, type Making, type Makings } from './making.ts'
import { signerOf } from './sign.ts'

/** Known to everybody who reads this: it stands for any key that no target has registered. */
const ATTACKERS_KEY = seededKey('ES256', 'attackers-key', seeded('the attacker'))

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
    der: (key) => key.export({ type: 'spki', format: 'der' }),
    'jwk-text': (key) => JSON.stringify(key.export({ format: 'jwk' })),
    'registered-jwk-text': (_, jwk) => JSON.stringify(publicJwk(jwk)),
    'first-member': (_, jwk) =>
      Buffer.from(option({ kind: 'key', ...jwk }, 'x' in jwk ? 'x' : 'n'), 'base64url'),
  }

function impostor(how: Pick<Making, 'inscribe' | 'sign'>): Making {
  return { breaksAuthenticity: true, alter: null, ...how }
}

/** `embed: 'jwk'` offers the key that verifies in the header itself (RFC 7515 §4.1.3). */
function withAttackersHeader({ header, claims, defect }: Draft) {
  const embedded = defect['embed'] === 'jwk' ? { jwk: publicJwk(ATTACKERS_KEY) } : {}
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
