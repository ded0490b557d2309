/** From one draft to the requests and the table of a case, or to why it is not asked: each by its exact outcome. */
import { describe, expect, test } from 'vitest'
import type { Change, ExpectationDraft } from '../../../harness/model/check.ts'
import type { Json } from '../../../harness/model/plan.ts'
import type { TargetFacts } from '../../../harness/model/target.ts'
import { idJag } from '../../../suites/profiles/id-jag.ts'
import { EVERYTHING, FACTS } from './facts.ts'
import {
  asking,
  claimsIn,
  CLIENT,
  draftOf,
  GRANT,
  ID,
  partsIn,
  planned,
  whyNot,
} from './small-check.ts'

const CASE = `${ID}:ca:case`
const NAME = `checks/r0/${CASE}/ask`
const ALONE: TargetFacts = { ...FACTS, principals: FACTS.principals.slice(0, 1) }

describe('a case', () => {
  test('has its names, its finding and the profiles that its control is right for', () => {
    expect(planned(draftOf()).judged).toStrictEqual({
      caseId: CASE,
      check: ID,
      usage: CLIENT,
      name: 'case',
      finding: 'signature/invalid-accepted',
      steps: [NAME],
      expects: [
        {
          step: NAME,
          part: 'client_assertion',
          when: {},
          deserves: 'reject',
          errors: [],
          because: 'it is wrong',
        },
      ],
      profiles: ['rfc7523bis'],
    })
    const own = draftOf({ finding: 'own/accepted', refusal: 'own/refused' })
    expect(planned(own, { suffix: '~other', usage: GRANT }).judged).toMatchObject({
      caseId: `${ID}:jg:case~other`,
      name: 'case~other',
      finding: 'own/accepted',
      refusal: 'own/refused',
    })
  })

  test('says so where a request of it calls the server by another name', () => {
    const called = (http: { readonly host?: string }) =>
      planned(draftOf({ steps: [{ name: 'ask', http }] })).judged.callsAnother
    expect([called({ host: 'else.example' }), called({})]).toEqual([true, undefined])
  })

  test('has all that a row of its table says', () => {
    const row: ExpectationDraft = {
      step: 'ask',
      deserves: 'reject',
      because: 'so',
      when: { 'aud.ca.sole': true },
      errors: ['invalid_client'],
      statuses: [405],
      faults: { 'not-401': 'answers/not-in-form' },
      onceAccepted: 'ask',
    }
    expect(planned(draftOf({ expects: [row] })).judged.expects).toEqual([
      { ...row, step: NAME, part: 'client_assertion', onceAccepted: NAME },
    ])
  })

  test('has the rows of its own usage, and those that the target declares enough for', () => {
    const because = (expects: readonly Partial<ExpectationDraft>[], facts = FACTS) =>
      planned(
        draftOf({
          expects: expects.map((row) => ({
            step: 'ask',
            deserves: 'either',
            because: 'x',
            ...row,
          })),
        }),
        { facts },
      ).judged.expects.map((row) => row.because)
    expect(
      because([
        { usages: [GRANT], because: 'of grants' },
        { usages: [GRANT, CLIENT], because: 'of both' },
        { declared: { grants: 5 }, because: 'declared' },
        { because: 'of all' },
      ]),
    ).toEqual(['of both', 'of all'])
    const leewaySeconds = { grant: 5, refuse: 60 }
    const facts = { ...FACTS, declares: { ...FACTS.declares, leewaySeconds } }
    expect(because([{ declared: { grants: 5 }, because: 'declared' }], facts)).toEqual(['declared'])
  })

  test('that expects of what is not there is an error of the draft', () => {
    const expecting = (row: Partial<ExpectationDraft>) => () =>
      planned(draftOf({ expects: [{ step: 'ask', deserves: 'either', because: 'x', ...row }] }))
    expect(expecting({ step: 'other' })).toThrow(`${ID} expects of no step other`)
    expect(expecting({ part: 1 })).toThrow(`${ID}: ask has no such part`)
  })

  test('is sent by a hostile party as soon as any of it deserves rejection', () => {
    const by = (...deserves: readonly ('accept' | 'reject' | 'either')[]) => {
      const expects = deserves.map((each) => ({ step: 'ask', deserves: each, because: 'x' }))
      const { hostile, principal, requests } = planned(draftOf({ expects }))
      return [hostile, principal.name, requests[0]?.principal]
    }
    expect(by('accept', 'reject')).toEqual([true, 'hostile', 'hostile'])
    expect(by('accept', 'either')).toEqual([false, 'honest', 'honest'])
    const facts = { ...FACTS, principals: FACTS.principals.toReversed() }
    const told = draftOf({ expects: [{ step: 'ask', deserves: 'either', because: 'x' }] })
    expect(planned(told, { facts }).principal.name).toBe('honest')
  })

  test('goes to where its usage is presented, or where the draft says', () => {
    const endpoint = (draft = draftOf(), usage: 'bearer-token' | typeof CLIENT = CLIENT) =>
      planned(draft, { usage, facts: EVERYTHING }).requests[0]?.endpoint
    expect(endpoint()).toBe('token')
    expect(endpoint(draftOf(), 'bearer-token')).toBe('resource')
    expect(endpoint(asking({ endpoint: 'par' }))).toBe('par')
  })

  test('has the form and the headers that its draft says, with its parties filled in', () => {
    const form = { set: { client_id: { $party: 'another' } } }
    const [request] = planned(asking({ form, http: { basic: true } })).requests
    expect(request?.form).toEqual({ drop: [], set: { client_id: 'client-spare' }, repeat: {} })
    expect(request?.http?.authorization).toMatch(/^Basic /)
    const [plain] = planned(draftOf()).requests
    expect(plain).not.toHaveProperty('form')
    expect(plain).not.toHaveProperty('http')
  })

  test('is named after the round in which it is asked again', () => {
    const { judged, requests } = planned(draftOf(), { round: 2 })
    expect(requests[0]?.name).toBe(`checks/r2/${CASE}/ask`)
    expect(judged.steps).toEqual([`checks/r2/${CASE}/ask`])
  })
})

describe('a case is not asked, and says why', () => {
  test('where nobody may send it', () => {
    expect(whyNot(draftOf(), { usage: 'dpop-proof' })).toBe(
      'the target has no party for dpop-proof',
    )
    const another = asking({ by: 'another' })
    expect(whyNot(another, { facts: ALONE })).toBe('needs a second registered party')
    expect(whyNot(another)).toBeNull()
    // Sent by the party itself it would be another case, and what it deserves another thing.
    expect(whyNot(another, { facts: ALONE })).toBe('needs a second registered party')
    expect(whyNot(asking({ by: 'namesake' }))).toBe('needs a second registered party')
    const half = draftOf({ steps: [{ name: 'ask' }, { name: 'two', by: 'another' }] })
    expect(whyNot(half, { facts: ALONE })).toBe('needs a second registered party')
    const bare = asking({ by: 'another', parts: [{ kind: 'nothing' }] })
    expect(whyNot(bare, { facts: ALONE })).toBe('needs a second registered party')
  })

  test('where the target lacks what it needs, or its party the key', () => {
    expect(whyNot(draftOf({ needs: ['par'] }))).toContain('endpoints.par')
    const rs256 = asking({ change: { algorithm: 'RS256', defect: null } })
    expect(whyNot(rs256)).toBe('needs a registered RS256 key')
    expect(whyNot(rs256, { facts: EVERYTHING })).toBeNull()
    // What goes along in another usage has a party of its own.
    const parts = [
      { kind: 'minted', usage: GRANT, change: { algorithm: 'X', defect: null } },
    ] as const
    expect(whyNot(asking({ parts }))).not.toBe('needs a registered X key')
  })

  const SAME = 'this target’s names read the same after the change'

  test('where a look-alike of an audience is one that is right', () => {
    const why = (aud: Json, defect: Change['defect'] = { kind: 'audience', form: 'alike' }) =>
      whyNot(asking({ change: { set: { aud }, defect } }), {
        facts: { ...FACTS, audiences: { values: ['urn:a', 'urn:b'], complete: true } },
      })
    // The issuer, which is the control's audience, and another that the target takes.
    expect(why('https://as.example')).toBe(SAME)
    expect(why('urn:b')).toBe(SAME)
    expect(why('urn:c')).toBeNull()
    expect(why(['urn:b'])).toBeNull()
    expect(why('urn:b', { kind: 'audience', form: 'foreign' })).toBeNull()
    expect(why('urn:b', { kind: 'other', form: 'alike' })).toBeNull()
    expect(why('urn:b', null)).toBeNull()
    const dropped = { drop: ['aud'], defect: { kind: 'audience', form: 'alike' } }
    expect(whyNot(asking({ change: dropped }))).toBeNull()
    // One such credential is enough, among several of a request and of the case.
    const change = { set: { aud: FACTS.issuer }, defect: { kind: 'audience', form: 'alike' } }
    expect(whyNot(asking({ parts: [{ kind: 'minted', change }, { kind: 'nothing' }] }))).toBe(SAME)
    expect(whyNot(draftOf({ steps: [{ name: 'ask', change }, { name: 'two' }] }))).toBe(SAME)
  })

  test('must not be for what is right of another usage that goes along', () => {
    const change = {
      set: { aud: 'https://as.example' },
      defect: { kind: 'audience', form: 'alike' },
    }
    const parts = [{ kind: 'minted', usage: GRANT, change }, { kind: 'minted' }] as const
    expect(whyNot(asking({ parts }))).toBeNull()
  })

  test('where a name that is spelt otherwise comes out the same', () => {
    const facts: TargetFacts = {
      ...FACTS,
      principals: FACTS.principals.map((each) => ({ ...each, id: '42', subject: '42' })),
    }
    const why = (set: Readonly<Record<string, Json>>, given = facts) =>
      whyNot(asking({ change: { set, defect: null } }), { facts: given })
    const other = { $party: 'own', spelling: 'other-case' }
    expect(why({ iss: other })).toBe(SAME)
    expect(why({ iss: other }, FACTS)).toBeNull()
    // A name with something behind it is another, whatever becomes of its letters.
    expect(why({ iss: { $party: 'own', suffix: '/' } })).toBeNull()
    expect(why({ iss: { ...other, suffix: '/' } })).toBeNull()
    expect(why({ iss: '42', sub: 7 })).toBeNull()
    expect(why({ sub: '42', iss: other })).toBe(SAME)
    const change = { set: { iss: other }, defect: null }
    const steps = [{ name: 'ask', change }, { name: 'two' }]
    expect(whyNot(draftOf({ steps }), { facts })).toBe(SAME)
  })

  test('where an address without TLS was one already, but for audiences, of which there may be others', () => {
    const token = 'http://as.example/token'
    const facts: TargetFacts = {
      ...EVERYTHING,
      endpoints: { ...EVERYTHING.endpoints, token },
    }
    const plain = { $audience: 'token-endpoint', spelling: 'plain-http' }
    const why = (name: string, given = facts) =>
      whyNot(asking({ change: { set: { [name]: plain }, defect: null } }), { facts: given })
    expect(why('htu')).toBe(SAME)
    expect(why('htu', EVERYTHING)).toBeNull()
    expect(why('aud')).toBeNull()
  })
})

describe('what goes beside a credential', () => {
  const keys = (draft = draftOf(), profile = idJag) =>
    partsIn(draft, { usage: GRANT, profile, facts: EVERYTHING }).map((parts) => Object.keys(parts))

  test('is a client’s own assertion where the profile wants one, before the one under test', () => {
    expect(keys()).toEqual([['client_assertion', 'assertion']])
    const twice = draftOf({ steps: [{ name: 'ask' }, { name: 'again' }] })
    const stems = partsIn(twice, { usage: GRANT, profile: idJag, facts: EVERYTHING }).flatMap(
      (parts) => Object.values(parts).map((source) => JSON.stringify(claimsIn(source)['jti'])),
    )
    expect(new Set(stems).size).toBe(4)
  })

  test('is none where the draft brings a credential of a usage of its own', () => {
    const own = { kind: 'minted', usage: CLIENT } as const
    expect(keys(asking({ parts: [{ kind: 'minted' }, own] }))).toEqual([
      ['assertion', 'client_assertion'],
    ])
    expect(keys(asking({ parts: [{ kind: 'minted' }] }))).toEqual([
      ['client_assertion', 'assertion'],
    ])
  })

  test('is named in a grant, which is for that client', () => {
    const [parts = {}] = partsIn(draftOf(), { usage: GRANT, profile: idJag, facts: EVERYTHING })
    expect(claimsIn(parts['assertion'])['client_id']).toBe('client-hostile')
    expect(claimsIn(partsIn(draftOf(), { usage: GRANT })[0]?.['assertion'])).not.toHaveProperty(
      'client_id',
    )
  })
})
