/** How a drawn or combined assertion comes to be written, and how its request looks: each difference by itself. */
import { describe, expect, test } from 'vitest'
import type { Json } from '../../../harness/model/plan.ts'
import type { Variation } from '../../../harness/model/property.ts'
import type { Principal } from '../../../harness/model/target.ts'
import {
  requestOf,
  toldWritten,
  written,
  type Choices,
  type Plain,
  type Written,
} from '../../../harness/plan/properties/writing.ts'
import { FACTS } from './facts.ts'

const CLIENT = 'client-authentication'

function honest(): Principal {
  const [by] = FACTS.principals
  if (by === undefined) throw new RangeError('there is one')
  return { ...by, keys: [...by.keys, { name: 'rsa', algorithm: 'RS256', kid: 'rsa-kid' }] }
}

function plain(header: Plain['header'] = { alg: 'ES256', kid: 'kid' }): Plain {
  const by = honest()
  const [key] = by.keys
  if (key === undefined) throw new RangeError('there is one')
  return { header, claims: { iss: 'a', sub: 'b', jti: { $jti: '' }, exp: 1 }, by, key }
}

const NOTHING: Choices = {
  spoiled: null,
  picked: [],
  unknown: [],
  params: [],
  length: 0,
  moves: [],
  moved: [],
  oddity: null,
}

const PLAIN: Written = {
  defect: null,
  header: { alg: 'ES256', kid: 'kid' },
  claims: { iss: 'a', sub: 'b', jti: { $jti: '' }, exp: 1 },
  indent: '',
  escapes: '',
  signer: 'honest-key',
  params: [],
  escaped: false,
  charset: false,
  moved: [],
  oddity: null,
}

/** The control with the first way of each of these variations. */
function varied(...ways: readonly (readonly [variation: object, value: Json])[]): Written {
  const variations = ways.map(([variation, value]) => ({
    variation: variation as Variation,
    others: [value],
  }))
  return written(plain(), variations, { ...NOTHING, picked: ways.map(() => 1) })
}

const names = ({ claims }: Written) => Object.keys(claims)

describe('an assertion', () => {
  test('is the control where nothing was chosen, and where its own way was', () => {
    expect(written(plain(), [], NOTHING)).toEqual(PLAIN)
    const variations = [
      { variation: { kind: 'indent', others: ['\t'] } as Variation, others: ['\t'] },
    ]
    expect(written(plain(), variations, { ...NOTHING, picked: [0] })).toEqual(PLAIN)
    expect(written(plain(), variations, NOTHING)).toEqual(PLAIN)
    expect(written(plain(), variations, { ...NOTHING, picked: [2] })).toEqual(PLAIN)
  })

  test.each<[string, object, Json, Partial<Written>]>([
    ['white space', { kind: 'indent' }, '\t', { indent: '\t' }],
    ['names in escapes', { kind: 'escapes' }, 'names', { escapes: 'names' }],
    ['letters in escapes', { kind: 'escapes' }, 'letters', { escapes: 'letters' }],
    ['nothing that is unheard of in escapes', { kind: 'escapes' }, 'all', {}],
    ['a form with each octet encoded', { kind: 'encoding' }, 'octets', { escaped: true }],
    ['one in small digits', { kind: 'encoding' }, 'small-octets', { escaped: 'small' }],
    ['one with spaces encoded', { kind: 'encoding' }, 'percent-spaces', { escaped: 'spaces' }],
    ['no encoding that is unheard of', { kind: 'encoding' }, 'other', { escaped: false }],
    ['a form that names its character set', { kind: 'charset' }, true, { charset: true }],
    ['parameters that are moved', { kind: 'parameter-order' }, [1, 0], { moved: [1, 0] }],
    [
      'another algorithm, with its key',
      { kind: 'algorithm' },
      'rsa',
      { signer: 'rsa', header: { alg: 'RS256', kid: 'rsa-kid' } },
    ],
    ['its own key where the other is unheard of', { kind: 'algorithm' }, 'no-such', {}],
    [
      'another header',
      { kind: 'header', name: 'typ' },
      'x',
      { header: { alg: 'ES256', kid: 'kid', typ: 'x' } },
    ],
    ['a header left out', { kind: 'header', name: 'kid' }, null, { header: { alg: 'ES256' } }],
  ])('has %s', (_, variation, value, more) => {
    expect(varied([variation, value])).toEqual({ ...PLAIN, ...more })
  })

  test('has claims set, left out, put in a list or made long', () => {
    const claims = (variation: object, value: Json) => varied([variation, value]).claims
    expect(claims({ kind: 'claim', name: 'nbf' }, 7)).toEqual({ ...PLAIN.claims, nbf: 7 })
    expect(claims({ kind: 'claim', name: 'sub' }, null)).not.toHaveProperty('sub')
    expect(claims({ kind: 'audience-list' }, ['x'])).toEqual({ ...PLAIN.claims, aud: ['x'] })
    expect(claims({ kind: 'length' }, 3)).toEqual({ ...PLAIN.claims, cupel_filler: 'xxx' })
  })

  test('has several of them at once', () => {
    expect(varied([{ kind: 'indent' }, ' '], [{ kind: 'escapes' }, 'names'])).toEqual({
      ...PLAIN,
      indent: ' ',
      escapes: 'names',
    })
  })

  test('has its claims in the order that is asked for, or moved to the front one by one', () => {
    const order = (value: Json) => names(varied([{ kind: 'order' }, value]))
    expect(order('reversed')).toEqual(['exp', 'jti', 'sub', 'iss'])
    expect(order('sorted')).toEqual(['exp', 'iss', 'jti', 'sub'])
    expect(order('other')).toEqual(['iss', 'sub', 'jti', 'exp'])
    const moved = (...moves: readonly number[]) =>
      names(written(plain(), [], { ...NOTHING, moves }))
    expect(moved(2)).toEqual(['jti', 'iss', 'sub', 'exp'])
    // Counted around: the second again, which is the one that was first.
    expect(moved(2, 5)).toEqual(['iss', 'jti', 'sub', 'exp'])
  })

  test('has what nobody knows, and a claim as long as was drawn', () => {
    const more = written(plain(), [], {
      ...NOTHING,
      unknown: [['odd', { a: 1 }]],
      length: 2,
      params: [['p', 'v']],
      moved: [3],
      oddity: { carrier: 'json' },
    })
    expect(more).toEqual({
      ...PLAIN,
      claims: { ...PLAIN.claims, odd: { a: 1 }, cupel_filler: 'xx' },
      params: [['p', 'v']],
      moved: [3],
      oddity: { carrier: 'json' },
    })
    expect(names(more)).toEqual(['iss', 'sub', 'jti', 'exp', 'odd', 'cupel_filler'])
  })

  test('is spoiled last, whatever varies', () => {
    const spoiled = {
      defect: { kind: 'expired' },
      claims: { exp: 0, sub: null },
      header: { alg: 'none', kid: null },
    }
    expect(written(plain(), [], { ...NOTHING, spoiled })).toEqual({
      ...PLAIN,
      defect: { kind: 'expired' },
      header: { alg: 'none' },
      claims: { iss: 'a', jti: { $jti: '' }, exp: 0 },
    })
  })

  test('names no key of another algorithm where the control names none', () => {
    const variations = [{ variation: { kind: 'algorithm' } as Variation, others: ['rsa'] }]
    const nameless = written(plain({ alg: 'ES256' }), variations, { ...NOTHING, picked: [1] })
    expect(nameless.header).toEqual({ alg: 'RS256' })
  })
})

describe('its request', () => {
  const request = (more: Partial<Written> = {}) =>
    requestOf({ ...PLAIN, ...more }, { by: honest(), usage: CLIENT, jti: 'own' })

  test('mints it under an identifier of its own, for the next node, at once', () => {
    expect(request()).toEqual({
      principal: honest(),
      source: {
        kind: 'minted',
        usage: CLIENT,
        signer: 'honest-key',
        header: { alg: 'ES256', kid: 'kid' },
        claims: { iss: 'a', sub: 'b', jti: { $jti: 'own' }, exp: 1 },
        defect: null,
        last: true,
      },
      node: null,
      waitMs: 0,
      params: [],
    })
    expect(Object.keys(Object(request().source).claims)).toEqual(['iss', 'sub', 'jti', 'exp'])
    const defect = { kind: 'expired' }
    expect(request({ indent: ' ', escapes: 'names', defect }).source).toMatchObject({
      indent: ' ',
      escapes: 'names',
      defect,
    })
  })

  test('has its oddities before what nobody knows, and travels as they say', () => {
    const params = [['p', 'v']] as const
    expect(request({ params }).params).toEqual([['p', 'v']])
    expect(request({ params, oddity: { params: [['q', 'w']] } }).params).toEqual([
      ['q', 'w'],
      ['p', 'v'],
    ])
    const http = (more: Partial<Written>) => request(more).http
    expect(http({ oddity: { carrier: 'query' } })).toEqual({ carrier: 'query' })
    expect(http({ charset: true })).toEqual({ carrier: 'form-with-charset' })
    expect(http({ charset: true, oddity: { carrier: 'json' } })).toEqual({ carrier: 'json' })
    expect(http({ oddity: { assertion: 'twice' } })).toEqual({
      parts: { client_assertion: 'twice' },
    })
    expect(http({ escaped: 'small', moved: [1] })).toEqual({ escaped: 'small', moved: [1] })
    expect(http({})).toBeUndefined()
    expect(request()).not.toHaveProperty('http')
  })

  test('of a history that is older than some differences has none of them', () => {
    const { charset: _c, moved: _m, oddity: _o, ...older } = PLAIN
    const made = requestOf(older, { by: honest(), usage: CLIENT, jti: 'own' })
    expect(made).toEqual(request())
    expect(toldWritten(older, plain())).toEqual(toldWritten(PLAIN, plain()))
  })
})

describe('a counterexample is told', () => {
  test('by its header, its claims and its defect, and by what else is not the control’s', () => {
    const { header, claims } = PLAIN
    expect(toldWritten(PLAIN, plain())).toEqual({ header, claims, defect: null })
    const more: Partial<Written> = {
      indent: ' ',
      escapes: 'names',
      signer: 'rsa',
      params: [['p', 'v']],
      escaped: true,
      charset: true,
      moved: [1],
      oddity: { carrier: 'json' },
    }
    for (const [name, value] of Object.entries(more)) {
      expect(toldWritten({ ...PLAIN, [name]: value }, plain())).toEqual({
        header,
        claims,
        defect: null,
        [name]: value,
      })
    }
  })
})
