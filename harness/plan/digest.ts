/** A fingerprint of a plan: the same seed, target and selection give the same one on every machine. */
import { createHash } from 'node:crypto'
import type { Json } from '../model/plan.ts'

/** SHA-256 over the JSON texts, each ended by a newline; 64 hex digits. */
export function digest(parts: readonly Json[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${JSON.stringify(part)}\n`)
  return hash.digest('hex')
}
