import { ecdsaVerifies } from './lenient.ts'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const ecdsaAnyForm: Flaw = {
  name: 'ecdsa-any-form',
  title: 'An ECDSA signature in DER, or of another length, is verified all the same',
  seenIn: 'libraries around those of other protocols',
  caughtBy: ['signature/invalid-accepted'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    verify: async (text, header, signer, all) =>
      ecdsaVerifies(text, header, signer, { forms: formsOf }) ||
      faultless.verify(text, header, signer, all),
  }),
}

/** What may have been meant: numbers side by side with their zeros, or what DER says. */
function formsOf(signature: Buffer): readonly Buffer[] {
  const padded = Buffer.concat([Buffer.alloc(Math.max(0, 64 - signature.length)), signature])
  return [padded.subarray(0, 64), fromDer(signature)]
}

function fromDer(der: Buffer): Buffer {
  const numbers: Buffer[] = []
  for (let at = 2; at < der.length; at += 2 + (der[at + 1] ?? 0)) {
    const number = der.subarray(at + 2, at + 2 + (der[at + 1] ?? 0)).subarray(-32)
    numbers.push(Buffer.concat([Buffer.alloc(32 - number.length), number]))
  }
  return Buffer.concat(numbers)
}
