/** What a simulated node makes of bytes that it never sees: their form, by the name of the defect. */
import type { Defect } from '../../harness/model/plan.ts'

/** Signed by the right key, and refused all the same by whoever reads the bytes (targets/reference/verify.ts). */
const UNREADABLE: ReadonlySet<string> = new Set([
  'b64-false',
  'claim-type',
  'crit-unknown',
  'padded',
  'payload-text',
  'payload-unencoded',
])

export function isReadable(defect: Defect | null): boolean {
  return defect === null || !UNREADABLE.has(defect.kind)
}
