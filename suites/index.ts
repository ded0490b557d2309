/** Every check, by document. Nothing registers itself: what is not listed here does not run. */
import type { Check } from '../harness/model/check.ts'
import { section41 as rfc7521Section41 } from './rfc7521/s4-1-authorization-grants.ts'
import { section42 as rfc7521Section42 } from './rfc7521/s4-2-client-authentication.ts'
import { section421 as rfc7521Section421 } from './rfc7521/s4-2-1-error-responses.ts'
import { section51 as rfc7521Section51 } from './rfc7521/s5-1-assertion-metadata.ts'
import { section52 as rfc7521Section52 } from './rfc7521/s5-2-general-format.ts'
import { section21 as rfc7523Section21 } from './rfc7523/s2-1-as-grants.ts'
import { section22 as rfc7523Section22 } from './rfc7523/s2-2-as-client-authentication.ts'
import { section3Audience as rfc7523Section3Audience } from './rfc7523/s3-audience.ts'
import { section3Identifiers as rfc7523Section3Identifiers } from './rfc7523/s3-identifiers.ts'
import { section3Parties as rfc7523Section3Parties } from './rfc7523/s3-parties.ts'
import { section3Times as rfc7523Section3Times } from './rfc7523/s3-times.ts'
import { section31 as rfc7523Section31 } from './rfc7523/s3-1-authorization-grants.ts'
import { section32 as rfc7523Section32 } from './rfc7523/s3-2-client-authentication.ts'
import { section5 as rfc7523Section5 } from './rfc7523/s5-mandatory-algorithms.ts'
import { section6 as rfc7523Section6 } from './rfc7523/s6-security-considerations.ts'
import { section4 as bisSection4 } from './bis/s4-audience.ts'
import { section4Types as bisSection4Types } from './bis/s4-types.ts'
import { section5 as bisSection5 } from './bis/s5-other-endpoints.ts'
import { section7 as bisSection7 } from './bis/s7-security-considerations.ts'
import { section2 as rfc7519Section2 } from './rfc7519/s2-numeric-dates.ts'
import { section4 as rfc7519Section4 } from './rfc7519/s4-jwt-claims.ts'
import { section41 as rfc7519Section41 } from './rfc7519/s4-1-registered-claims.ts'
import { section414 as rfc7519Section414 } from './rfc7519/s4-1-4-expiration-time.ts'
import { section417 as rfc7519Section417 } from './rfc7519/s4-1-7-jwt-id.ts'
import { section52 as rfc7519Section52 } from './rfc7519/s5-2-content-type.ts'
import { section6 as rfc7519Section6 } from './rfc7519/s6-unsecured-jwts.ts'
import { section72 as rfc7519Section72 } from './rfc7519/s7-2-validating.ts'
import { section2 as rfc7515Section2 } from './rfc7515/s2-terminology.ts'
import { section4 as rfc7515Section4 } from './rfc7515/s4-jose-header.ts'
import { section414 as rfc7515Section414 } from './rfc7515/s4-1-4-key-id.ts'
import { section4111 as rfc7515Section4111 } from './rfc7515/s4-1-11-critical.ts'
import { section52 as rfc7515Section52 } from './rfc7515/s5-2-signature-validation.ts'
import { section7 as rfc7515Section7 } from './rfc7515/s7-serializations.ts'
import { section10 as rfc7515Section10 } from './rfc7515/s10-security-considerations.ts'
import { section3 as rfc7518Section3 } from './rfc7518/s3-digital-signatures.ts'
import { section32 as rfc7518Section32 } from './rfc7518/s3-2-hmac.ts'
import { section33 as rfc7518Section33 } from './rfc7518/s3-3-rsassa-pkcs1.ts'
import { section35 as rfc7518Section35 } from './rfc7518/s3-5-rsassa-pss.ts'
import { section7 as rfc7797Section7 } from './rfc7797/s7-with-jwts.ts'
import { section31 as rfc8037Section31 } from './rfc8037/s3-1-signing.ts'
import { section22 as rfc9864Section22 } from './rfc9864/s2-2-edwards-curves.ts'
import { section2 as rfc8725Section2 } from './rfc8725/s2-threats.ts'
import { section31 as rfc8725Section31 } from './rfc8725/s3-1-algorithms.ts'
import { section32 as rfc8725Section32 } from './rfc8725/s3-2-appropriate-algorithms.ts'
import { section37 as rfc8725Section37 } from './rfc8725/s3-7-utf-8.ts'
import { section38 as rfc8725Section38 } from './rfc8725/s3-8-issuer-and-subject.ts'
import { section310 as rfc8725Section310 } from './rfc8725/s3-10-header-values.ts'
import { section312 as rfc8725Section312 } from './rfc8725/s3-12-kinds-of-jwt.ts'
import { section313 as rfc8725bisSection313 } from './rfc8725bis/s3-13-computing.ts'
import { section314 as rfc8725bisSection314 } from './rfc8725bis/s3-14-characters.ts'
import { section108 as rfc9101Section108 } from './rfc9101/s10-8-cross-jwt-confusion.ts'
import { section32 as rfc6749Section32 } from './rfc6749/s3-2-token-endpoint.ts'
import { section44 as rfc6749Section44 } from './rfc6749/s4-4-client-credentials.ts'
import { section5 as rfc6749Section5 } from './rfc6749/s5-answers.ts'
import { section2 as rfc8414Section2 } from './rfc8414/s2-metadata.ts'
import { section33 as rfc8414Section33 } from './rfc8414/s3-3-validation.ts'
import { section25 as rfc9700Section25 } from './rfc9700/s2-5-client-authentication.ts'
import { section9 as oidcSection9 } from './oidc/s9-client-authentication.ts'
import { section522 as fapi1advSection522 } from './fapi1adv/s5-2-2-authorization-server.ts'
import { section86 as fapi1advSection86 } from './fapi1adv/s8-6-jws-algorithm.ts'
import { section5321 as fapi2Section5321 } from './fapi2/s5-3-2-1-authorization-servers.ts'
import { section534 as fapi2Section534 } from './fapi2/s5-3-4-resource-servers.ts'
import { section541 as fapi2Section541 } from './fapi2/s5-4-1-cryptography.ts'
import { section22 as rfc7662Section22 } from './rfc7662/s2-2-introspection-response.ts'
import { section23 as rfc7662Section23 } from './rfc7662/s2-3-error-response.ts'
import { section4 as rfc7662Section4 } from './rfc7662/s4-security-considerations.ts'
import { section21 as rfc7009Section21 } from './rfc7009/s2-1-revocation-request.ts'
import { section22 as rfc7009Section22 } from './rfc7009/s2-2-revocation-response.ts'
import { section21 as rfc8693Section21 } from './rfc8693/s2-1-request.ts'
import { section222 as rfc8693Section222 } from './rfc8693/s2-2-2-error-response.ts'
import { section2 as rfc9068Section2 } from './rfc9068/s2-access-tokens.ts'
import { section4 as rfc9068Section4 } from './rfc9068/s4-validating-tokens.ts'
import { section43 as rfc9449Section43 } from './rfc9449/s4-3-checking-proofs.ts'
import { section5 as rfc9449Section5 } from './rfc9449/s5-token-requests.ts'
import { section7 as rfc9449Section7 } from './rfc9449/s7-protected-resources.ts'
import { section8 as rfc9449Section8 } from './rfc9449/s8-nonces.ts'
import { section111 as rfc9449Section111 } from './rfc9449/s11-security-considerations.ts'
import { section3 as rfc8705Section3 } from './rfc8705/s3-certificate-bound-tokens.ts'
import { section21 as jwtsvidSection21 } from './jwtsvid/s2-1-algorithm.ts'
import { section23 as jwtsvidSection23 } from './jwtsvid/s2-3-type.ts'
import { section3 as jwtsvidSection3 } from './jwtsvid/s3-claims.ts'
import { section4 as jwtsvidSection4 } from './jwtsvid/s4-validation.ts'
import { section51 as jwtsvidSection51 } from './jwtsvid/s5-1-serialization.ts'
import { section6 as jwtsvidSection6 } from './jwtsvid/s6-bundles.ts'
import { section71 as jwtsvidSection71 } from './jwtsvid/s7-1-replay.ts'
import { section31 as spiffeauthSection31 } from './spiffeauth/s3-1-jwt-svid.ts'
import { section31 as idjagSection31 } from './idjag/s3-1-claims.ts'
import { section441 as idjagSection441 } from './idjag/s4-4-1-processing.ts'
import { section443 as idjagSection443 } from './idjag/s4-4-3-resubmission.ts'
import { section82 as idjagSection82 } from './idjag/s8-2-metadata.ts'
import { section9 as idjagSection9 } from './idjag/s9-security.ts'

export const CHECKS: readonly Check[] = [
  ...rfc7521Section41,
  ...rfc7521Section42,
  ...rfc7521Section421,
  ...rfc7521Section51,
  ...rfc7521Section52,
  ...rfc7523Section21,
  ...rfc7523Section22,
  ...rfc7523Section3Audience,
  ...rfc7523Section3Identifiers,
  ...rfc7523Section3Parties,
  ...rfc7523Section3Times,
  ...rfc7523Section31,
  ...rfc7523Section32,
  ...rfc7523Section5,
  ...rfc7523Section6,
  ...bisSection4,
  ...bisSection4Types,
  ...bisSection5,
  ...bisSection7,
  ...rfc7519Section2,
  ...rfc7519Section4,
  ...rfc7519Section41,
  ...rfc7519Section414,
  ...rfc7519Section417,
  ...rfc7519Section52,
  ...rfc7519Section6,
  ...rfc7519Section72,
  ...rfc7515Section2,
  ...rfc7515Section4,
  ...rfc7515Section414,
  ...rfc7515Section4111,
  ...rfc7515Section52,
  ...rfc7515Section7,
  ...rfc7515Section10,
  ...rfc7518Section3,
  ...rfc7518Section32,
  ...rfc7518Section33,
  ...rfc7518Section35,
  ...rfc7797Section7,
  ...rfc8037Section31,
  ...rfc9864Section22,
  ...rfc8725Section2,
  ...rfc8725Section31,
  ...rfc8725Section32,
  ...rfc8725Section37,
  ...rfc8725Section38,
  ...rfc8725Section310,
  ...rfc8725Section312,
  ...rfc8725bisSection313,
  ...rfc8725bisSection314,
  ...rfc9101Section108,
  ...rfc6749Section32,
  ...rfc6749Section44,
  ...rfc6749Section5,
  ...rfc8414Section2,
  ...rfc8414Section33,
  ...rfc9700Section25,
  ...oidcSection9,
  ...fapi1advSection522,
  ...fapi1advSection86,
  ...fapi2Section5321,
  ...fapi2Section534,
  ...fapi2Section541,
  ...rfc7662Section22,
  ...rfc7662Section23,
  ...rfc7662Section4,
  ...rfc7009Section21,
  ...rfc7009Section22,
  ...rfc8693Section21,
  ...rfc8693Section222,
  ...rfc9068Section2,
  ...rfc9068Section4,
  ...rfc9449Section43,
  ...rfc9449Section5,
  ...rfc9449Section7,
  ...rfc9449Section8,
  ...rfc9449Section111,
  ...rfc8705Section3,
  ...jwtsvidSection21,
  ...jwtsvidSection23,
  ...jwtsvidSection3,
  ...jwtsvidSection4,
  ...jwtsvidSection51,
  ...jwtsvidSection6,
  ...jwtsvidSection71,
  ...spiffeauthSection31,
  ...idjagSection31,
  ...idjagSection441,
  ...idjagSection443,
  ...idjagSection82,
  ...idjagSection9,
]
