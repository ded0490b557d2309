import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Parameter, Policy, Profile } from '../../../harness/model/policy.ts'
import { narrowed, type Overrides } from '../../../harness/plan/narrow.ts'
import { PARAMETERS } from '../../../suites/parameters.ts'
import { PROFILES } from '../../../suites/profiles/index.ts'

describe('a target’s own parameters', () => {
  test.each<[string, Overrides]>([
    ['rfc7523', { 'aud.ca.values': 'issuer' }],
    ['rfc7523', { 'alg.allow': ['ES256'] }],
    ['fapi2', { 'alg.allow': ['ES256', 'PS256'] }],
    ['fapi2', { 'future.leewaySeconds': { grant: 30, refuse: 45 } }],
    ['rfc7523', { 'lifetime.maxSeconds': 60 }],
    ['smart-backend', { 'lifetime.maxSeconds': 120 }],
    ['rfc7523bis', { 'jti.ca.singleUse': 'required', 'jti.ca.required': true }],
    ['observe', { 'jti.ca.required': false }],
    ['rfc7523', { 'control.ca.audience': 'token-endpoint' }],
    ['rfc7523', { 'err.own.codes': ['jti_known'] }],
  ])('narrow %s by %o', (name, overrides) => {
    const { profile, relaxed } = narrowed(named(name), overrides)
    expect(relaxed).toEqual([])
    expect(profile.policy).toEqual({ ...named(name).policy, ...overrides })
  })

  test('may add codes of its own that refuse, and take back none that it said', () => {
    const profile = narrowed(named('rfc7523'), { 'err.own.codes': ['jti_known'] }).profile
    const more = { 'err.own.codes': ['jti_known', 'too_old'] }
    expect(narrowed(profile, more).relaxed).toEqual([])
    const { relaxed, profile: kept } = narrowed(profile, { 'err.own.codes': ['too_old'] })
    expect(relaxed).toEqual(['err.own.codes'])
    expect(kept.policy['err.own.codes']).toEqual(['jti_known'])
  })

  test.each<[string, Overrides]>([
    ['rfc7523bis', { 'aud.ca.values': 'agreed' }],
    ['rfc7523bis', { 'aud.ca.sole': false }],
    ['fapi2', { 'alg.allow': ['RS256'] }],
    ['fapi2', { 'future.leewaySeconds': { grant: 5, refuse: 60 } }],
    ['fapi2', { 'future.leewaySeconds': { grant: 10, refuse: 90 } }],
    ['oidc-core', { 'jti.ca.singleUse': 'may' }],
    ['oidc-core', { 'jti.ca.required': false }],
    ['smart-backend', { 'lifetime.maxSeconds': 301 }],
    ['rfc7523', { 'err.ca.codes': ['invalid_client', 'invalid_request'] }],
    ['rfc7523bis', { 'control.ca.audience': 'token-endpoint' }],
    ['id-jag', { 'typ.grant': 'JWT' }],
  ])('never relax %s by %o', (name, overrides) => {
    const { profile, relaxed } = narrowed(named(name), overrides)
    expect(relaxed).toEqual(Object.keys(overrides))
    expect(profile.policy).toEqual(named(name).policy)
  })

  test('that say what the profile says change nothing', () => {
    for (const each of PROFILES) {
      const { profile, relaxed } = narrowed(each, stated(each.policy))
      expect(relaxed, each.name).toEqual([])
      expect(profile, each.name).toEqual(each)
    }
  })

  test('narrow further what they have narrowed, and never back', () => {
    const parameter = fc
      .constantFrom(...PROFILES)
      .chain(({ policy }) =>
        fc.constantFrom(...parameters()).map((name) => ({ [name]: policy[name] })),
      )
    fc.assert(
      fc.property(fc.constantFrom(...PROFILES), parameter, parameter, (start, one, other) => {
        const first = narrowed(start, one)
        const second = narrowed(first.profile, other)
        const [name] = Object.keys(one)
        // What was narrowed stands, unless it was narrowed again.
        if (first.relaxed.length === 0 && !(name !== undefined && name in other)) {
          expect(second.profile.policy).toMatchObject(one)
        }
        expect(narrowed(second.profile, stated(second.profile.policy)).relaxed).toEqual([])
      }),
    )
  })

  test('are a profile’s, and nothing else', () => {
    const odd: Overrides = JSON.parse('{ "__proto__": 1, "toString": 2, "aud.ca.sole": true }')
    const { profile, relaxed } = narrowed(named('rfc7523'), odd)
    expect(relaxed).toEqual([])
    expect(profile.policy).toEqual({ ...named('rfc7523').policy, 'aud.ca.sole': true })
  })
})

/** Null and `open` settle nothing, and so are nothing that a target could say of itself. */
function stated(policy: Policy): Overrides {
  const entries = Object.entries(policy).filter(([, value]) => value !== null)
  return Object.fromEntries(entries)
}

function parameters(): readonly Parameter[] {
  return Object.keys(PARAMETERS).filter((name): name is Parameter => name in PARAMETERS)
}

function named(name: string): Profile {
  const found = PROFILES.find((each) => each.name === name)
  if (found === undefined) throw new Error(`there is no profile ${name}`)
  return found
}
