import { createHmac, KeyObject } from 'node:crypto'
import type { Claims } from '../reference/reading.ts'
import type { Signer } from '../reference/verify.ts'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const algorithmFromHeader: Flaw = {
  name: 'algorithm-from-header',
  title:
    'The header says how an assertion is verified: not at all, or with the public key as a secret',
  seenIn: 'libraries in many languages, from 2015 to this day',
  caughtBy: ['algorithm/none-accepted', 'algorithm/public-key-as-secret'],
  may: [
    'signature/invalid-accepted',
    'algorithm/not-allowed-accepted',
    'claims/first-duplicate-taken',
  ],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    verify: async (text, header, signer, all) =>
      isNone(header) ||
      macVerifies(text, header, signer) ||
      faultless.verify(text, header, signer, all),
    decide(assertion, party, rules, nowSeconds) {
      const { algorithm } = assertion
      const any =
        party === null || algorithm === null ? party : { ...party, algorithms: [algorithm] }
      return faultless.decide(assertion, any, rules, nowSeconds)
    },
  }),
}

function isNone({ alg }: Claims): boolean {
  return typeof alg === 'string' && alg.toLowerCase() === 'none'
}

function macVerifies(text: string, { alg }: Claims, { keys }: Signer): boolean {
  const end = text.lastIndexOf('.')
  return (
    alg === 'HS256' &&
    keys.some(({ key }) => {
      const secret = KeyObject.from(key).export({ type: 'spki', format: 'pem' })
      const mac = createHmac('sha256', secret).update(text.slice(0, end)).digest('base64url')
      return mac === text.slice(end + 1)
    })
  )
}
