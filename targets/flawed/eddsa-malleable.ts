import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const eddsaMalleable: Flaw = {
  name: 'eddsa-malleable',
  title: 'An EdDSA signature is verified without looking how large its second half is',
  seenIn: 'libraries from before RFC 8032',
  caughtBy: ['signature/invalid-accepted'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    async verify(text, header, signer, all) {
      const end = text.lastIndexOf('.') + 1
      const reduced = text.slice(0, end) + withinOrder(text.slice(end))
      return faultless.verify(header['alg'] === 'EdDSA' ? reduced : text, header, signer, all)
    },
  }),
}

/** Of the base point (RFC 8032 §5.1). */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n

function withinOrder(signature: string): string {
  const octets = Buffer.from(signature, 'base64url')
  const s = BigInt(`0x0${Buffer.from(octets.subarray(32).toReversed()).toString('hex')}`) % ORDER
  const last = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').toReversed()
  return Buffer.concat([octets.subarray(0, 32), last]).toString('base64url')
}
