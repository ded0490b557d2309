/** Every flaw there is, in the order of the detection matrix. */
import { algorithmFromHeader } from './algorithm-from-header.ts'
import { audAnyOfArray } from './aud-any-of-array.ts'
import { critIgnored } from './crit-ignored.ts'
import { embeddedKeyTrusted } from './embedded-key-trusted.ts'
import { iatStrict } from './iat-strict.ts'
import { jtiCaseFolded } from './jti-case-folded.ts'
import { keyNotBoundToIssuer } from './key-not-bound-to-issuer.ts'
import { leewayWrongWay } from './leeway-wrong-way.ts'
import { nbfIgnored } from './nbf-ignored.ts'
import { audPrefix } from './aud-prefix.ts'
import { expTypeCoerced } from './exp-type-coerced.ts'
import { falsyExpSkipped } from './falsy-exp-skipped.ts'
import { zeroLeewaySkipsExp } from './zero-leeway-skips-exp.ts'
import { audSubstring } from './aud-substring.ts'
import { audNormalised } from './aud-normalised.ts'
import { audIgnored } from './aud-ignored.ts'
import { endpointIsAudience } from './endpoint-is-audience.ts'
import { oneTextOnly } from './one-text-only.ts'
import { issuerNormalised } from './issuer-normalised.ts'
import { subjectIgnored } from './subject-ignored.ts'
import { clientNamesAnother } from './client-names-another.ts'
import { usagesPooled } from './usages-pooled.ts'
import { clientTypesIgnored } from './client-types-ignored.ts'
import { explicitTypeRefused } from './explicit-type-refused.ts'
import { tokenTypesIgnored } from './token-types-ignored.ts'
import { lenientBase64 } from './lenient-base64.ts'
import { lenientJson } from './lenient-json.ts'
import { anyCharset } from './any-charset.ts'
import { firstDuplicateWins } from './first-duplicate-wins.ts'
import { jsonSerializationRead } from './json-serialization-read.ts'
import { furtherSegmentsIgnored } from './further-segments-ignored.ts'
import { innerSignatureUnchecked } from './inner-signature-unchecked.ts'
import { encryptedTrusted } from './encrypted-trusted.ts'
import { integersOnly } from './integers-only.ts'
import { unknownMembersRefused } from './unknown-members-refused.ts'
import { signatureUnchecked } from './signature-unchecked.ts'
import { ecdsaAnyForm } from './ecdsa-any-form.ts'
import { psychicSignatures } from './psychic-signatures.ts'
import { eddsaMalleable } from './eddsa-malleable.ts'
import { pssAnySalt } from './pss-any-salt.ts'
import { anyPublishedKey } from './any-published-key.ts'
import { keyFitsAnyAlgorithm } from './key-fits-any-algorithm.ts'
import { algorithmGuessed } from './algorithm-guessed.ts'
import { certificateTrusted } from './certificate-trusted.ts'
import { kidLookedUp } from './kid-looked-up.ts'
import { rs256Unknown } from './rs256-unknown.ts'
import { jtiUnicodeFolded } from './jti-unicode-folded.ts'
import { lifetimeUnlimited } from './lifetime-unlimited.ts'
import { crashesOnOddTypes } from './crashes-on-odd-types.ts'
import { notFapi2 } from './not-fapi2.ts'
import { iatIgnored } from './iat-ignored.ts'
import { jsonTaken } from './json-taken.ts'
import { getTaken } from './get-taken.ts'
import { tokensInQueryTaken } from './tokens-in-query-taken.ts'
import { lastParameterCounts } from './last-parameter-counts.ts'
import { assertionTypeIgnored } from './assertion-type-ignored.ts'
import { twoMechanismsTaken } from './two-mechanisms-taken.ts'
import { clientIdIgnored } from './client-id-ignored.ts'
import { clientBesideGrantIgnored } from './client-beside-grant-ignored.ts'
import { grantTypeIgnored } from './grant-type-ignored.ts'
import { unprovedClients } from './unproved-clients.ts'
import { openIntrospection } from './open-introspection.ts'
import { inactiveToldActive } from './inactive-told-active.ts'
import { pedanticForms } from './pedantic-forms.ts'
import { tokensMayBeStored } from './tokens-may-be-stored.ts'
import { answersOutOfForm } from './answers-out-of-form.ts'
import { refreshForClients } from './refresh-for-clients.ts'
import { tokensOutliveGrants } from './tokens-outlive-grants.ts'
import { metadataOfAnother } from './metadata-of-another.ts'
import { metadataMisstated } from './metadata-misstated.ts'
import { metadataWithoutAlgorithms } from './metadata-without-algorithms.ts'
import { issuerOptional } from './issuer-optional.ts'
import { keyIsEnough } from './key-is-enough.ts'
import { anyIssuerTrusted } from './any-issuer-trusted.ts'
import { firstOfSeveral } from './first-of-several.ts'
import { nbfStrict } from './nbf-strict.ts'
import { nbfExclusive } from './nbf-exclusive.ts'
import { compactJsonOnly } from './compact-json-only.ts'
import { emptySignatureAccepted } from './empty-signature-accepted.ts'
import { verificationCachedByKey } from './verification-cached-by-key.ts'
import { hashGuessed } from './hash-guessed.ts'
import { eddsaUnknown } from './eddsa-unknown.ts'
import { notFapi1 } from './not-fapi1.ts'
import { iatStrictUnderFapi2 } from './iat-strict-under-fapi2.ts'
import type { Flaw } from './flaw.ts'
import { junkCostsAFetch } from './junk-costs-a-fetch.ts'
import { removedKeyLives } from './removed-key-lives.ts'
import { loserTokenLives } from './loser-token-lives.ts'
import { jwksNeverRefreshed } from './jwks-never-refreshed.ts'
import { burnsBeforeSignature } from './burns-before-signature.ts'
import { burnsBeforeAudience } from './burns-before-audience.ts'
import { failsClosedAsClientError } from './fails-closed-as-client-error.ts'
import { failsOpen } from './fails-open.ts'
import { forgetsAfterAMinute } from './forgets-after-a-minute.ts'
import { forgetsBeforeLeewayEnds } from './forgets-before-leeway-ends.ts'
import { keyIsJtiAlone } from './key-is-jti-alone.ts'
import { keyIsTokenBytes } from './key-is-token-bytes.ts'
import { keyWithPlainDelimiter } from './key-with-plain-delimiter.ts'
import { keyWithoutDelimiter } from './key-without-delimiter.ts'
import { memoryPerEndpoint } from './memory-per-endpoint.ts'
import { revokedClientLives } from './revoked-client-lives.ts'
import { memoryPerNode } from './memory-per-node.ts'
import { noReplayCheck } from './no-replay-check.ts'
import { partitionFallsBackToLocal } from './partition-falls-back-to-local.ts'
import { replayCheckOnlyWithJti } from './replay-check-only-with-jti.ts'
import { replayCheckThenSet } from './replay-check-then-set.ts'
import { smallMemory } from './small-memory.ts'

export const FLAWS: readonly Flaw[] = [
  noReplayCheck,
  replayCheckOnlyWithJti,
  replayCheckThenSet,
  memoryPerNode,
  memoryPerEndpoint,
  partitionFallsBackToLocal,
  failsOpen,
  failsClosedAsClientError,
  smallMemory,
  forgetsBeforeLeewayEnds,
  forgetsAfterAMinute,
  burnsBeforeSignature,
  burnsBeforeAudience,
  audPrefix,
  audAnyOfArray,
  leewayWrongWay,
  nbfIgnored,
  iatStrict,
  algorithmFromHeader,
  keyNotBoundToIssuer,
  embeddedKeyTrusted,
  critIgnored,
  jtiCaseFolded,
  keyWithoutDelimiter,
  keyWithPlainDelimiter,
  keyIsJtiAlone,
  keyIsTokenBytes,
  expTypeCoerced,
  falsyExpSkipped,
  zeroLeewaySkipsExp,
  audSubstring,
  audNormalised,
  audIgnored,
  endpointIsAudience,
  oneTextOnly,
  issuerNormalised,
  subjectIgnored,
  clientNamesAnother,
  usagesPooled,
  clientTypesIgnored,
  explicitTypeRefused,
  tokenTypesIgnored,
  lenientBase64,
  lenientJson,
  anyCharset,
  firstDuplicateWins,
  jsonSerializationRead,
  furtherSegmentsIgnored,
  innerSignatureUnchecked,
  encryptedTrusted,
  integersOnly,
  unknownMembersRefused,
  signatureUnchecked,
  ecdsaAnyForm,
  psychicSignatures,
  eddsaMalleable,
  pssAnySalt,
  anyPublishedKey,
  keyFitsAnyAlgorithm,
  algorithmGuessed,
  certificateTrusted,
  kidLookedUp,
  rs256Unknown,
  jtiUnicodeFolded,
  lifetimeUnlimited,
  crashesOnOddTypes,
  notFapi2,
  iatIgnored,
  jsonTaken,
  getTaken,
  tokensInQueryTaken,
  lastParameterCounts,
  assertionTypeIgnored,
  twoMechanismsTaken,
  clientIdIgnored,
  clientBesideGrantIgnored,
  grantTypeIgnored,
  unprovedClients,
  openIntrospection,
  inactiveToldActive,
  pedanticForms,
  tokensMayBeStored,
  answersOutOfForm,
  refreshForClients,
  tokensOutliveGrants,
  metadataOfAnother,
  metadataMisstated,
  metadataWithoutAlgorithms,
  issuerOptional,
  keyIsEnough,
  anyIssuerTrusted,
  firstOfSeveral,
  nbfStrict,
  nbfExclusive,
  compactJsonOnly,
  emptySignatureAccepted,
  verificationCachedByKey,
  hashGuessed,
  eddsaUnknown,
  notFapi1,
  iatStrictUnderFapi2,
  jwksNeverRefreshed,
  removedKeyLives,
  revokedClientLives,
  junkCostsAFetch,
  loserTokenLives,
]
