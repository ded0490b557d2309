import { describe, expect, test } from 'vitest'
import {
  FORGED,
  groupOf,
  groupsOf,
  inShort,
  QUIET,
  SECOND_US,
  use,
  type ToldGroup,
} from './uses.ts'

function doubles(group: ToldGroup): readonly (readonly string[])[] {
  return group.doubles.map((each) => [each.first.step, each.second.step, each.frame, each.manner])
}

describe('a double accept', () => {
  test('is convicted when the memory could not have ended', () => {
    const group = groupOf([use('a', [0, 1], 'accepted'), use('b', [2, 3], 'accepted')])
    expect(doubles(group)).toEqual([['a', 'b', 'code', 'sequentially']])
  })

  test('is not there when the second was refused', () => {
    const group = groupOf([use('a', [0, 1], 'accepted'), use('b', [2, 3], 'rejected')])
    expect(group.doubles).toEqual([])
  })

  test('is not there when the first reply was lost: both may be one honoured request', () => {
    const group = groupOf([use('a', [0, null], 'unanswered'), use('b', [2, 3], 'accepted')])
    expect(group.doubles).toEqual([])
  })

  test('counts each acceptance but the first', () => {
    const copies = ['a', 'b', 'c', 'd'].map((name, index) => use(name, [index / 10, 2], 'accepted'))
    expect(doubles(groupOf(copies))).toEqual([
      ['a', 'b', 'code', 'concurrently'],
      ['a', 'c', 'code', 'concurrently'],
      ['a', 'd', 'code', 'concurrently'],
    ])
  })

  test('counts one that deserved either, and never one that deserved rejection for its own reasons', () => {
    const first = use('a', [0, 1], 'accepted')
    const either = use('b', [2, 3], 'accepted', { deserved: 'either', cause: 'time' })
    expect(groupOf([first, either]).doubles).toHaveLength(1)
    const wrong = use('b', [2, 3], 'accepted', { deserved: 'reject', cause: 'audience' })
    expect(groupOf([first, wrong]).doubles).toEqual([])
    expect(groupOf([first, use('b', [2, 3], 'accepted', FORGED)]).doubles).toEqual([])
  })

  test('is one of the endpoint, not of two: another key is another group', () => {
    const groups = groupsOf([
      ['token endpoint', use('a', [0, 1], 'accepted')],
      ['another service', use('b', [2, 3], 'accepted')],
    ])
    expect([...groups.values()].flatMap((group) => group.doubles)).toEqual([])
  })
})

describe('the bound on a memory', () => {
  const ends = (answered: number, more: Partial<typeof QUIET> = {}): string | undefined =>
    groupOf([use('a', [0, 1], 'accepted'), use('b', [2, answered], 'accepted')], {
      ...QUIET,
      ...more,
    }).doubles[0]?.frame

  test('convicts up to a second before exp, not at it: targets round', () => {
    expect(ends(298.999999)).toBe('code')
    expect(ends(299)).toBe('world')
  })

  test('comes as much earlier as the fastest clock is ahead', () => {
    const earlyUs = (): number => 90 * SECOND_US
    expect(ends(208.999999, { earlyUs })).toBe('code')
    expect(ends(209, { earlyUs })).toBe('world')
  })

  test('asks for clocks from the first acceptance on: a node ahead then may have set a short lifetime', () => {
    const earlyUs = (fromUs: number): number => (fromUs < SECOND_US ? 299 * SECOND_US : 0)
    expect(ends(3, { earlyUs })).toBe('world')
  })

  test('convicts nobody in the code frame whose clocks nobody knows', () => {
    expect(ends(3, { earlyUs: () => Infinity })).toBe('world')
  })

  test('holds for both answers: the one that began first may have been judged last, past exp', () => {
    const held = use('a', [0, 310], 'accepted')
    expect(doubles(groupOf([held, use('b', [1, 2], 'accepted')]))).toEqual([
      ['a', 'b', 'world', 'concurrently'],
    ])
  })

  test('convicts the two quick ones beside one that was held up until past exp', () => {
    const group = groupOf([
      use('held', [0, 310], 'accepted'),
      use('b', [1, 2], 'accepted'),
      use('c', [3, 4], 'accepted'),
    ])
    expect(doubles(group)).toEqual([
      ['held', 'b', 'world', 'concurrently'],
      ['b', 'c', 'code', 'sequentially'],
    ])
  })

  test('is not known without exp: false for the world alone', () => {
    const without = { expUs: null }
    const group = groupOf([
      use('a', [0, 1], 'accepted', without),
      use('b', [2, 3], 'accepted', without),
    ])
    expect(doubles(group)).toEqual([['a', 'b', 'world', 'sequentially']])
  })

  test('is not one bound for two objects of one issuer with different exp', () => {
    const group = groupOf([
      use('a', [0, 1], 'accepted'),
      use('b', [2, 3], 'accepted', { expUs: 200 * SECOND_US }),
    ])
    expect(doubles(group)).toEqual([['a', 'b', 'world', 'sequentially']])
  })

  test('is not that of two objects with one exp, signed a second apart: a memory of objects is none of identifiers', () => {
    const signedAt = (seconds: number, name: 'iatUs' | 'nbfUs') =>
      groupOf([
        use('a', [0, 1], 'accepted', { [name]: 0 }),
        use('b', [2, 3], 'accepted', { [name]: seconds * SECOND_US }),
      ]).doubles[0]?.frame
    expect([signedAt(0, 'iatUs'), signedAt(1, 'iatUs')]).toEqual(['code', 'world'])
    expect([signedAt(0, 'nbfUs'), signedAt(1, 'nbfUs')]).toEqual(['code', 'world'])
  })

  test('leaves an acceptance without a known answer to the world', () => {
    const group = groupOf([use('a', [0, 1], 'accepted'), use('b', [2, null], 'accepted')])
    expect(group.doubles[0]?.frame).toBe('world')
  })
})

describe('the leeway that the run saw', () => {
  const pair = (answered: number): readonly (readonly [string, ReturnType<typeof use>])[] => [
    ['pair', use('a', [290, 291], 'accepted')],
    ['pair', use('b', [answered - 1, answered], 'accepted', { deserved: 'either', cause: 'time' })],
  ]
  const late = (
    begun: number,
    more: object = {},
  ): readonly (readonly [string, ReturnType<typeof use>])[] => [
    [
      'late',
      use('late', [begun, begun + 1], 'accepted', { deserved: 'either', cause: 'time', ...more }),
    ],
  ]
  const frameOf = (
    shown: readonly (readonly [string, ReturnType<typeof use>])[],
  ): string | undefined => groupsOf(shown).get('pair')?.doubles[0]?.frame

  test('convicts a replay after exp of who accepts a first presentation later still', () => {
    expect(frameOf([...pair(304), ...late(310)])).toBe('code')
    expect(frameOf([...late(310), ...pair(304)])).toBe('code')
  })

  test('does not convict past that leeway, nor without any', () => {
    expect(frameOf([...pair(309.5), ...late(310)])).toBe('world')
    expect(frameOf(pair(304))).toBe('world')
  })

  test('counts on the slowest clock that the late acceptance may have been judged by', () => {
    expect(
      frameOf([...pair(304), ...late(310, { offset: { lowUs: -8 * SECOND_US, highUs: 0 } })]),
    ).toBe('world')
  })

  test('is not learnt from what deserved rejection, nor from a second acceptance', () => {
    expect(frameOf([...pair(304), ...late(310, { deserved: 'reject' })])).toBe('world')
    const second = [
      ['other', use('x', [1, 2], 'accepted')],
      ['other', use('y', [310, 311], 'accepted', { deserved: 'either' })],
    ] as const
    expect(frameOf([...pair(304), ...second])).toBe('world')
  })

  test('is not learnt from another kind of credential', () => {
    expect(frameOf([...pair(304), ...late(310, { part: 'assertion' })])).toBe('world')
  })
})

describe('a fault that forgets', () => {
  const flushAt = (atSeconds: number) => ({
    ...QUIET,
    forgetting: (fromUs: number, toUs: number): readonly string[] =>
      fromUs <= atSeconds * SECOND_US && atSeconds * SECOND_US <= toUs ? ['store.flush'] : [],
  })

  test('spares the double accept that straddles it, in the code frame', () => {
    const group = groupOf(
      [use('a', [0, 1], 'accepted'), use('b', [10, 11], 'accepted')],
      flushAt(5),
    )
    expect(group.doubles).toMatchObject([{ frame: 'world', straddles: ['store.flush'] }])
  })

  test('spares nothing on one side of it', () => {
    const uses = ['a', 'b', 'c', 'd'].map((name, index) =>
      use(name, [index * 4, index * 4 + 1], 'accepted'),
    )
    expect(doubles(groupOf(uses, flushAt(6)))).toEqual([
      ['a', 'b', 'code', 'sequentially'],
      ['a', 'c', 'world', 'sequentially'],
      ['c', 'd', 'code', 'sequentially'],
    ])
  })
})

describe('the manner of a double accept', () => {
  const manner = (more: object, [begun, answered]: [number, number] = [2, 3]): string | undefined =>
    groupOf([use('a', [0, 1], 'accepted'), use('b', [begun, answered], 'accepted', more)])
      .doubles[0]?.manner

  test('is concurrent when the two overlap, whatever else is so', () => {
    const more = { node: 'node-2', faultsInForce: ['link.cut node-2>store'] }
    expect(manner(more, [0.5, 3])).toBe('concurrently')
    expect(manner(more, [1, 3])).toBe('concurrently')
  })

  test('is during a fault before it is on another node', () => {
    expect(manner({ node: 'node-2', faultsInForce: ['link.cut'] })).toBe('during-fault')
    expect(manner({ node: 'node-2' })).toBe('on-another-node')
  })

  test('does not name another node where the node is not known', () => {
    expect(manner({ node: null })).toBe('sequentially')
  })
})

describe('one token in two answers', () => {
  test('is one issuance and no double accept, shown as its own pair', () => {
    const token = { token: 'tag' }
    const group = groupOf([
      use('a', [0, 1], 'accepted', token),
      use('b', [2, 3], 'accepted', token),
    ])
    expect(inShort(group)).toMatchObject({
      doubles: [],
      owedAccept: 'a',
      owedRejects: [],
      sameToken: [['a', 'b']],
    })
  })

  test('was issued before the first answer that carries it, however late the other one comes', () => {
    const group = groupOf([
      use('held', [0, 310], 'accepted', { token: 'one' }),
      use('copy', [1, 2], 'accepted', { token: 'one' }),
      use('b', [3, 4], 'accepted', { token: 'two' }),
    ])
    expect(doubles(group)).toEqual([['held', 'b', 'code', 'concurrently']])
  })

  test('beside another token is still a double accept, once', () => {
    const group = groupOf([
      use('a', [0, 1], 'accepted', { token: 'one' }),
      use('b', [2, 3], 'accepted', { token: 'two' }),
      use('c', [4, 5], 'accepted', { token: 'one' }),
    ])
    expect(inShort(group)).toMatchObject({
      doubles: [['a', 'b', 'code', 'sequentially']],
      owedRejects: ['b'],
      sameToken: [['a', 'c']],
    })
  })
})
