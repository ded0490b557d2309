/** Every check, by document. Nothing registers itself: what is not listed here does not run. */
import type { Check } from '../harness/model/check.ts'
import { section4 as bisSection4 } from './bis/s4-audience.ts'
import { section4Types as bisSection4Types } from './bis/s4-types.ts'
import { section5321 as fapi2Section5321 } from './fapi2/s5-3-2-1-authorization-servers.ts'
import { section9 as oidcSection9 } from './oidc/s9-client-authentication.ts'
import { section32 as rfc6749Section32 } from './rfc6749/s3-2-token-endpoint.ts'
import { section5 as rfc6749Section5 } from './rfc6749/s5-answers.ts'
import { section2 as rfc7515Section2 } from './rfc7515/s2-terminology.ts'
import { section4 as rfc7515Section4 } from './rfc7515/s4-jose-header.ts'
import { section52 as rfc7515Section52 } from './rfc7515/s5-2-signature-validation.ts'
import { section7 as rfc7515Section7 } from './rfc7515/s7-serializations.ts'
import { section3 as rfc7518Section3 } from './rfc7518/s3-digital-signatures.ts'
import { section2 as rfc7519Section2 } from './rfc7519/s2-numeric-dates.ts'
import { section41 as rfc7519Section41 } from './rfc7519/s4-1-registered-claims.ts'
import { section4 as rfc7519Section4 } from './rfc7519/s4-jwt-claims.ts'
import { section72 as rfc7519Section72 } from './rfc7519/s7-2-validating.ts'
import { section421 } from './rfc7521/s4-2-1-error-responses.ts'
import { section42 } from './rfc7521/s4-2-client-authentication.ts'
import { section52 } from './rfc7521/s5-2-general-format.ts'
import { section3Audience } from './rfc7523/s3-audience.ts'
import { section3Identifiers } from './rfc7523/s3-identifiers.ts'
import { section3Parties } from './rfc7523/s3-parties.ts'
import { section3Times } from './rfc7523/s3-times.ts'
import { section31 } from './rfc7523/s3-1-authorization-grants.ts'
import { section32 } from './rfc7523/s3-2-client-authentication.ts'
import { section5 } from './rfc7523/s5-mandatory-algorithms.ts'
import { section6 } from './rfc7523/s6-security-considerations.ts'
import { section23 } from './rfc7662/s2-3-error-response.ts'
import { section7 as rfc7797Section7 } from './rfc7797/s7-with-jwts.ts'
import { section2 as rfc8725Section2 } from './rfc8725/s2-threats.ts'
import { section3 as rfc8725Section3 } from './rfc8725/s3-best-practices.ts'
import { section4 as rfc9068Section4 } from './rfc9068/s4-validating-tokens.ts'

export const CHECKS: readonly Check[] = [
  ...section42,
  ...section421,
  ...section52,
  ...section3Parties,
  ...section3Audience,
  ...section3Times,
  ...section3Identifiers,
  ...section31,
  ...section32,
  ...section5,
  ...section6,
  ...bisSection4,
  ...bisSection4Types,
  ...rfc7519Section2,
  ...rfc7519Section4,
  ...rfc7519Section41,
  ...rfc7519Section72,
  ...rfc7515Section2,
  ...rfc7515Section4,
  ...rfc7515Section52,
  ...rfc7515Section7,
  ...rfc7518Section3,
  ...rfc7797Section7,
  ...rfc8725Section2,
  ...rfc8725Section3,
  ...rfc6749Section32,
  ...rfc6749Section5,
  ...oidcSection9,
  ...fapi2Section5321,
  ...section23,
  ...rfc9068Section4,
]
