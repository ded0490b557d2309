/** The plainest request of each usage, what a case needs of its target, and what the rounds of a judge ask for. */
import { describe, expect, test } from 'vitest'
import type { CaseDraft, Need } from '../../../harness/model/check.ts'
import type { Policy } from '../../../harness/model/policy.ts'
import type { Principal, TargetFacts } from '../../../harness/model/target.ts'
import { named } from '../../../harness/plan/checks/check-rounds.ts'
import { openLanes } from '../../../harness/plan/checks/lanes.ts'
import { isDeclared, lackingFor } from '../../../harness/plan/checks/needs.ts'
import {
  companion,
  controlAudience,
  controlForm,
  controlHeader,
  controlKey,
  controlSource,
} from '../../../harness/plan/control.ts'
import { liveFigures, NO_FIGURES } from '../../../harness/plan/scenarios/live-figures.ts'
import { PROFILES } from '../../../suites/profiles/index.ts'
import { EVERYTHING, FACTS } from './facts.ts'

const CLIENT = 'client-authentication'
const GRANT = 'authorization-grant'

function policyOf(name: string, more: Partial<Policy> = {}): Policy {
  const found = PROFILES.find((each) => each.name === name)
  if (found === undefined) throw new RangeError(name)
  return { ...found.policy, ...more }
}

function party(facts: TargetFacts, usage: string): Principal {
  const found = facts.principals.find((each) => each.usage === usage)
  if (found === undefined) throw new RangeError(usage)
  return found
}

describe('the audience of a control', () => {
  const audience = (usage: Parameters<typeof controlAudience>[0], policy: Policy, facts = FACTS) =>
    controlAudience(usage, policy, facts)
  const ISSUER = 'https://as.example'
  const TOKEN = 'https://as.example/token'
  const agreeing = (...values: readonly string[]): TargetFacts => ({
    ...FACTS,
    audiences: { values, complete: false },
  })

  test('is the issuer, or the token endpoint where a client’s profile has it so', () => {
    expect(audience(CLIENT, policyOf('rfc7523bis'))).toBe(ISSUER)
    expect(audience(GRANT, policyOf('oidc-core'))).toBe(ISSUER)
    expect(audience(CLIENT, policyOf('oidc-core'), agreeing(ISSUER, TOKEN))).toBe(TOKEN)
    const { token: _, ...endpoints } = FACTS.endpoints
    expect(audience(CLIENT, policyOf('oidc-core'), { ...FACTS, endpoints })).toBe(ISSUER)
  })

  test('is what was agreed where neither was, but for a profile that knows the issuer alone', () => {
    const other = agreeing('urn:the-server', `${ISSUER}/2`)
    expect(audience(CLIENT, policyOf('rfc7523'), other)).toBe('urn:the-server')
    expect(audience(GRANT, policyOf('rfc7523'), other)).toBe('urn:the-server')
    expect(audience(CLIENT, policyOf('rfc7523bis'), other)).toBe(ISSUER)
    expect(audience(CLIENT, policyOf('rfc7523'), agreeing())).toBe(ISSUER)
    // Of a grant by the profile's word on grants, whatever it says of clients.
    const apart = { 'aud.ca.values': 'agreed', 'aud.grant.values': 'issuer' } as const
    expect(audience(GRANT, policyOf('rfc7523', apart), other)).toBe(ISSUER)
    expect(audience(CLIENT, policyOf('rfc7523', apart), other)).toBe('urn:the-server')
  })

  test('is the issuer where the target takes nothing else, whatever its profile asks with', () => {
    const narrowed = policyOf('oidc-core', { 'aud.ca.values': 'issuer' })
    expect(audience(CLIENT, narrowed, agreeing(ISSUER, TOKEN))).toBe(ISSUER)
    expect(audience(CLIENT, narrowed, agreeing(TOKEN))).toBe(ISSUER)
  })

  test('is the resource of a token, and the endpoint of a proof', () => {
    const policy = policyOf('rfc7523')
    expect(audience('bearer-token', policy, EVERYTHING)).toBe('https://as.example/resource')
    expect(audience('bearer-token', policy)).toBe(ISSUER)
    expect(audience('dpop-proof', policy)).toBe(TOKEN)
    expect(audience('dpop-proof', policy, { ...FACTS, endpoints: {} })).toBe(ISSUER)
  })
})

describe('the header of a control', () => {
  const key = { name: 'k', algorithm: 'ES256', kid: 'kid' }
  const header = (usage: Parameters<typeof controlHeader>[0], policy: Policy, facts = FACTS) =>
    controlHeader(usage, key, { policy, facts })
  const named256 = { alg: 'ES256', kid: 'kid' }

  test('names the key, and a type where one must stand', () => {
    expect(header(CLIENT, policyOf('rfc7523bis'))).toEqual(named256)
    expect(header(GRANT, policyOf('rfc7523'))).toEqual(named256)
    expect(header(GRANT, policyOf('rfc7523', { 'typ.grant': 'x+jwt' }))).toEqual({
      ...named256,
      typ: 'x+jwt',
    })
    expect(header('bearer-token', policyOf('rfc7523'))).toEqual({ ...named256, typ: 'JWT' })
    expect(header('bearer-token', policyOf('rfc7523'), EVERYTHING)).toEqual({
      ...named256,
      typ: 'at+jwt',
    })
    expect(header('dpop-proof', policyOf('rfc7523'))).toEqual({
      alg: 'ES256',
      typ: 'dpop+jwt',
      jwk: { $jwk: 'own' },
    })
  })

  test('is signed with the first key that has no mark', () => {
    const marked = { ...key, name: 'idle', mark: 'idle' } as const
    const by = { ...party(FACTS, CLIENT), keys: [marked, key] }
    expect(controlKey(by).name).toBe('k')
    expect(() => controlKey({ ...by, name: 'x', keys: [marked] })).toThrow('x has no key')
  })
})

describe('who stands beside', () => {
  const beside = (usage: Parameters<typeof companion>[0], auth: 'required' | 'optional') =>
    companion(usage, {
      policy: policyOf('rfc7523', { 'grant.clientAuth': auth }),
      facts: EVERYTHING,
      role: 'hostile',
    })?.id

  test('is a client of the same role: beside a proof always, beside a grant where the profile demands it', () => {
    expect(beside('dpop-proof', 'optional')).toBe('client-hostile')
    expect(beside(GRANT, 'required')).toBe('client-hostile')
    expect(beside(GRANT, 'optional')).toBeUndefined()
    expect(beside(CLIENT, 'required')).toBeUndefined()
    expect(beside('bearer-token', 'required')).toBeUndefined()
  })

  test('is named in a grant, and not in a proof', () => {
    const making = {
      policy: policyOf('rfc7523', { 'grant.clientAuth': 'required' }),
      facts: EVERYTHING,
      role: 'honest',
    } as const
    const claims = (usage: Parameters<typeof companion>[0]) =>
      controlSource(usage, party(EVERYTHING, usage), 'stem', making).claims
    expect(claims(GRANT)).toMatchObject({ client_id: 'client-honest', jti: { $jti: 'stem' } })
    expect(claims(CLIENT)).not.toHaveProperty('client_id')
    expect(claims('dpop-proof')).toEqual({
      jti: { $jti: 'stem' },
      htm: 'POST',
      htu: 'https://as.example/token',
      iat: { $now: 0 },
    })
  })

  test('is in nothing else: a control is the plainest assertion of its usage, good for a minute', () => {
    const source = (usage: Parameters<typeof companion>[0]) =>
      controlSource(usage, party(EVERYTHING, usage), 'stem', {
        policy: policyOf('rfc7523'),
        facts: EVERYTHING,
        role: 'honest',
      })
    const times = { jti: { $jti: 'stem' }, iat: { $now: 0 }, exp: { $now: 60 } }
    const ISSUER = 'https://as.example'
    expect(source(CLIENT)).toMatchObject({
      kind: 'minted',
      usage: CLIENT,
      defect: null,
      last: true,
    })
    expect(source(CLIENT).claims).toEqual({
      iss: 'client-honest',
      sub: 'client-honest',
      aud: ISSUER,
      ...times,
    })
    expect(source(GRANT).claims).toEqual({
      iss: 'https://honest.example',
      sub: 'honest-subject',
      aud: ISSUER,
      ...times,
    })
    expect(source('bearer-token').claims).toEqual({
      iss: 'https://honest.example',
      sub: 'honest-subject',
      aud: 'https://as.example/resource',
      client_id: 'honest-subject',
      ...times,
    })
  })

  test('makes controls differ, as do their audiences and types', () => {
    const forms = [
      policyOf('rfc7523'),
      policyOf('rfc7523', { 'grant.clientAuth': 'required' }),
      policyOf('rfc7523', { 'typ.grant': 'x+jwt' }),
    ].map((policy) => controlForm(GRANT, policy, FACTS))
    expect(new Set(forms).size).toBe(3)
    const ofClients = ['rfc7523', 'rfc7523bis', 'fapi2'].map((name) =>
      controlForm(CLIENT, policyOf(name, { 'typ.grant': 'x+jwt' }), FACTS),
    )
    expect(new Set(ofClients).size).toBe(1)
  })
})

describe('what a case needs', () => {
  const lacking = (need: Need, facts: TargetFacts, usage = CLIENT) =>
    lackingFor({ needs: [need] } as unknown as CaseDraft, party(facts, usage), facts)
  const BARE: TargetFacts = { ...FACTS, endpoints: {}, principals: [party(FACTS, CLIENT)] }

  test.each<readonly [need: Need, words: RegExp]>([
    ['introspection', /endpoints[.]introspection/],
    ['revocation', /endpoints[.]revocation/],
    ['par', /endpoints[.]par/],
    ['metadata', /endpoints[.]metadata/],
    ['token-issuer', /tokens in the target file/],
    ['second-client', /a second registered party$/],
    ['namesake', /something behind it$/],
    ['bound-algorithms', /declares[.]algorithms: as-registered/],
    ['token-endpoint-apart', /have one name$/],
    ['idle-key', /mark: idle/],
    ['weak-key', /mark: weak/],
    ['dpop', /takes DPoP proofs \(declares[.]supports/],
    ['at-jwt', /access tokens of RFC 9068/],
  ])('%s: is said where it is not there, and nothing where it is', (need, words) => {
    expect(lacking(need, BARE)).toMatch(words)
    expect(lacking(need, EVERYTHING)).toBeUndefined()
  })

  test('of keys, audiences and names is told by what the target says', () => {
    const open = { ...FACTS, audiences: { values: [], complete: false } }
    expect(lacking('complete-audiences', open)).toContain('audiences.complete: true')
    expect(lacking('complete-audiences', FACTS)).toBeUndefined()
    const one = { ...FACTS, endpoints: { token: FACTS.issuer } }
    expect(lacking('token-endpoint-apart', one)).toContain('one name')
    expect(lacking('es256-key', FACTS)).toBeUndefined()
    const other = { name: 'k', algorithm: 'RS256', kid: 'kid' }
    const by = { ...party(FACTS, CLIENT), keys: [other, { ...other, algorithm: 'ES256' }] }
    expect(lacking('es256-key', { ...FACTS, principals: [by] })).toContain('ES256')
    expect(lacking('listener', EVERYTHING)).toContain('listens at')
    expect(lacking('client-id-sent', EVERYTHING)).toContain('sendClientId is not set')
    expect(lacking('client-id-sent', { ...EVERYTHING, sendsClientId: true })).toBeUndefined()
  })

  test('is the first thing that is missing, and nothing where nothing is asked for', () => {
    const needs = ['second-client', 'par', 'metadata'] as const
    const facts = { ...FACTS, endpoints: {} }
    const draft = { needs } as unknown as CaseDraft
    expect(lackingFor(draft, party(facts, CLIENT), facts)).toContain('endpoints.par')
    expect(lackingFor({} as CaseDraft, party(facts, CLIENT), facts)).toBeUndefined()
  })

  test('of the edges of time is declared where the target says as much and no more', () => {
    const facts = (grant: number, refuse: number): TargetFacts => ({
      ...FACTS,
      declares: { ...FACTS.declares, leewaySeconds: { grant, refuse } },
    })
    expect(isDeclared({ grants: 10 }, facts(10, 60))).toBe(true)
    expect(isDeclared({ grants: 11 }, facts(10, 60))).toBe(false)
    expect(isDeclared({ refuses: 60 }, facts(10, 60))).toBe(true)
    expect(isDeclared({ refuses: 59 }, facts(10, 60))).toBe(false)
    expect(isDeclared({}, FACTS)).toBe(true)
    expect(isDeclared(undefined, FACTS)).toBe(true)
    expect(isDeclared({ grants: 1 }, FACTS)).toBe(false)
    expect(isDeclared({ refuses: 9_999 }, FACTS)).toBe(false)
    expect(isDeclared({ without: 'spiffe' }, FACTS)).toBe(true)
    expect(isDeclared({ without: 'spiffe' }, EVERYTHING)).toBe(false)
    expect(isDeclared({ with: 'at-jwt' }, EVERYTHING)).toBe(true)
    expect(isDeclared({ with: 'at-jwt' }, FACTS)).toBe(false)
    expect(isDeclared({ with: 'at-jwt', without: 'spiffe' }, EVERYTHING)).toBe(false)
  })
})

test('a party keeps its lane, and a new one takes the shortest', () => {
  const lanes = openLanes(2)
  const [a, b] = [lanes.of('a'), lanes.of('a')]
  expect(a).toBe(b)
  a.length = 5
  const c = lanes.of('c')
  expect(c).not.toBe(a)
  c.length = 7
  expect(lanes.of('d')).toBe(a)
  expect(lanes.of('c')).toBe(c)
  expect(a.end).toBeNull()
})

test('a judge’s words are taken as they come, and whatever is none is none', () => {
  const judged = {
    lost: [{ block: 'ca-1', tries: 1 }, { block: 7 }, null],
    failed: [{ case: 'c' }],
  }
  expect(named(judged, 'lost')).toEqual(['ca-1'])
  expect(named(judged, 'failed')).toEqual(['c'])
  for (const other of [null, 7, [], {}, { lost: 'all' }]) expect(named(other, 'lost')).toEqual([])
  const live = { judged: 5, falseAccepts: 1, falseRejects: 2, unavailable: 3, undecided: 4 }
  expect(liveFigures({ live })).toEqual(live)
  const none = { judged: 0, falseAccepts: 0, falseRejects: 0, unavailable: 0, undecided: 0 }
  expect(liveFigures({ live: { judged: 'x' } })).toEqual(none)
  expect(NO_FIGURES).toEqual(none)
})
