/** What each rule gives as its ground: where it stands, by which name an acceptance is found, and whose word settles it. */
import { describe, expect, test } from 'vitest'
import type { Truth } from '../../../harness/model/history.ts'
import {
  BEARER,
  ground,
  GRANT,
  PROOF,
  RESOURCEFUL,
  taking,
  told,
  type Given,
  type Told,
} from './ground-of.ts'
import { SECOND_US, START_US, targetWith } from './histories.ts'

const OF_ISSUER = { kind: 'claim', claim: 'iss' }

describe('of who speaks, and for whom', () => {
  test.each<readonly [what: string, truth: Partial<Truth>, given: Given, told: Told]>([
    ['a right assertion', {}, {}, ['accept', 'valid', 'RFC 7523 §3', null]],
    ['a right grant', {}, GRANT, ['accept', 'valid', 'RFC 7523 §3', null]],
    ['a right token', {}, BEARER, ['accept', 'valid', 'RFC 9068 §4', null]],
    [
      'no issuer',
      { issuer: null },
      {},
      ['reject', 'issuer', 'RFC 7523 §3 item 1', 'identity/issuer-missing-accepted'],
    ],
    [
      'no issuer in a token of RFC 9068',
      { issuer: null },
      { ...BEARER, target: taking('at-jwt') },
      ['reject', 'issuer', 'RFC 9068 §4', 'identity/issuer-missing-accepted'],
    ],
    [
      'no issuer in any other token',
      { issuer: null },
      BEARER,
      ['either', 'issuer', 'RFC 7519 §4.1.1', null],
    ],
    [
      'another issuer in a JWT-SVID that is a client assertion',
      { issuer: 'https://who.example', authentic: false, defect: OF_ISSUER },
      { policy: { 'iss.ca.required': false } },
      ['either', 'issuer', 'JWT-SVID §3', null],
    ],
    [
      'another issuer in a JWT-SVID',
      { issuer: 'https://who.example', authentic: false, defect: OF_ISSUER },
      { ...BEARER, target: taking('spiffe') },
      ['either', 'issuer', 'JWT-SVID §3', null],
    ],
    [
      'another issuer twice in a JWT-SVID',
      { issuer: null, authentic: false, defect: { kind: 'duplicate-claim', claim: 'iss' } },
      { ...BEARER, target: taking('spiffe') },
      ['either', 'issuer', 'JWT-SVID §3', null],
    ],
    [
      'another issuer in any other token',
      { issuer: 'https://who.example', authentic: false, defect: OF_ISSUER },
      { ...BEARER, target: taking('at-jwt') },
      ['reject', 'authentic', 'RFC 9068 §4', 'signature/invalid-accepted'],
    ],
    [
      'a JWT-SVID that a stranger signed',
      { authentic: false, defect: { kind: 'foreign-key' } },
      { ...BEARER, target: taking('spiffe') },
      ['reject', 'authentic', 'RFC 9068 §4', 'signature/foreign-key-accepted'],
    ],
    [
      'no issuer where a client need not name it',
      { issuer: null },
      { policy: { 'iss.ca.required': false } },
      ['either', 'issuer', 'JWT-SVID §3', null],
    ],
    [
      'no issuer in a grant, though clients need not name theirs',
      { issuer: null },
      { ...GRANT, policy: { 'iss.ca.required': false } },
      ['reject', 'issuer', 'RFC 7523 §3 item 1', 'identity/issuer-missing-accepted'],
    ],
    [
      'an issuer that nobody knows',
      { issuer: 'https://who.example' },
      {},
      ['either', 'issuer', 'RFC 7523 §3 item 1', null],
    ],
    [
      'an issuer of tokens that nobody knows',
      { issuer: 'https://who.example' },
      BEARER,
      ['either', 'issuer', 'RFC 9068 §4', null],
    ],
    [
      'an issuer that is a party of another use alone',
      { issuer: 'https://idp.example' },
      {},
      ['either', 'issuer', 'RFC 7523 §3 item 1', null],
    ],
    [
      'a client that speaks of another, where the profile binds the two',
      { subject: 'client-2' },
      { policy: { 'iss.ca.mustEqualSub': true } },
      ['reject', 'issuer', 'OpenID Connect Core §9', null],
    ],
    [
      'a client that speaks of another, where nothing is settled',
      { subject: 'client-2' },
      { policy: { 'iss.ca.mustEqualSub': 'open' } },
      ['either', 'issuer', 'OpenID Connect Core §9', null],
    ],
    [
      'a client that speaks of another, where the two may differ',
      { subject: 'client-2' },
      {},
      ['either', 'subject', 'RFC 7523 §3 item 2', null],
    ],
    [
      'a client that another sent',
      {},
      { principal: 'hostile' },
      ['either', 'issuer', 'RFC 7523 §3 item 1', null],
    ],
    [
      'a client beside what a party of another use sent',
      {},
      { principal: 'grants' },
      ['accept', 'valid', 'RFC 7523 §3', null],
    ],
    [
      'a grant for whoever is not known',
      { subject: 'mallory' },
      GRANT,
      ['either', 'subject', 'RFC 7523 §3 item 2', null],
    ],
    [
      'no subject',
      { subject: null },
      {},
      ['reject', 'subject', 'RFC 7523 §3 item 2', 'identity/subject-missing-accepted'],
    ],
    [
      'no subject, where the profile binds it to the issuer',
      { subject: null },
      { policy: { 'iss.ca.mustEqualSub': true } },
      ['reject', 'subject', 'RFC 7523 §3 item 2', 'identity/subject-missing-accepted'],
    ],
    [
      'a grant of a party that is known for another use alone',
      { issuer: 'client-1', subject: 'client-1' },
      GRANT,
      ['either', 'issuer', 'RFC 7523 §3 item 1', null],
    ],
    [
      'no subject in a token',
      { subject: null },
      BEARER,
      ['either', 'subject', 'RFC 9068 §2.2', null],
    ],
    ['a proof, which names nobody', {}, PROOF, ['accept', 'valid', 'RFC 9068 §4', null]],
  ])('%s', (_what, truth, given, expected) => {
    expect(ground(truth, given)).toEqual(told(expected))
  })
})

describe('of who signed, and with what', () => {
  const FORGED = { authentic: false, defect: { kind: 'signature-bit' } }
  const notAllowed = (spec: string): Told => [
    'reject',
    'algorithm',
    spec,
    'algorithm/not-allowed-accepted',
  ]
  test.each<readonly [what: string, truth: Partial<Truth>, given: Given, told: Told]>([
    [
      'a changed signature',
      FORGED,
      {},
      ['reject', 'authentic', 'RFC 7523 §3 item 9', 'signature/invalid-accepted'],
    ],
    [
      'a changed signature on a token',
      FORGED,
      BEARER,
      ['reject', 'authentic', 'RFC 9068 §4', 'signature/invalid-accepted'],
    ],
    [
      'somebody else’s key',
      { authentic: false, defect: { kind: 'foreign-key' } },
      {},
      ['reject', 'authentic', 'RFC 7523 §3 item 9', 'signature/foreign-key-accepted'],
    ],
    [
      'no algorithm',
      { algorithm: 'nOnE' },
      {},
      ['reject', 'algorithm', 'RFC 8725 §3.2', 'signature/invalid-accepted'],
    ],
    [
      'a shared secret where none may authenticate a client',
      { algorithm: 'HS256' },
      { policy: { 'mac.allowed': false } },
      notAllowed('RFC 9700 §2.5'),
    ],
    [
      'an algorithm that the profile does not name',
      { algorithm: 'RS256' },
      { policy: { 'alg.allow': ['ES256'] } },
      notAllowed('RFC 8725 §3.1'),
    ],
  ])('%s', (_what, truth, given, expected) => {
    expect(ground(truth, given)).toEqual(told(expected))
  })

  test('must not be held against a shared secret of a grant, nor against what only looks like one', () => {
    const policy = { 'mac.allowed': false } as const
    expect(ground({ algorithm: 'HS256' }, { ...GRANT, policy }).deserves).toBe('accept')
    for (const algorithm of ['ES256', 'HSM', 'xHS256']) {
      expect(ground({ algorithm }, { policy }).deserves).toBe('accept')
    }
    expect(ground({ algorithm: 'HS256' }, { policy: { 'mac.allowed': 'open' } }).deserves).toBe(
      'accept',
    )
  })

  test('is told before the time, and an open question only where nothing is wrong', () => {
    expect(ground({ ...FORGED, expUs: START_US - 9_999 * SECOND_US }).rule).toBe('authentic')
    expect(ground({ issuer: 'https://who.example', expUs: null })).toMatchObject({ rule: 'time' })
    expect(ground({ issuer: 'https://who.example', ...FORGED })).toMatchObject({
      rule: 'authentic',
    })
    expect(ground({ issuer: 'https://who.example', jti: '' })).toMatchObject({ rule: 'issuer' })
  })
})

describe('of the identifier', () => {
  const RFC = 'RFC 7523 §3 item 7'
  const OIDC = 'OpenID Connect Core §9'
  const promising = targetWith({ replay: 'single-use' })
  test.each<readonly [what: string, truth: Partial<Truth>, given: Given, told: Told]>([
    ['an empty one', { jti: '' }, {}, ['either', 'identifier', RFC, null]],
    [
      'none, where a client needs one',
      { jti: null },
      { policy: { 'jti.ca.required': true, 'jti.grant.required': false } },
      ['reject', 'identifier', OIDC, null],
    ],
    [
      'none, where it is open whether a client needs one',
      { jti: null },
      { policy: { 'jti.ca.required': 'open' } },
      ['either', 'identifier', OIDC, null],
    ],
    [
      'none, where a grant needs one',
      { jti: null },
      { ...GRANT, policy: { 'jti.grant.required': true } },
      ['reject', 'identifier', RFC, null],
    ],
    [
      'none, where it is open whether a grant needs one',
      { jti: null },
      { ...GRANT, policy: { 'jti.grant.required': 'open' } },
      ['either', 'identifier', RFC, null],
    ],
    [
      'none, of a target that promises single use',
      { jti: null },
      { target: promising },
      ['either', 'identifier', RFC, null],
    ],
    [
      'none, where the profile demands single use',
      { jti: null },
      { policy: { 'jti.ca.singleUse': 'required' } },
      ['either', 'identifier', RFC, null],
    ],
  ])('%s', (_what, truth, given, expected) => {
    expect(ground(truth, given)).toEqual(told(expected))
  })

  test('must not be missed where nobody asks for one, nor in a token', () => {
    expect(ground({ jti: null }).deserves).toBe('accept')
    expect(ground({ jti: null }, { ...GRANT, policy: { 'jti.ca.required': true } }).deserves).toBe(
      'accept',
    )
    const token: Given = { ...BEARER, target: { ...RESOURCEFUL, declares: promising.declares } }
    expect(ground({ jti: null }, token).deserves).toBe('accept')
    expect(ground({ jti: '' }, token).deserves).toBe('accept')
  })
})
