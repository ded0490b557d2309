/** Every check, by document. Nothing registers itself: what is not listed here does not run. */
import type { Check } from '../harness/model/check.ts'
import { section4 as bisSection4 } from './bis/s4-audience.ts'
import { section3 } from './rfc7523/s3-format-and-processing.ts'
import { section31 } from './rfc7523/s3-1-authorization-grants.ts'
import { section23 } from './rfc7662/s2-3-error-response.ts'
import { section4 as rfc9068Section4 } from './rfc9068/s4-validating-tokens.ts'

export const CHECKS: readonly Check[] = [
  ...section3,
  ...section31,
  ...bisSection4,
  ...section23,
  ...rfc9068Section4,
]
