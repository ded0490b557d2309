import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decide,
  replayKey,
  rulesFor,
  settle,
  type Assertion,
  type Decision,
  type Party,
} from '../../../../targets/reference/decide.ts'

const ISSUER = 'https://as.example'
const NOW = 1_000_000
const PARTY: Party = {
  id: 'client',
  subject: 'client',
  usage: 'client-authentication',
  algorithms: ['ES256'],
}
const RULES = rulesFor('client-authentication', [ISSUER])

const RIGHT: Assertion = {
  usage: 'client-authentication',
  issuer: 'client',
  subject: 'client',
  audience: ISSUER,
  expSeconds: NOW + 60,
  nbfSeconds: null,
  iatSeconds: NOW,
  jti: 'one',
  algorithm: 'ES256',
  verified: true,
  malformed: [],
  text: '',
}

function kindOf(change: Partial<Assertion>, nowSeconds = NOW): Decision['kind'] {
  return decide({ ...RIGHT, ...change }, PARTY, RULES, nowSeconds).kind
}

describe('decide', () => {
  test('takes a right assertion, to be kept until exp and leeway are over', () => {
    expect(decide({ ...RIGHT, expSeconds: NOW + 60.25 }, PARTY, RULES, NOW)).toEqual({
      kind: 'take',
      keepUntilSeconds: NOW + 71,
    })
  })

  test.each<[string, Partial<Assertion>]>([
    ['an unverified signature', { verified: false }],
    ['an algorithm that the party may not use', { algorithm: 'HS256' }],
    ['no algorithm', { algorithm: null }],
    ['no issuer', { issuer: null }],
    ['another issuer than the party', { issuer: 'other' }],
    ['no subject', { subject: null }],
    ['a subject that is not the client', { subject: 'alice' }],
    ['no audience', { audience: null }],
    ['an audience of the wrong type', { audience: 7 }],
    ['an empty list of audiences', { audience: [] }],
    ['a second audience', { audience: [ISSUER, 'https://other.example'] }],
    ['an audience that begins with the issuer', { audience: `${ISSUER}.evil.example` }],
    ['an audience with a slash behind it', { audience: `${ISSUER}/` }],
    ['no exp', { expSeconds: null }],
    ['no jti', { jti: null }],
    ['an empty jti', { jti: '' }],
    ['a claim of the wrong type', { malformed: ['nbf'] }],
    ['a life of more than 300 s from iat', { iatSeconds: NOW - 241, expSeconds: NOW + 60 }],
    ['a life of more than 300 s from now', { iatSeconds: null, expSeconds: NOW + 311 }],
  ])('refuses %s', (_what, change) => {
    expect(kindOf(change)).toBe('refuse')
  })

  test('takes an array that holds nothing but the issuer', () => {
    expect(kindOf({ audience: [ISSUER] })).toBe('take')
  })

  test('grants ten seconds past exp and no instant more', () => {
    expect(kindOf({ expSeconds: NOW }, NOW + 9.999)).toBe('take')
    expect(kindOf({ expSeconds: NOW }, NOW + 10)).toBe('refuse')
  })

  test('grants ten seconds before nbf and iat and no instant more', () => {
    for (const claim of ['nbfSeconds', 'iatSeconds'] as const) {
      expect(kindOf({ [claim]: NOW + 10 })).toBe('take')
      expect(kindOf({ [claim]: NOW + 10.001 })).toBe('refuse')
    }
  })

  test('names the error after the usage', () => {
    const codes = (['client-authentication', 'authorization-grant', 'bearer-token'] as const).map(
      (usage) =>
        decide(
          { ...RIGHT, usage, verified: false },
          { ...PARTY, usage },
          rulesFor(usage, [ISSUER]),
          NOW,
        ),
    )
    expect(codes.map((one) => (one.kind === 'refuse' ? one.code : one.kind))).toEqual([
      'invalid_client',
      'invalid_grant',
      'invalid_token',
    ])
  })

  test('accepts a bearer token without jti, with further audiences, as often as it comes', () => {
    const rules = rulesFor('bearer-token', ['https://api.example'])
    const token: Assertion = {
      ...RIGHT,
      usage: 'bearer-token',
      subject: 'alice',
      jti: null,
      audience: ['https://other.example', 'https://api.example'],
    }
    expect(decide(token, { ...PARTY, usage: 'bearer-token' }, rules, NOW)).toEqual({
      kind: 'accept',
    })
  })

  test('never takes the key of what is not verified, whatever else it says', () => {
    const text = fc.oneof(fc.constant(null), fc.constant('client'), fc.string())
    const time = fc.oneof(fc.constant(null), fc.integer({ min: NOW - 400, max: NOW + 400 }))
    const forged = fc.record({
      usage: fc.constantFrom('client-authentication', 'authorization-grant', 'bearer-token'),
      issuer: text,
      subject: text,
      audience: fc.oneof(fc.constant(ISSUER), fc.array(fc.string())),
      expSeconds: time,
      nbfSeconds: time,
      iatSeconds: time,
      jti: text,
      algorithm: fc.constantFrom('ES256', 'none', null),
      verified: fc.constant(false),
      malformed: fc.constant([]),
      text: fc.string(),
    })
    fc.assert(
      fc.property(forged, (assertion) => decide(assertion, PARTY, RULES, NOW).kind === 'refuse'),
    )
  })

  test('remembers a key at least as long as it accepts the assertion', () => {
    const seconds = fc.double({ min: -400, max: 400, noNaN: true })
    fc.assert(
      fc.property(seconds, seconds, (expIn, elapsed) => {
        const decided = decide(
          { ...RIGHT, iatSeconds: null, expSeconds: NOW + expIn },
          PARTY,
          RULES,
          NOW,
        )
        fc.pre(decided.kind === 'take')
        const later = NOW + Math.abs(elapsed)
        const stillAccepted =
          kindOf({ iatSeconds: null, expSeconds: NOW + expIn }, later) === 'take'
        return !stillAccepted || later < decided.keepUntilSeconds
      }),
    )
  })
})

describe('replayKey', () => {
  test('tells usages apart, and whatever way of writing the bytes it is not told by', () => {
    const grant = replayKey({ ...RIGHT, usage: 'authorization-grant' })
    expect(grant).not.toBe(replayKey(RIGHT))
    expect(replayKey({ ...RIGHT, text: 'other bytes' })).toBe(replayKey(RIGHT))
  })

  test('tells issuers and identifiers apart wherever one ends and the other begins', () => {
    const name = fc.string({ minLength: 1 })
    fc.assert(
      fc.property(name, name, name, name, (issuer, jti, otherIssuer, otherJti) => {
        fc.pre(issuer !== otherIssuer || jti !== otherJti)
        return keyOf(issuer, jti) !== keyOf(otherIssuer, otherJti)
      }),
    )
  })
})

describe('settle', () => {
  test('refuses what the memory holds, and lets nothing through when the memory is silent', () => {
    expect(settle('authorization-grant', 'inserted').kind).toBe('accept')
    expect(settle('authorization-grant', 'present')).toMatchObject({
      kind: 'refuse',
      code: 'invalid_grant',
    })
    expect(settle('authorization-grant', 'unavailable').kind).toBe('unavailable')
  })
})

function keyOf(issuer: string, jti: string): string {
  return replayKey({ ...RIGHT, issuer, subject: issuer, jti })
}
