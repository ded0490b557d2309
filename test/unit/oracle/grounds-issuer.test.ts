/** An issuer that is no text, in a token: nobody can say whose key it calls for, and only RFC 9068 wants one at all. */
import { expect, test } from 'vitest'
import { BEARER, ground, taking, told, type Told } from './ground-of.ts'

const OF_ISSUER = { kind: 'claim', claim: 'iss' }
const JUNK = { kind: 'junk', claim: 'iss' }
const FORGED = { kind: 'attacker-key' }
const TYPED = { ...BEARER, target: taking('at-jwt') }

test.each<
  readonly [defect: typeof OF_ISSUER | typeof FORGED, given: typeof BEARER, expected: Told]
>([
  [OF_ISSUER, BEARER, ['either', 'issuer', 'RFC 7519 §4.1.1', null]],
  [JUNK, BEARER, ['either', 'issuer', 'RFC 7519 §4.1.1', null]],
  [OF_ISSUER, TYPED, ['reject', 'issuer', 'RFC 9068 §4', 'identity/issuer-missing-accepted']],
  // Whoever signed it is a stranger, whatever it names.
  [FORGED, BEARER, ['reject', 'authentic', 'RFC 9068 §4', 'signature/invalid-accepted']],
])('no issuer, and %o', (defect, given, expected) => {
  expect(ground({ issuer: null, authentic: false, defect }, given)).toEqual(told(expected))
})
