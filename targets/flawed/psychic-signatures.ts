import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const psychicSignatures: Flaw = {
  name: 'psychic-signatures',
  title: 'An ECDSA signature of zeros verifies whatever was signed',
  seenIn: 'a widely used runtime, until 2022',
  caughtBy: ['signature/invalid-accepted'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    async verify(text, header, signer, all) {
      const signature = Buffer.from(text.slice(text.lastIndexOf('.') + 1), 'base64url')
      const isZero =
        signature.length === 64 && signature.subarray(0, 32).every((octet) => octet === 0)
      return isZero || faultless.verify(text, header, signer, all)
    },
  }),
}
