import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Truth } from '../../../harness/model/history.ts'
import type { Json, Usage } from '../../../harness/model/plan.ts'
import { agreed, deserves } from '../../../harness/oracle/deserving/deserves.ts'
import {
  ISSUER,
  policyNamed,
  SECOND_US,
  START_US,
  targetWith,
  TOKEN_ENDPOINT,
  truthAt,
} from './histories.ts'

interface Given {
  readonly usage?: Usage
  readonly profile?: string
  readonly target?: ReturnType<typeof targetWith>
  /** The target's clock, in seconds from the start. */
  readonly now?: readonly [low: number, high: number]
}

function ruling(truth: Partial<Truth>, given: Given = {}) {
  const { usage = 'client-authentication', profile = 'rfc7523', now = [1, 1.01] } = given
  const standard = {
    policy: policyNamed(profile),
    target: given.target ?? targetWith(),
    principal: 'honest',
  }
  const [low, high] = now
  const grant = usage === 'authorization-grant' ? GRANT : {}
  return deserves(truthAt(0, { ...grant, ...truth }), usage, standard, {
    lowUs: START_US + low * SECOND_US,
    highUs: START_US + high * SECOND_US,
  })
}
const GRANT = { issuer: 'https://idp.example', subject: 'alice' }

test('a right assertion deserves acceptance, whoever looks', () => {
  for (const profile of ['rfc7523', 'rfc7523bis', 'fapi2']) {
    expect(ruling({}, { profile })).toMatchObject({ deserves: 'accept', rule: 'valid' })
  }
  expect(ruling({}, { usage: 'authorization-grant' }).deserves).toBe('accept')
})

describe('who signed, and in whose name', () => {
  test('what its issuer’s key did not sign is rejected', () => {
    const forged = ruling({ authentic: false, defect: { kind: 'signature-bit' } })
    expect(forged).toMatchObject({ deserves: 'reject', rule: 'authentic' })
  })

  test('none is no algorithm, in any spelling', () => {
    for (const algorithm of ['none', 'NoNe', null]) {
      expect(ruling({ algorithm }).rule).toBe('algorithm')
    }
  })

  test('an algorithm that the profile leaves out is rejected, and any that is agreed is not', () => {
    for (const algorithm of ['RS256', 'ES384', 'HS256']) {
      expect(ruling({ algorithm }, { profile: 'fapi2' }).rule).toBe('algorithm')
      expect(ruling({ algorithm }, { profile: 'rfc7523' }).deserves).toBe('accept')
    }
    for (const algorithm of ['PS256', 'ES256', 'EdDSA', 'Ed25519']) {
      expect(ruling({ algorithm }, { profile: 'fapi2' }).deserves).toBe('accept')
    }
  })

  test('an assertion without issuer or subject is rejected by that name', () => {
    expect(ruling({ issuer: null, authentic: false })).toMatchObject({ rule: 'issuer' })
    expect(ruling({ subject: null })).toMatchObject({ deserves: 'reject', rule: 'subject' })
  })

  test('an issuer that speaks of another client is rejected only where the profile binds the two', () => {
    const other = { subject: 'client-2' }
    expect(ruling(other, { profile: 'rfc7523' }).deserves).toBe('either')
    expect(ruling(other, { profile: 'fapi2' }).deserves).toBe('reject')
  })
})

describe('audiences', () => {
  const rule = (audience: Json, profile: string, complete = false): string =>
    ruling({ audience }, { profile, target: targetWith({}, complete) }).deserves

  test('nobody named is a rejection', () => {
    for (const audience of [null, [], 42, {}, [42]]) {
      expect(rule(audience, 'rfc7523')).toBe('reject')
    }
  })

  test('somebody else is a rejection where it is known for certain', () => {
    const elsewhere = 'https://other.example'
    const foreign = { audience: elsewhere, defect: { kind: 'audience', form: 'foreign' } }
    expect(ruling(foreign).deserves).toBe('reject')
    expect(rule(elsewhere, 'rfc7523')).toBe('either')
    expect(rule(elsewhere, 'rfc7523', true)).toBe('reject')
  })

  test('a look-alike is judged only where the list of audiences is complete', () => {
    for (const audience of [`${ISSUER}/`, `${ISSUER}.evil.example`, 'https://AS.example']) {
      expect(rule(audience, 'rfc7523bis')).toBe('either')
      expect(rule(audience, 'rfc7523bis', true)).toBe('reject')
    }
  })

  test('the token endpoint is open under RFC 7523 and wrong where only the issuer counts', () => {
    expect(rule(TOKEN_ENDPOINT, 'rfc7523')).toBe('either')
    expect(rule(TOKEN_ENDPOINT, 'rfc7523bis')).toBe('reject')
  })

  test('an array of one: right, right, and wrong', () => {
    expect(rule([ISSUER], 'rfc7523')).toBe('accept')
    expect(rule([ISSUER], 'rfc7523bis')).toBe('accept')
    expect(rule([ISSUER], 'fapi2')).toBe('reject')
  })

  test('others beside the target are for the profile to allow', () => {
    const both = [ISSUER, 'https://other.example']
    expect(rule(both, 'rfc7523')).toBe('accept')
    expect(rule(both, 'rfc7523bis')).toBe('reject')
    expect(rule([ISSUER, ISSUER], 'rfc7523bis')).toBe('either')
    expect(rule([ISSUER, 42], 'rfc7523')).toBe('either')
  })
})

describe('time', () => {
  /** What an assertion that ends at 60 s deserves when the target's clock shows this. */
  const at = (low: number, high = low, given: Given = {}): string =>
    ruling({}, { ...given, now: [low, high] }).deserves

  test('acceptance is owed until a second before the end, rejection from ten minutes and a second after it', () => {
    expect(at(58.9)).toBe('accept')
    expect(at(59)).toBe('either')
    expect(at(660.9)).toBe('either')
    expect(at(661)).toBe('reject')
  })

  test('over an interval it holds everywhere or it is open', () => {
    expect(at(1, 58.9)).toBe('accept')
    expect(at(1, 59.5)).toBe('either')
    expect(at(600, 700)).toBe('either')
    expect(at(661, 900)).toBe('reject')
    expect(at(-Infinity, Infinity)).toBe('either')
  })

  test('a declared leeway narrows the band from both sides and never widens it', () => {
    const declared = (grant: number, refuse: number): Given => ({
      target: targetWith({ leewaySeconds: { grant, refuse } }),
    })
    expect(at(68.9, 68.9, declared(10, 30))).toBe('accept')
    expect(at(91, 91, declared(10, 30))).toBe('reject')
    expect(at(90.9, 90.9, declared(10, 30))).toBe('either')
    expect(at(661, 661, declared(0, 9_999))).toBe('reject')
  })

  test('an assertion without an end is rejected', () => {
    expect(ruling({ expUs: null })).toMatchObject({
      deserves: 'reject',
      finding: 'time/expiry-missing-accepted',
    })
  })

  test('an iat of this very second is owed acceptance, one ahead is not', () => {
    const ahead = (seconds: number, profile: string): string =>
      ruling({ iatUs: START_US + seconds * SECOND_US }, { profile, now: [0, 0] }).deserves
    expect(ahead(0, 'rfc7523')).toBe('accept')
    expect(ahead(1, 'rfc7523')).toBe('either')
    expect(ahead(8, 'fapi2')).toBe('accept')
    expect(ahead(10, 'fapi2')).toBe('either')
    expect(ahead(61, 'fapi2')).toBe('reject')
  })

  test('nbf ahead is rejected beyond the band, iat only where the profile gives a number', () => {
    const beyond = START_US + 700 * SECOND_US
    expect(ruling({ nbfUs: beyond, iatUs: null }).deserves).toBe('reject')
    expect(ruling({ iatUs: beyond }).deserves).toBe('either')
  })

  test('a lifetime that a server may call unreasonable is owed nothing', () => {
    const year = { expUs: START_US + 365 * 86_400 * SECOND_US }
    expect(ruling(year).deserves).toBe('either')
  })

  test('later is never more acceptable', () => {
    const order = { accept: 0, either: 1, reject: 2 }
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.integer({ min: 0, max: 2_000 }),
        (now, more) => {
          const [before, after] = [
            ruling({ iatUs: null }, { now: [now, now] }),
            ruling({ iatUs: null }, { now: [now + more, now + more] }),
          ]
          expect(order[before.deserves]).toBeLessThanOrEqual(order[after.deserves])
        },
      ),
    )
  })
})

describe('identifiers', () => {
  test('a missing jti is for the profile, and open where single use is promised', () => {
    const bare = { jti: null }
    expect(ruling(bare).deserves).toBe('accept')
    expect(ruling(bare, { target: targetWith({ replay: 'single-use' }) }).deserves).toBe('either')
    expect(ruling(bare, { profile: 'fapi2' }).deserves).toBe('reject')
  })
})

test('a defect that the rules do not know is open, never a rejection', () => {
  expect(ruling({ defect: { kind: 'signature-trailing-bits' } })).toMatchObject({
    deserves: 'either',
    rule: 'form',
  })
})

test('table and rules convict only together, and only the table knows what was taken from an answer', () => {
  const valid = ruling({})
  expect(agreed(valid, 'accept')).toBe('accept')
  expect(agreed(valid, 'reject')).toBe('either')
  const taken = deserves(
    {
      ...truthAt(0),
      issuer: null,
      subject: null,
      audience: null,
      algorithm: null,
      jti: null,
      expUs: null,
      iatUs: null,
    },
    'bearer-token',
    { policy: policyNamed('rfc7523'), target: targetWith(), principal: 'honest' },
    { lowUs: START_US, highUs: START_US },
  )
  expect(taken.deserves).toBe('either')
  expect(agreed(taken, 'reject')).toBe('reject')
})
