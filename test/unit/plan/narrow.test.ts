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

  test.each<[Parameter, own: unknown, given: unknown, narrower: boolean]>([
    // A band is narrower where it grants as much or more and refuses as soon or sooner, and still leaves a band.
    ['exp.leewaySeconds', { grant: 10, refuse: 60 }, { grant: 10, refuse: 59 }, true],
    ['exp.leewaySeconds', { grant: 10, refuse: 60 }, { grant: 11, refuse: 60 }, true],
    ['exp.leewaySeconds', { grant: 10, refuse: 60 }, { grant: 9, refuse: 60 }, false],
    ['exp.leewaySeconds', { grant: 10, refuse: 60 }, { grant: 10, refuse: 61 }, false],
    ['exp.leewaySeconds', { grant: 10, refuse: 60 }, { grant: 60, refuse: 60 }, true],
    ['exp.leewaySeconds', { grant: 10, refuse: 60 }, { grant: 51, refuse: 50 }, false],
    ['exp.leewaySeconds', { grant: 10, refuse: 60 }, null, false],
    ['exp.leewaySeconds', { grant: 10, refuse: 60 }, 60, false],
    ['exp.leewaySeconds', { grant: 10, refuse: 60 }, { grant: 20 }, false],
    ['exp.leewaySeconds', { grant: 10, refuse: 60 }, { refuse: 20 }, false],
    // A list is narrower by what it leaves out.
    ['alg.allow', ['ES256', 'PS256'], ['PS256'], true],
    ['alg.allow', ['ES256', 'PS256'], ['ES256', 'RS256'], false],
    ['alg.allow', ['ES256', 'PS256'], 'agreed', false],
    ['alg.allow', 'agreed', ['RS256'], true],
    ['err.ca.status', [400, 401], [401], true],
    ['err.ca.status', [401], [400, 401], false],
    ['err.own.codes', ['a'], 'b', false],
    ['err.own.codes', undefined, ['a'], false],
    // A type may be asked for where any or none may stand, and none other where one must.
    ['typ.ca', 'any', 'explicit', true],
    ['typ.ca', 'open', 'plain', true],
    ['typ.ca', 'open', 'any', false],
    ['typ.ca', 'any', 'open', false],
    ['typ.ca', 'explicit', 'plain', false],
    ['typ.grant', null, 'x+jwt', true],
    ['typ.grant', null, 7, false],
    ['typ.grant', 'y+jwt', 'x+jwt', false],
    ['lifetime.maxSeconds', null, 60, true],
    ['lifetime.maxSeconds', 60, 60.5, false],
    ['lifetime.maxSeconds', 60, '30', false],
    ['lifetime.maxSeconds', null, '30', false],
    // Along an order, from either end; what stands in it nowhere narrows nothing.
    ['mac.allowed', 'open', true, true],
    ['mac.allowed', true, false, true],
    ['mac.allowed', false, true, false],
    ['mac.allowed', true, 'maybe', false],
    ['jti.ca.singleUse', 'reuse-allowed', 'may', true],
    ['jti.ca.singleUse', 'may', 'reuse-allowed', false],
    ['control.ca.audience', 'token-endpoint', 'issuer', true],
  ])('%s of %j made %j: %s', (name, given, own, isNarrower) => {
    const profile = named('rfc7523')
    const of = { ...profile, policy: Object.assign({ ...profile.policy }, { [name]: given }) }
    const { profile: then, relaxed } = narrowed(of, { [name]: own })
    expect(relaxed).toEqual(isNarrower ? [] : [name])
    expect(then.policy[name]).toEqual(isNarrower ? own : given)
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
