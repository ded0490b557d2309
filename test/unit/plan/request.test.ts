/** What goes with credentials in a request, and how the markers of drafts are filled in: each by its exact outcome. */
import { describe, expect, test } from 'vitest'
import type { FormChange } from '../../../harness/model/check.ts'
import type { Json, Source } from '../../../harness/model/plan.ts'
import type { TargetFacts } from '../../../harness/model/target.ts'
import {
  changed,
  changedHeader,
  paramsFor,
  settledForm,
  settledHttp,
  stepOf,
} from '../../../harness/plan/request.ts'
import { EVERYTHING, FACTS } from './facts.ts'

const SOME: Source = { kind: 'nothing' }
const [OWN, HOSTILE] = EVERYTHING.principals
if (OWN === undefined || HOSTILE === undefined) throw new RangeError('there are parties')
const PARTIES = { own: OWN, another: HOSTILE }

describe('the parameters of a request', () => {
  const params = (endpoint: string, parts: Readonly<Record<string, Source>>, facts = FACTS) =>
    paramsFor({ endpoint, principal: 'honest', parts }, facts)
  const CLIENT = { client_assertion: SOME }
  const TYPE = ['client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer']
  const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

  test('at a token endpoint say which grant is asked for, and for what scope where there is one', () => {
    expect(params('token', CLIENT)).toEqual([['grant_type', 'client_credentials'], TYPE])
    expect(params('token', { assertion: SOME })).toEqual([['grant_type', GRANT]])
    expect(params('token', { ...CLIENT, assertion: SOME })).toEqual([['grant_type', GRANT], TYPE])
    expect(params('token', CLIENT, { ...FACTS, scope: 'read' })).toEqual([
      ['grant_type', 'client_credentials'],
      ['scope', 'read'],
      TYPE,
    ])
  })

  test('elsewhere are those of that endpoint', () => {
    const scoped = { ...FACTS, scope: 'read' }
    expect(params('introspection', CLIENT, scoped)).toEqual([TYPE])
    expect(params('resource', { authorization: SOME }, scoped)).toEqual([])
    expect(params('par', CLIENT, scoped)).toEqual([
      ['response_type', 'code'],
      ['redirect_uri', 'https://client.cupel.example/back'],
      TYPE,
    ])
  })

  test('name the client as its assertion does where that is somebody else’s, or nobody where it does not', () => {
    const facts: TargetFacts = { ...FACTS, sendsClientId: true }
    const id = (claims: Json) => {
      const minted = { kind: 'minted', claims } as unknown as Source
      return paramsFor(
        { endpoint: 'token', principal: 'honest-issuer', parts: { client_assertion: minted } },
        facts,
      ).find(([name]) => name === 'client_id')
    }
    expect(id({ sub: 'client-x' })).toEqual(['client_id', 'client-x'])
    for (const none of [{}, { sub: 7 }, null, 'text']) expect(id(none)).toBeUndefined()
    const taken = paramsFor(
      { endpoint: 'token', principal: 'nobody', parts: { client_assertion: SOME } },
      facts,
    )
    expect(taken.map(([name]) => name)).not.toContain('client_id')
  })
})

describe('a step', () => {
  const request = {
    name: 'n',
    caseId: 'c',
    due: { atUs: 5 },
    endpoint: 'token',
    node: 'node-1',
    principal: 'honest',
    parts: { assertion: SOME },
  }
  const params = (form: FormChange) => stepOf({ ...request, form }, FACTS).params

  test('has what was asked for, and nothing else', () => {
    const grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
    expect(stepOf(request, FACTS)).toEqual({
      ...request,
      params: [['grant_type', grant]],
      verifierNowSeconds: null,
      race: null,
      onChallenge: 'record',
    })
    expect(
      stepOf({ ...request, race: 'r', http: { method: 'GET' } as never }, FACTS),
    ).toMatchObject({ race: 'r', http: { method: 'GET' } })
  })

  test('has its form changed: one left out, one set, one more before its own, what is no text as JSON', () => {
    expect(params({ drop: ['grant_type'] })).toEqual([])
    expect(params({ set: { grant_type: 'x', more: { a: 1 } } })).toEqual([
      ['grant_type', 'x'],
      ['more', '{"a":1}'],
    ])
    const [first, second, ...others] = params({ repeat: { grant_type: 'x' } })
    expect([first, second?.[0], others]).toEqual([['grant_type', 'x'], 'grant_type', []])
  })
})

describe('a marker', () => {
  const claim = (value: Json, facts = EVERYTHING, parties = PARTIES) =>
    changed({ x: 'control' }, { set: { x: value }, defect: null }, facts, parties)['x']

  test.each<[Json, Json]>([
    [{ $audience: 'issuer' }, 'https://as.example'],
    [{ $audience: 'token-endpoint' }, 'https://as.example/token'],
    [{ $audience: 'resource' }, 'https://as.example/resource'],
    [{ $audience: 'par' }, 'https://as.example/par'],
    [{ $audience: 'issuer', suffix: '/' }, 'https://as.example/'],
    [{ $audience: 'issuer', prefix: 'x-' }, 'x-https://as.example'],
    [{ $audience: 'issuer', suffix: 7 }, 'https://as.example'],
    [{ $audience: 'token-endpoint', spelling: 'upper-host' }, 'https://AS.EXAMPLE/token'],
    [{ $audience: 'token-endpoint', spelling: 'plain-http' }, 'http://as.example/token'],
    [{ $audience: 'token-endpoint', spelling: 'default-port' }, 'https://as.example:443/token'],
    [{ $audience: 'issuer', spelling: 'default-port' }, 'https://as.example:443'],
    [{ $audience: 'issuer', spelling: 'percent-encoded' }, 'https://%61s.example'],
    [{ $audience: 'issuer', spelling: 'shortened' }, 'https://as.exampl'],
    [{ $audience: 'issuer', spelling: 'never-heard-of' }, 'https://as.example'],
    [{ $audience: 'issuer', spelling: 7 }, 'https://as.example'],
    [{ $party: 'own', member: 'id' }, 'client-honest'],
    [{ $party: 'another', member: 'id' }, 'client-hostile'],
    [{ $party: 'own', member: 'id', spelling: 'other-case' }, 'CLIENT-HONEST'],
    [{ $kid: 'shortened' }, 'honest-client-authentication-ES256-ki'],
    [{ $kid: null }, 'honest-client-authentication-ES256-kid'],
    [
      [{ $audience: 'issuer' }, { in: [{ $party: 'own' }] }],
      ['https://as.example', { in: ['client-honest'] }],
    ],
    [7, 7],
    [null, null],
  ])('%j is %j', (marker, value) => {
    expect(claim(marker)).toEqual(value)
  })

  test('of a subject is that of the party, which a grant’s issuer is not', () => {
    const issuer = EVERYTHING.principals.find(({ usage }) => usage === 'authorization-grant')
    if (issuer === undefined) throw new RangeError('there is one')
    const parties = { own: issuer, another: HOSTILE }
    expect(claim({ $party: 'own', member: 'subject' }, EVERYTHING, parties)).toBe('honest-subject')
    expect(claim({ $party: 'own' }, EVERYTHING, parties)).toBe('https://honest.example')
  })

  test('in capitals becomes small where it has no small letter', () => {
    const own = { ...OWN, id: 'CLIENT-1' }
    const parties = { own, another: HOSTILE }
    expect(claim({ $party: 'own', spelling: 'other-case' }, EVERYTHING, parties)).toBe('client-1')
  })

  test('of what the target has not is an error of the draft', () => {
    expect(() => claim({ $audience: 'resource' }, FACTS)).toThrow('no audience "resource"')
    expect(() => claim({ $audience: 7 })).toThrow('no audience 7')
    expect(() => changed({}, { set: { x: { $party: 'own' } }, defect: null }, FACTS)).toThrow(
      'no party {"$party":"own"}',
    )
    expect(() => changed({}, { set: { x: { $kid: null } }, defect: null }, FACTS)).toThrow(
      'no party has the key',
    )
  })
})

describe('a change', () => {
  test('leaves out and sets claims, and members of a header that are null are left out', () => {
    const change = {
      drop: ['b'],
      set: { c: 3, d: 4 },
      header: { kid: null, typ: 'x' },
      defect: null,
    }
    expect(changed({ a: 1, b: 2, c: 1 }, change as never, FACTS)).toEqual({ a: 1, c: 3, d: 4 })
    expect(changed({ a: 1 }, undefined, FACTS)).toEqual({ a: 1 })
    expect(changedHeader({ alg: 'ES256', kid: 'k' }, change as never)).toEqual({
      alg: 'ES256',
      typ: 'x',
    })
    const marked = { header: { kid: { $kid: 'shortened' } }, defect: null } as never
    expect(changedHeader({}, marked)).toEqual({ kid: { $kid: 'shortened' } })
    expect(changedHeader({}, marked, { facts: EVERYTHING, ...PARTIES })).toEqual({
      kid: 'honest-client-authentication-ES256-ki',
    })
  })

  test('of a form has its markers filled in, wherever they stand', () => {
    const own = { $party: 'own' }
    expect(settledForm({ set: { a: own }, repeat: { b: own } }, EVERYTHING, PARTIES)).toEqual({
      drop: [],
      set: { a: 'client-honest' },
      repeat: { b: 'client-honest' },
    })
    expect(settledForm({ drop: ['x'] }, EVERYTHING, PARTIES)).toEqual({
      drop: ['x'],
      set: {},
      repeat: {},
    })
  })

  test('of the request sends a secret that nobody registered under the party’s own name', () => {
    const own = { ...OWN, id: 'a:b' }
    const http = settledHttp({ basic: true }, { own, another: undefined })
    const sent = Buffer.from(String(http.authorization).replace('Basic ', ''), 'base64').toString()
    expect(sent).toBe('a%3Ab:nobody-registered-this')
    expect(settledHttp({}, PARTIES)).toEqual({})
  })
})
