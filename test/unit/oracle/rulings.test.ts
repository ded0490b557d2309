/** Working out once what presentations share must never be told from asking every rule each time. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Truth } from '../../../harness/model/history.ts'
import { deserves } from '../../../harness/oracle/deserving/deserves.ts'
import { openRulings } from '../../../harness/oracle/deserving/rulings.ts'
import { ISSUER, policyNamed, SECOND_US, START_US, targetWith, truthAt } from './histories.ts'

const seconds = fc.integer({ min: -2_000, max: 2_000 }).map((each) => START_US + each * SECOND_US)
const truths: fc.Arbitrary<Truth> = fc.record({
  issuer: fc.constantFrom('client-1', 'client-2', 'nobody', null),
  subject: fc.constantFrom('client-1', 'client-2', null),
  audience: fc.constantFrom(ISSUER, 'https://other.example', null, [ISSUER], [ISSUER, 'x']),
  authentic: fc.boolean(),
  algorithm: fc.constantFrom('ES256', 'none', 'RS256', null),
  jti: fc.constantFrom('a', 'b', '', null),
  expUs: fc.option(seconds, { freq: 5 }),
  nbfUs: fc.option(seconds),
  iatUs: fc.option(seconds),
  defect: fc.constantFrom(
    null,
    { kind: 'padded' },
    { kind: 'audience', form: 'foreign' },
    { kind: 'claim-type', claim: 'nbf' },
    { kind: 'claim-type', claim: 'exp' },
  ),
})
const asked = fc.record({
  truth: fc.oneof(truths, fc.constant(truthAt(0))),
  usage: fc.constantFrom('client-authentication', 'authorization-grant', 'bearer-token'),
  principal: fc.constantFrom('honest', 'hostile'),
  lowUs: seconds,
  spanUs: fc.nat({ max: 100 }).map((each) => each * SECOND_US),
})

describe('presentations of one stream', () => {
  /** Each differs from a right assertion in one thing, and deserves something else for it. */
  const RIGHT = truthAt(0)
  const OTHERS: readonly Partial<Truth>[] = [
    { issuer: 'client-2' },
    { issuer: null },
    { subject: 'client-2' },
    { subject: null },
    { audience: 'https://other.example', defect: { kind: 'audience', form: 'foreign' } },
    { audience: 'https://other.example', defect: { kind: 'audience', form: 'alike' } },
    { audience: [ISSUER, 42] },
    { audience: [ISSUER, 'x'] },
    { authentic: false },
    { algorithm: 'none' },
    { jti: null },
    { jti: '' },
    { expUs: null },
    { defect: { kind: 'padded' } },
    { defect: { kind: 'never-heard-of' } },
  ]
  const all = [{}, ...OTHERS].map((other): Truth => ({ ...RIGHT, ...other }))
  const standard = { policy: policyNamed('oidc-core'), target: targetWith() }
  const now = { lowUs: START_US + SECOND_US, highUs: START_US + SECOND_US }
  const USAGE = 'client-authentication'

  test('that differ in one thing are never ruled on as the one before', () => {
    for (const one of all) {
      for (const other of all) {
        const rulings = openRulings(standard)
        const slot = { latest: null }
        rulings.of(one, USAGE, 'honest', slot)
        const { at } = rulings.of(other, USAGE, 'honest', slot)
        expect(at(other, now)).toEqual(
          deserves(other, USAGE, { ...standard, principal: 'honest' }, now),
        )
      }
    }
    // Of a token that nothing is known of, and of one of which it is known when it ends.
    const unknown = { ...RIGHT, issuer: null, subject: null, algorithm: null, expUs: null }
    const rulings = openRulings(standard)
    const slot = { latest: null }
    const rule = (truth: Truth) =>
      rulings.of(truth, 'bearer-token', 'honest', slot).at(truth, now).rule
    expect([rule(unknown), rule({ ...unknown, expUs: RIGHT.expUs }), rule(unknown)]).toEqual([
      'taken',
      'algorithm',
      'taken',
    ])
    // None says of two of them the same, but for what is alike in ground.
    const told = all.map((each) =>
      JSON.stringify(deserves(each, USAGE, { ...standard, principal: 'honest' }, now)),
    )
    expect(new Set(told).size).toBeGreaterThan(11)
  })

  test('that an earlier run of the oracle took for alike are told apart: no jti, and one that is empty', () => {
    const rulings = openRulings(standard)
    const slot = { latest: null }
    const ruled = (jti: string | null) => {
      const truth = { ...RIGHT, jti }
      return rulings.of(truth, USAGE, 'honest', slot).at(truth, now).deserves
    }
    expect([ruled(null), ruled(''), ruled(null), ruled('a'), ruled('')]).toEqual([
      'reject',
      'either',
      'reject',
      'accept',
      'either',
    ])
  })

  test('that differ in jti and times alone share a ruling, unless somebody else sent them, or for something else', () => {
    const rulings = openRulings(standard)
    const slot = { latest: null }
    const list = { ...RIGHT, audience: [ISSUER], defect: { kind: 'padded' } }
    const ruling = rulings.of(list, USAGE, 'honest', slot)
    const like = {
      ...truthAt(5, { jti: 'another' }),
      audience: [ISSUER],
      defect: { kind: 'padded' },
    }
    expect(rulings.of(like, USAGE, 'honest', slot)).toBe(ruling)
    expect(rulings.of(like, USAGE, 'honest', null)).not.toBe(ruling)
    expect(rulings.of(like, USAGE, 'hostile', slot)).not.toBe(ruling)
    const hostile = rulings.of(like, USAGE, 'hostile', slot)
    expect(rulings.of(like, 'authorization-grant', 'hostile', slot)).not.toBe(hostile)
  })
})

describe.each(['rfc7523', 'rfc7523bis', 'oidc-core', 'fapi2'])('under %s', (profile) => {
  const standard = {
    policy: policyNamed(profile),
    target: targetWith({ replay: 'single-use', leewaySeconds: { grant: 10, refuse: 20 } }),
  }

  test('presentations of one stream are ruled on as each of them would be alone', () => {
    fc.assert(
      fc.property(fc.array(asked, { minLength: 2, maxLength: 12 }), (all) => {
        const rulings = openRulings(standard)
        const slot = { latest: null }
        for (const { truth, usage, principal, lowUs, spanUs } of all) {
          const highUs = lowUs + spanUs
          const ruling = rulings.of(truth, usage, principal, slot)
          expect(rulings.at(ruling, truth, lowUs, highUs)).toEqual(
            deserves(truth, usage, { ...standard, principal }, { lowUs, highUs }),
          )
        }
      }),
      { numRuns: 400 },
    )
  })

  test('a clock within the slack changes nothing', () => {
    let within = 0
    const offsets = fc.integer({ min: -400, max: 400 }).map((each) => each * SECOND_US)
    fc.assert(
      fc.property(asked, offsets, fc.nat({ max: 3 }), (each, offsetUs, widthSeconds) => {
        const { truth, usage, principal, lowUs, spanUs } = each
        const rulings = openRulings(standard)
        const ruling = rulings.of(truth, usage, principal, null)
        const highUs = lowUs + spanUs
        const world = rulings.at(ruling, truth, lowUs, highUs)
        fc.pre(world.rule !== 'time')
        const slack = { ...truth, fromUs: lowUs, toUs: highUs, slackLowUs: 0, slackHighUs: 0 }
        rulings.slacken(slack)
        const upTo = offsetUs + widthSeconds * SECOND_US
        if (offsetUs < slack.slackLowUs || upTo > slack.slackHighUs) return
        within += 1
        expect(rulings.at(ruling, truth, lowUs + offsetUs, highUs + upTo)).toEqual(world)
      }),
      { seed: 7523, numRuns: 3_000 },
    )
    expect(within).toBeGreaterThan(30)
  })
})
