/** Defects of the signature alone: none that the key made, in whole. */
import { forged, octets, option, type Makings } from './making.ts'

export const UNSIGNED: Makings = [
  // `octets`: what stands in the signature's place, in base64url.
  [
    'signature-random',
    forged((segments, defect) => ({ ...segments, signature: option(defect, 'octets') })),
  ],
  [
    'signature-cut',
    forged((segments, defect) => ({
      ...segments,
      signature: shorter(segments.signature, defect['by']),
    })),
  ],
]

/** @param by How many octets its end loses; at least one, and all of them when there are no more. */
function shorter(signature: string, by: unknown): string {
  if (typeof by !== 'number' || !Number.isSafeInteger(by) || by < 1) {
    throw new RangeError('signature-cut needs a number of octets')
  }
  const whole = octets(signature)
  return whole.subarray(0, Math.max(0, whole.length - by)).toString('base64url')
}
