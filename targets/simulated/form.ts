/** What a simulated node makes of bytes that it never sees: their form, by the name of the defect. */
import type { Truth } from '../../harness/model/history.ts'
import type { Defect } from '../../harness/model/plan.ts'

/** Signed by the right key, and refused all the same by whoever reads the bytes (targets/reference/verify.ts). */
const UNREADABLE: ReadonlySet<string> = new Set([
  'b64-false',
  'claim-type',
  'crit-malformed',
  'crit-unknown',
  'header-text',
  'header-type',
  'nested',
  'nested-signed',
  'padded',
  'payload-text',
  'payload-unencoded',
  'respelt',
  'surrounded',
  'type',
])

export function isReadable(defect: Defect | null): boolean {
  return defect === null || !UNREADABLE.has(defect.kind)
}

/** What is so of what the harness did not make. */
export const NOTHING: Truth = {
  issuer: null,
  subject: null,
  audience: null,
  authentic: false,
  algorithm: null,
  jti: null,
  expUs: null,
  nbfUs: null,
  iatUs: null,
  defect: null,
}
