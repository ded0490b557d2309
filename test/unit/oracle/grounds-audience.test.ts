/** Who must be named, by which rule, and by which name an acceptance of anybody else is found. */
import { describe, expect, test } from 'vitest'
import type { Truth } from '../../../harness/model/history.ts'
import type { Policy } from '../../../harness/model/policy.ts'
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
import { ISSUER, RESOURCE, targetWith, TOKEN_ENDPOINT } from './histories.ts'

describe('of the audience', () => {
  const NARROW: Partial<Policy> = { 'aud.ca.values': 'issuer' }
  const RFC = 'RFC 7523 §3 item 3'
  const BIS = 'RFC 10070 §4'
  const FOREIGN = 'audience/foreign-accepted'
  const ENDPOINT = 'audience/endpoint-accepted'
  const elsewhere = 'https://other.example'
  const foreign = { audience: elsewhere, defect: { kind: 'audience', form: 'foreign' } }
  const par = { audience: `${ISSUER}/par`, defect: { kind: 'audience', form: 'par' } }

  test.each<readonly [what: string, truth: Partial<Truth>, given: Given, told: Told]>([
    [
      'nobody in a token of RFC 9068',
      { audience: null },
      { ...BEARER, target: taking('at-jwt') },
      ['reject', 'audience', 'RFC 9068 §4', 'audience/missing-accepted'],
    ],
    [
      'nobody in a JWT-SVID',
      { audience: null },
      { ...BEARER, target: taking('spiffe') },
      ['reject', 'audience', 'RFC 9068 §4', 'audience/missing-accepted'],
    ],
    [
      'nobody in any other token',
      { audience: null },
      BEARER,
      ['either', 'audience', 'RFC 9068 §4', null],
    ],
    [
      'an empty list in any other token',
      { audience: [] },
      BEARER,
      ['reject', 'audience', 'RFC 9068 §4', 'audience/missing-accepted'],
    ],
    ['nobody', { audience: null }, {}, ['reject', 'audience', RFC, 'audience/missing-accepted']],
    [
      'nobody, where only the issuer may be named',
      { audience: [] },
      { policy: NARROW },
      ['reject', 'audience', BIS, 'audience/missing-accepted'],
    ],
    ['somebody else', foreign, {}, ['reject', 'audience', RFC, FOREIGN]],
    ['somebody else in a grant', foreign, GRANT, ['reject', 'audience', RFC, FOREIGN]],
    ['somebody else in a token', foreign, BEARER, ['reject', 'audience', 'RFC 9068 §4', FOREIGN]],
    [
      'an endpoint where only the issuer may be named',
      { audience: TOKEN_ENDPOINT },
      { policy: NARROW },
      ['reject', 'audience', BIS, ENDPOINT],
    ],
    [
      'another endpoint where only the issuer may be named',
      par,
      { policy: NARROW },
      ['reject', 'audience', BIS, ENDPOINT],
    ],
    ['another endpoint elsewhere', par, {}, ['either', 'audience', RFC, null]],
    [
      'another endpoint where nothing is settled',
      par,
      { policy: { 'aud.ca.values': 'open' } },
      ['either', 'audience', RFC, null],
    ],
    [
      'a look-alike where only the issuer may be named',
      { audience: `${ISSUER}/`, defect: { kind: 'audience', form: 'alike' } },
      { policy: NARROW },
      ['either', 'audience', BIS, null],
    ],
    [
      'a list in a grant where one string must stand',
      { audience: [ISSUER] },
      { ...GRANT, policy: { 'aud.grant.shape': 'string' } },
      ['reject', 'audience', RFC, null],
    ],
    [
      'others beside the target in a grant, which need not stand alone there',
      { audience: [ISSUER, elsewhere] },
      { ...GRANT, policy: { 'aud.ca.sole': true } },
      ['accept', 'valid', 'RFC 7523 §3', null],
    ],
    [
      'somebody else beside an endpoint where nothing is settled',
      { audience: [TOKEN_ENDPOINT, elsewhere], defect: foreign.defect },
      { policy: { 'aud.ca.values': 'open' } },
      ['either', 'audience', RFC, null],
    ],
    [
      'an endpoint and somebody else where only the issuer may be named',
      { audience: [TOKEN_ENDPOINT, elsewhere] },
      { policy: NARROW },
      ['either', 'audience', BIS, null],
    ],
    [
      'an endpoint where nothing is settled',
      { audience: TOKEN_ENDPOINT },
      { policy: { 'aud.ca.values': 'open' } },
      ['either', 'audience', RFC, null],
    ],
    [
      'a list where nothing is settled of that',
      { audience: [ISSUER] },
      { policy: { 'aud.ca.shape': 'open' } },
      ['either', 'audience', RFC, null],
    ],
    [
      'a list where one string must stand',
      { audience: [ISSUER] },
      { policy: { 'aud.ca.shape': 'string' } },
      ['reject', 'audience', RFC, null],
    ],
    [
      'others beside the target, which must stand alone',
      { audience: [ISSUER, elsewhere] },
      { policy: { 'aud.ca.sole': true } },
      ['reject', 'audience', RFC, FOREIGN],
    ],
    [
      'what is no string beside the target, which must stand alone',
      { audience: [ISSUER, 42] },
      { policy: { 'aud.ca.sole': true } },
      ['reject', 'audience', RFC, FOREIGN],
    ],
    [
      'the target twice where one may stand',
      { audience: [ISSUER, ISSUER] },
      { policy: { 'aud.ca.shape': 'string-or-one', 'aud.ca.sole': true } },
      ['either', 'audience', RFC, null],
    ],
    [
      'what is no string beside the target',
      { audience: [ISSUER, 42] },
      {},
      ['either', 'audience', RFC, null],
    ],
  ])('%s', (_what, truth, given, expected) => {
    expect(ground(truth, given)).toEqual(told(expected))
  })

  test('is settled by the target’s own word where its list is complete', () => {
    const complete = targetWith({}, true)
    const found = (audience: string) => ground({ audience }, { target: complete })
    expect(found(elsewhere)).toEqual(told(['reject', 'audience', RFC, FOREIGN], true))
    expect(found(TOKEN_ENDPOINT)).toEqual(told(['reject', 'audience', RFC, ENDPOINT], true))
  })

  test('is not settled by it of a name that its profile leaves open', () => {
    const open = (audience: Truth['audience'], values: readonly string[]) => {
      const target = { ...targetWith(), audiences: { values, complete: true } }
      return ground({ audience }, { target, policy: { 'aud.ca.values': 'open' } }).deserves
    }
    expect(open(TOKEN_ENDPOINT, [ISSUER])).toBe('either')
    expect(open([TOKEN_ENDPOINT, elsewhere], [ISSUER])).toBe('either')
    expect(open(ISSUER, ['urn:x'])).toBe('either')
    expect(open(elsewhere, ['urn:x'])).toBe('reject')
  })

  test('is not settled by it of a token that names the target otherwise than its resource', () => {
    const target = { ...RESOURCEFUL, audiences: { values: [ISSUER], complete: true } }
    const found = (audience: string) => ground({ audience }, { ...BEARER, target })
    expect(found(ISSUER)).toEqual(told(['either', 'audience', 'RFC 9068 §4', null]))
    expect(found(elsewhere)).toEqual(told(['reject', 'audience', 'RFC 9068 §4', FOREIGN], true))
    const both = ground({ audience: [ISSUER, elsewhere] }, { ...BEARER, target })
    expect(both).toEqual(told(['either', 'audience', 'RFC 9068 §4', null]))
  })

  test('must not be missed in a proof, and any that was agreed will do', () => {
    expect(ground({ audience: null }, PROOF).rule).toBe('valid')
    const agreed = targetWith()
    const both = { ...agreed, audiences: { values: [ISSUER, TOKEN_ENDPOINT], complete: false } }
    expect(ground({ audience: TOKEN_ENDPOINT }, { target: both }).deserves).toBe('accept')
    const open = { policy: { 'aud.ca.values': 'open' }, target: both } as const
    expect(ground({ audience: ISSUER }, open).deserves).toBe('accept')
    expect(ground({ audience: TOKEN_ENDPOINT }, open).deserves).toBe('either')
  })

  test('names nobody where a target has no resource, or no token endpoint', () => {
    const bare = { ...RESOURCEFUL, resource: null, tokenEndpoint: null }
    expect(ground({ audience: RESOURCE }, { ...BEARER, target: bare }).deserves).toBe('either')
    const given = { policy: { 'aud.ca.values': 'open' }, target: bare } as const
    expect(ground({ audience: elsewhere }, given)).toMatchObject({ deserves: 'either' })
  })
})
