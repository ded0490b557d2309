/** Every flaw there is, in the order of the detection matrix. */
import { algorithmFromHeader } from './algorithm-from-header.ts'
import { algorithmGuessed } from './algorithm-guessed.ts'
import { answersOutOfForm } from './answers-out-of-form.ts'
import { anyCharset } from './any-charset.ts'
import { anyIssuerTrusted } from './any-issuer-trusted.ts'
import { anyPublishedKey } from './any-published-key.ts'
import { assertionTypeIgnored } from './assertion-type-ignored.ts'
import { audAnyOfArray } from './aud-any-of-array.ts'
import { audIgnored } from './aud-ignored.ts'
import { audNormalised } from './aud-normalised.ts'
import { audPrefix } from './aud-prefix.ts'
import { audSubstring } from './aud-substring.ts'
import { broughtKeysCached } from './brought-keys-cached.ts'
import { burnsBeforeAudience } from './burns-before-audience.ts'
import { burnsBeforeSignature } from './burns-before-signature.ts'
import { capitalDigitsOnly } from './capital-digits-only.ts'
import { certificateTrusted } from './certificate-trusted.ts'
import { clientBesideGrantIgnored } from './client-beside-grant-ignored.ts'
import { clientIdIgnored } from './client-id-ignored.ts'
import { clientNamesAnother } from './client-names-another.ts'
import { clientTypesIgnored } from './client-types-ignored.ts'
import { compactJsonOnly } from './compact-json-only.ts'
import { crashesOnOddTypes } from './crashes-on-odd-types.ts'
import { critIgnored } from './crit-ignored.ts'
import { ecdsaAnyForm } from './ecdsa-any-form.ts'
import { eddsaMalleable } from './eddsa-malleable.ts'
import { eddsaUnknown } from './eddsa-unknown.ts'
import { embeddedKeyTrusted } from './embedded-key-trusted.ts'
import { emptySignatureAccepted } from './empty-signature-accepted.ts'
import { encryptedTrusted } from './encrypted-trusted.ts'
import { endpointIsAudience } from './endpoint-is-audience.ts'
import { expTypeCoerced } from './exp-type-coerced.ts'
import { explicitTypeRefused } from './explicit-type-refused.ts'
import { failsClosedAsClientError } from './fails-closed-as-client-error.ts'
import { failsOpen } from './fails-open.ts'
import { falsyExpSkipped } from './falsy-exp-skipped.ts'
import { firstDuplicateWins } from './first-duplicate-wins.ts'
import { firstOfSeveral } from './first-of-several.ts'
import type { Flaw } from './flaw.ts'
import { forgetsAfterAMinute } from './forgets-after-a-minute.ts'
import { forgetsBeforeLeewayEnds } from './forgets-before-leeway-ends.ts'
import { furtherSegmentsIgnored } from './further-segments-ignored.ts'
import { getTaken } from './get-taken.ts'
import { grantTypeIgnored } from './grant-type-ignored.ts'
import { hashGuessed } from './hash-guessed.ts'
import { iatIgnored } from './iat-ignored.ts'
import { iatStrictUnderFapi2 } from './iat-strict-under-fapi2.ts'
import { iatStrict } from './iat-strict.ts'
import { inactiveToldActive } from './inactive-told-active.ts'
import { identityClientIgnored } from './identity-client-ignored.ts'
import { identityShared } from './identity-shared.ts'
import { identityTypeIgnored } from './identity-type-ignored.ts'
import { innerSignatureUnchecked } from './inner-signature-unchecked.ts'
import { integersOnly } from './integers-only.ts'
import { issuerNormalised } from './issuer-normalised.ts'
import { issuerOptional } from './issuer-optional.ts'
import { jsonSerializationRead } from './json-serialization-read.ts'
import { jsonTaken } from './json-taken.ts'
import { jtiCaseFolded } from './jti-case-folded.ts'
import { jtiUnicodeFolded } from './jti-unicode-folded.ts'
import { junkCostsAFetch } from './junk-costs-a-fetch.ts'
import { jwksNeverRefreshed } from './jwks-never-refreshed.ts'
import { keyFitsAnyAlgorithm } from './key-fits-any-algorithm.ts'
import { keyIsEnough } from './key-is-enough.ts'
import { keyIsJtiAlone } from './key-is-jti-alone.ts'
import { keyIsTokenBytes } from './key-is-token-bytes.ts'
import { keyNotBoundToIssuer } from './key-not-bound-to-issuer.ts'
import { keyWithPlainDelimiter } from './key-with-plain-delimiter.ts'
import { keyWithoutDelimiter } from './key-without-delimiter.ts'
import { kidLookedUp } from './kid-looked-up.ts'
import { lastParameterCounts } from './last-parameter-counts.ts'
import { leewayWrongWay } from './leeway-wrong-way.ts'
import { lenientBase64 } from './lenient-base64.ts'
import { lenientJson } from './lenient-json.ts'
import { lifetimeUnlimited } from './lifetime-unlimited.ts'
import { loserTokenLives } from './loser-token-lives.ts'
import { memoryPerEndpoint } from './memory-per-endpoint.ts'
import { memoryPerNode } from './memory-per-node.ts'
import { metadataMisstated } from './metadata-misstated.ts'
import { metadataOfAnother } from './metadata-of-another.ts'
import { metadataWithoutAlgorithms } from './metadata-without-algorithms.ts'
import { namedByHost } from './named-by-host.ts'
import { nbfExclusive } from './nbf-exclusive.ts'
import { nbfIgnored } from './nbf-ignored.ts'
import { nbfStrict } from './nbf-strict.ts'
import { noReplayCheck } from './no-replay-check.ts'
import { notFapi1 } from './not-fapi1.ts'
import { notFapi2 } from './not-fapi2.ts'
import { oneTextOnly } from './one-text-only.ts'
import { openIntrospection } from './open-introspection.ts'
import { parametersInOrder } from './parameters-in-order.ts'
import { partitionFallsBackToLocal } from './partition-falls-back-to-local.ts'
import { pedanticForms } from './pedantic-forms.ts'
import { pssAnySalt } from './pss-any-salt.ts'
import { psychicSignatures } from './psychic-signatures.ts'
import { refreshForClients } from './refresh-for-clients.ts'
import { removedKeyLives } from './removed-key-lives.ts'
import { replayCheckOnlyWithJti } from './replay-check-only-with-jti.ts'
import { replayCheckThenSet } from './replay-check-then-set.ts'
import { revokedClientLives } from './revoked-client-lives.ts'
import { revokedTokenFlickers } from './revoked-token-flickers.ts'
import { revokedTokenLives } from './revoked-token-lives.ts'
import { revokesForAnybody } from './revokes-for-anybody.ts'
import { revokesNothing } from './revokes-nothing.ts'
import { rotationForgetsReplays } from './rotation-forgets-replays.ts'
import { rs256Unknown } from './rs256-unknown.ts'
import { shallowReader } from './shallow-reader.ts'
import { signatureUnchecked } from './signature-unchecked.ts'
import { smallMemory } from './small-memory.ts'
import { subjectIgnored } from './subject-ignored.ts'
import { tokenTypesIgnored } from './token-types-ignored.ts'
import { tokensInQueryTaken } from './tokens-in-query-taken.ts'
import { tokensMayBeStored } from './tokens-may-be-stored.ts'
import { tokensOutliveGrants } from './tokens-outlive-grants.ts'
import { twoMechanismsTaken } from './two-mechanisms-taken.ts'
import { unknownMembersRefused } from './unknown-members-refused.ts'
import { unknownTokenRefused } from './unknown-token-refused.ts'
import { unprovedClients } from './unproved-clients.ts'
import { usagesPooled } from './usages-pooled.ts'
import { verificationCachedByKey } from './verification-cached-by-key.ts'
import { zeroLeewaySkipsExp } from './zero-leeway-skips-exp.ts'

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
  namedByHost,
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
  revokesNothing,
  revokesForAnybody,
  unknownTokenRefused,
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
  revokedTokenFlickers,
  revokedTokenLives,
  junkCostsAFetch,
  loserTokenLives,
  parametersInOrder,
  capitalDigitsOnly,
  shallowReader,
  broughtKeysCached,
  rotationForgetsReplays,
  identityTypeIgnored,
  identityClientIgnored,
  identityShared,
]
