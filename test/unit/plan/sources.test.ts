/** The credentials of a case's requests: each part of a draft by its exact source. */
import { describe, expect, test } from 'vitest'
import type { Change, PartDraft } from '../../../harness/model/check.ts'
import type { TargetFacts } from '../../../harness/model/target.ts'
import { stem } from '../../../harness/plan/stem.ts'
import { seeded } from '../../../harness/random.ts'
import { EVERYTHING, FACTS } from './facts.ts'
import {
  asking,
  claimsIn,
  CLIENT,
  draftOf,
  GRANT,
  ID,
  mintedIn,
  partsIn,
  planned,
  whyNot,
  type Planning,
} from './small-check.ts'

const CASE = `${ID}:ca:case`
const step = (name: string) => `checks/r0/${CASE}/${name}`
/** What the identifier of the first part of a step is drawn for. */
const drawn = (name: string) => stem(seeded('7'), `${CASE}/${name}`)

const part = (one: PartDraft, given: Planning = {}) =>
  Object.entries(partsIn(asking({ parts: [one] }), given)[0] ?? {})[0]

const minted = (change: Change, given: Planning = {}) =>
  mintedIn(partsIn(asking({ change }), given)[0]?.['client_assertion'])

const KEY = { mark: 'idle', name: 'idle-key', algorithm: 'ES384', kid: 'idle-kid' } as const

describe('a part', () => {
  test('that is minted is the control with its change, and the last of its identifier', () => {
    const defect = { kind: 'signature-bit' }
    expect(minted({ set: { x: 1 }, header: { typ: 'y' }, defect })).toEqual({
      kind: 'minted',
      usage: CLIENT,
      signer: 'hostile-key',
      header: { alg: 'ES256', kid: 'hostile-kid', typ: 'y' },
      claims: {
        iss: 'client-hostile',
        sub: 'client-hostile',
        aud: 'https://as.example',
        jti: { $jti: drawn('ask/0') },
        iat: { $now: 0 },
        exp: { $now: 60 },
        x: 1,
      },
      defect,
      last: true,
    })
    expect(partsIn(draftOf())[0]?.['client_assertion']).toMatchObject({ defect: null })
    const short = minted({ header: { kid: { $kid: 'shortened' } }, defect: null })
    expect(short.header).toEqual({ alg: 'ES256', kid: 'hostile-ki' })
  })

  test('travels where its usage does, or where the draft says', () => {
    expect(part({ kind: 'minted', usage: GRANT })?.[0]).toBe('assertion')
    expect(part({ kind: 'minted', as: 'elsewhere' })?.[0]).toBe('elsewhere')
    expect(part({ kind: 'minted' })?.[0]).toBe('client_assertion')
  })

  test('that is nothing, taken or sent again is said to be', () => {
    expect(part({ kind: 'nothing' })).toEqual(['nothing', { kind: 'nothing' }])
    expect(part({ kind: 'taken', step: 'ask', what: 'access-token', as: 'token' })).toEqual([
      'token',
      { kind: 'taken', step: step('ask'), what: 'access-token' },
    ])
    const altered = { kind: 'padded' }
    expect(part({ kind: 'again', step: 'ask', altered })).toEqual([
      'client_assertion',
      { kind: 'again', step: step('ask'), part: 'client_assertion', altered, last: true },
    ])
  })

  test('is the last use of what a step minted where no later one presents that once more', () => {
    const again = (name: string, of: string) =>
      ({ name, parts: [{ kind: 'again', step: of }] }) as const
    const lasts = (...later: readonly ReturnType<typeof again>[]) => {
      const steps = [{ name: 'ask' }, ...later]
      return partsIn(draftOf({ steps })).map((parts) => Object(parts['client_assertion']).last)
    }
    expect(lasts()).toEqual([true])
    expect(lasts(again('two', 'ask'), again('three', 'ask'))).toEqual([false, false, true])
    expect(lasts(again('two', 'two'))).toEqual([true, true])
    const token = { kind: 'taken', step: 'ask', what: 'access-token', as: 'token' } as const
    const along = (...parts: readonly PartDraft[]) => {
      const steps = [{ name: 'ask' }, { name: 'two', parts }]
      return Object(partsIn(draftOf({ steps }))[0]?.['client_assertion']).last
    }
    expect(along({ kind: 'again', step: 'ask' }, { kind: 'nothing' })).toBe(false)
    // What came of it is another thing.
    expect(along(token)).toBe(true)
  })

  test('that nobody can mint makes the case one that is not asked', () => {
    const tokens = { kind: 'minted', usage: 'bearer-token' } as const
    expect(whyNot(asking({ parts: [tokens] }))).toBe('needs a second registered party')
    expect(whyNot(asking({ parts: [tokens] }), { facts: EVERYTHING })).toBeNull()
  })
})

describe('a key', () => {
  const [honest] = FACTS.principals
  const marked: TargetFacts = {
    ...FACTS,
    principals: FACTS.principals.map((each) => ({ ...each, keys: [KEY, ...each.keys] })),
  }

  test('is the first that is for signing with, or the one that is asked for', () => {
    expect(honest?.keys).toHaveLength(1)
    expect(minted({ defect: null }, { facts: marked }).signer).toBe('hostile-key')
    expect(minted({ key: 'idle', defect: null }, { facts: marked }).signer).toBe('idle-key')
    const rs256 = { algorithm: 'RS256', defect: null }
    expect(minted(rs256, { facts: EVERYTHING }).signer).toBe('hostile-client-authentication-RS256')
    expect(whyNot(asking({ change: { key: 'weak', algorithm: 'ES384', defect: null } }))).toBe(
      'needs a registered ES384 key',
    )
  })

  test('is another party’s where that signs in the name of the first, named as either’s', () => {
    const signedBy = 'another-registered-party'
    const foreign = minted({ signedBy, defect: null })
    expect([foreign.signer, foreign.header, claimsIn(foreign)['iss']]).toEqual([
      'spare-key',
      { alg: 'ES256', kid: 'spare-kid' },
      'client-hostile',
    ])
    const named = minted({ signedBy, kid: 'own', defect: null })
    expect([named.signer, named.header]).toEqual([
      'spare-key',
      { alg: 'ES256', kid: 'hostile-kid' },
    ])
  })
})

describe('what is made for another usage', () => {
  test('is made by that usage’s party of the same role, and presented as what it is not', () => {
    const source = minted({ madeFor: GRANT, defect: null })
    expect(source).toMatchObject({
      usage: CLIENT,
      signer: 'hostile-issuer-key',
      claims: { iss: 'https://hostile.example', sub: 'alice' },
    })
  })
})

describe('an identifier that a draft chose', () => {
  const jtis = (chosen: unknown, given: Planning = {}, by?: 'namesake') => {
    const change = { set: { jti: chosen }, defect: null } as Change
    const steps = [
      { name: 'one', change },
      { name: 'two', change, ...(by === undefined ? {} : { by }) },
    ]
    const expects = [{ step: 'one', deserves: 'accept', because: 'x' }] as const
    return partsIn(draftOf({ steps, expects }), given).map(
      (parts) => claimsIn(parts['client_assertion'])['jti'],
    )
  }
  const own = stem(seeded('7'), `${CASE}/chosen`)

  test('is the same in all steps of its case, and ends in what no other case has', () => {
    const both = { $jti: `mine-${own}` }
    expect(jtis({ $jti: 'mine-' })).toEqual([both, both])
  })

  test('that is none, or no text, is left as the draft has it', () => {
    expect(jtis('plain')).toEqual(['plain', 'plain'])
    expect(jtis({ $jti: 7 })).toEqual([{ $jti: 7 }, { $jti: 7 }])
  })

  test('may begin with what the longer of two names goes on with, so that both read alike when joined', () => {
    const [one, two] = FACTS.principals
    if (one === undefined || two === undefined) throw new RangeError('there are two')
    const facts = { ...FACTS, principals: [one, { ...two, id: `${one.id}/2x`, roles: ['spare'] }] }
    const text = (after: string) =>
      jtis({ $jti: 'mine', after }, { facts: facts as TargetFacts }, 'namesake').map(
        (each) => Object(each).$jti,
      )
    expect(text('namesake')[0]).toBe(`/2xmine${own}`)
    expect(text('namesake-and-mark')[0]).toBe(`2x/mine${own}`)
    expect(jtis({ $jti: 'mine' }, { facts: facts as TargetFacts })[0]).toEqual({
      $jti: `mine${own}`,
    })
    // Nobody has a name that goes on where this one ends.
    expect(jtis({ $jti: 'mine', after: 'namesake' })[0]).toEqual({ $jti: `mine${own}` })
  })

  test('goes with the parties of its step', () => {
    const steps = [{ name: 'ask', by: 'another' as const }]
    const [request] = planned(draftOf({ steps })).requests
    expect(request?.principal).toBe('spare')
    expect(claimsIn(request?.parts['client_assertion'])['iss']).toBe('client-spare')
    const change = { set: { iss: { $party: 'another' } }, defect: null }
    const [back] = planned(draftOf({ steps: [{ name: 'ask', by: 'another', change }] })).requests
    expect(claimsIn(back?.parts['client_assertion'])['iss']).toBe('client-hostile')
  })
})
