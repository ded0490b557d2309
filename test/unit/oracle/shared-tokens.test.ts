/** A token given for several assertions is no sign that two acceptances of one of them are one issuance. */
import { describe, expect, test } from 'vitest'
import { openTokens } from '../../../harness/oracle/replay/tokens.ts'
import type { Use } from '../../../harness/oracle/replay/use.ts'
import { groupsOf, inShort, use } from './uses.ts'

const cached = (step: string, at: number, token = 'cached'): Use =>
  use(step, [at, at + 0.5], 'accepted', { token })

describe('a token seen under one key alone', () => {
  test('makes its acceptances one issuance, though other keys have tokens of their own', () => {
    const groups = groupsOf([
      ['A', cached('a1', 0, 'one')],
      ['B', cached('b1', 1, 'two')],
      ['A', cached('a2', 2, 'one')],
      ['B', cached('b2', 3, 'two')],
    ])
    for (const group of groups.values()) {
      expect(inShort(group)).toMatchObject({ doubles: [], owedRejects: [] })
      expect(group.sameToken).toHaveLength(1)
    }
  })
})

test('two credentials of one request share its token, and that tells nothing against either', () => {
  const grant = { part: 'assertion' }
  const groups = groupsOf([
    ['client', cached('one', 0)],
    ['grant', { ...cached('one', 0), ...grant }],
    ['client', cached('two', 2)],
    ['grant', { ...cached('two', 2), ...grant }],
  ])
  for (const group of groups.values()) {
    expect(inShort(group)).toMatchObject({ doubles: [], sameToken: [['one', 'two']] })
  }
})

describe('a token seen under a second key', () => {
  test('tells nothing in any group still open: both are double accepts', () => {
    const groups = groupsOf([
      ['A', cached('a1', 0)],
      ['B', cached('b1', 1)],
      ['A', cached('a2', 2)],
      ['B', cached('b2', 3)],
    ])
    expect([...groups.values()].map(inShort)).toMatchObject([
      { doubles: [['a1', 'a2', 'code', 'sequentially']], owedRejects: ['a2'], sameToken: [] },
      { doubles: [['b1', 'b2', 'code', 'sequentially']], owedRejects: ['b2'], sameToken: [] },
    ])
  })

  test('leaves a group that was closed before as one issuance, which shows no memory, and convicts the next', () => {
    const groups = groupsOf([
      ['A', cached('a1', 0)],
      ['A', cached('a2', 1)],
      ['B', cached('b1', 2)],
      ['B', cached('b2', 3)],
    ])
    expect([groups.get('A'), groups.get('B')].map((each) => each && inShort(each))).toMatchObject([
      { doubles: [], sameToken: [['a1', 'a2']] },
      { doubles: [['b1', 'b2', 'code', 'sequentially']], sameToken: [] },
    ])
  })

  test('says nothing of another token beside it', () => {
    const groups = groupsOf([
      ['A', cached('a1', 0)],
      ['B', cached('b1', 1)],
      ['B', cached('b2', 2, 'own')],
      ['B', cached('b3', 3, 'own')],
    ])
    expect(groups.get('B')).toMatchObject({ owedRejects: [{ step: 'b2' }] })
    expect(groups.get('B')?.sameToken).toHaveLength(1)
  })

  test('counts for nothing where it came with no acceptance', () => {
    const refused = use('b1', [1, 2], 'rejected', { token: 'cached' })
    const groups = groupsOf([
      ['A', cached('a1', 0)],
      ['B', refused],
      ['A', cached('a2', 3)],
    ])
    expect(groups.get('A')?.sameToken).toHaveLength(1)
  })
})

test('of more shared tokens than are kept in mind the oldest is forgotten, and no other', () => {
  const tokens = openTokens(2)
  const shown = (name: string): Use => cached(name, 0, name)
  for (const name of ['one', 'two', 'three']) {
    for (const key of ['A', 'B']) tokens.see(`${key} ${name}`, shown(name))
    if (name === 'two')
      expect(['one', 'two'].map((each) => tokens.shared(shown(each)))).toEqual([true, true])
  }
  expect(['one', 'two', 'three'].map((each) => tokens.shared(shown(each)))).toEqual([
    false,
    true,
    true,
  ])
})

describe('a token of one party', () => {
  const by = (step: string, at: number, principal: string, token = 'cached'): Use =>
    use(step, [at, at + 0.5], 'accepted', { principal, token })

  test('is compared with the one before of that party, whatever others got meanwhile', () => {
    const groups = groupsOf([
      ['A', by('a1', 0, 'one')],
      ['X', by('x', 1, 'two', 'other')],
      ['B', by('b1', 2, 'one')],
      ['B', by('b2', 3, 'one')],
    ])
    expect(groups.get('B')).toMatchObject({ doubles: [{ frame: 'code' }], sameToken: [] })
  })

  test('seen again after another of that party is taken for its own, which convicts nobody', () => {
    const groups = groupsOf([
      ['A', by('a1', 0, 'one')],
      ['X', by('x', 1, 'one', 'other')],
      ['B', by('b1', 2, 'one')],
      ['B', by('b2', 3, 'one')],
    ])
    expect(groups.get('B')).toMatchObject({ doubles: [] })
    expect(groups.get('B')?.sameToken).toHaveLength(1)
  })
})
