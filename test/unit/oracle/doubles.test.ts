/** By how much leeway each acceptance too many is convicted, and beside which other: worked out on paper, exp at 300 s. */
import { describe, expect, test } from 'vitest'
import { doubleAccepts, type Evidence } from '../../../harness/oracle/replay/doubles.ts'
import { mannerOf, type Use } from '../../../harness/oracle/replay/use.ts'
import { QUIET, SECOND_US, use } from './uses.ts'

const PLAIN: Evidence = { ...QUIET, shared: () => false }

type Span = readonly [name: string, begun: number, answered: number, more?: Partial<Use>]

/** Each double as `second needs seconds beside partner`. */
function told(spans: readonly Span[], evidence: Partial<Evidence> = {}): readonly string[] {
  const accepted = spans.map(([name, begun, answered, more]) =>
    use(name, [begun, answered], 'accepted', more),
  )
  return doubleAccepts(accepted, { ...PLAIN, ...evidence }).doubles.map(
    ({ second, needsUs, partner }) =>
      `${second.step} needs ${needsUs / SECOND_US} beside ${partner?.step ?? 'nobody'}`,
  )
}

describe('the leeway that a double accept needs', () => {
  test('is what lies between a second before the end and the later answer', () => {
    const pair = (answered: number): Span[] => [
      ['a', 0, 1],
      ['b', 2, answered],
    ]
    expect(told(pair(3))).toEqual(['b needs -296 beside a'])
    expect(told(pair(299))).toEqual(['b needs 0 beside a'])
    expect(told(pair(310))).toEqual(['b needs 11 beside a'])
  })

  test('grows by what clocks took off in the whole span, from the earlier beginning to the later answer', () => {
    const asked: string[] = []
    const earlyUs = (fromUs: number, toUs: number): number => {
      asked.push(`${fromUs / SECOND_US} to ${toUs / SECOND_US}`)
      return 5 * SECOND_US
    }
    // The one that began first was answered last.
    expect(
      told(
        [
          ['held', 0, 310],
          ['b', 1, 2],
        ],
        { earlyUs },
      ),
    ).toEqual(['b needs 16 beside held'])
    expect(
      told(
        [
          ['a', 0, 1],
          ['b', 2, 3],
        ],
        { earlyUs },
      ),
    ).toEqual(['b needs -291 beside a'])
    expect(asked).toEqual(['0 to 310', '0 to 3'])
  })

  test('is the least that links it to any before it, over others too', () => {
    // The held one contradicts the other two from 11 s on, and those each other whatever the leeway.
    expect(
      told([
        ['held', 0, 310],
        ['b', 1, 2],
        ['c', 3, 4],
      ]),
    ).toEqual(['b needs 11 beside held', 'c needs -295 beside b'])
    // Each is linked to the one before it, so that all are of one class, told by its first.
    expect(
      told([
        ['a', 0, 1],
        ['b', 2, 290],
        ['c', 3, 304],
        ['d', 4, 306],
      ]),
    ).toEqual(['b needs -9 beside a', 'c needs 5 beside a', 'd needs 7 beside a'])
  })

  test('is taken from whichever began last of those answered before: that is the shortest span', () => {
    // What forgets at 1.5 s lies between a and the others, not between b and c.
    const forgetting = (fromUs: number, toUs: number) =>
      fromUs <= 1.5 * SECOND_US && toUs >= 1.5 * SECOND_US ? ['store.flush'] : []
    expect(
      told(
        [
          ['a', 0, 9],
          ['b', 2, 3],
          ['c', 4, 10],
        ],
        { forgetting },
      ),
    ).toEqual(['b needs Infinity beside nobody', 'c needs -289 beside b'])
  })

  test('is told beside the first of all, however the classes grew together', () => {
    // What a clock took off before 0.5 s makes b join a only after c has joined b, and d then finds a through both.
    const earlyUs = (fromUs: number, toUs: number) =>
      (fromUs < 0.5 * SECOND_US ? 10 : 0) * SECOND_US + (toUs > 6 * SECOND_US ? 20 : 0) * SECOND_US
    expect(
      told(
        [
          ['a', 0, 1],
          ['b', 2, 3],
          ['c', 4, 5],
          ['d', 6, 7],
        ],
        { earlyUs },
      ),
    ).toEqual(['b needs -286 beside a', 'c needs -294 beside b', 'd needs -272 beside a'])
  })

  test('of two answered in turn is not hidden by one that was held up between them', () => {
    expect(
      told([
        ['a', 0, 1],
        ['held', 2, 400],
        ['c', 3, 4],
      ]),
    ).toEqual(['held needs 101 beside a', 'c needs -295 beside a'])
  })

  test('is none where its end is unknown, or another, or no answer says when it was issued', () => {
    const none = ['b needs Infinity beside nobody']
    const unknown = { expUs: null }
    expect(
      told([
        ['a', 0, 1, unknown],
        ['b', 2, 3, unknown],
      ]),
    ).toEqual(none)
    expect(
      told([
        ['a', 0, 1],
        ['b', 2, 3, { expUs: 200 * SECOND_US }],
      ]),
    ).toEqual(none)
    expect(
      told([
        ['a', 0, 1],
        ['b', 2, 3, { answeredUs: null }],
      ]),
    ).toEqual(none)
  })

  test('of one object among others is told by the other use of that object', () => {
    const other = { expUs: 200 * SECOND_US }
    expect(
      told([
        ['a', 0, 1],
        ['x', 2, 3, other],
        ['b', 4, 5],
        ['y', 6, 7, other],
      ]),
    ).toEqual(['x needs Infinity beside nobody', 'b needs -294 beside a', 'y needs -192 beside x'])
  })
})

describe('answers with one token', () => {
  const pairs = (spans: readonly Span[], shared: Evidence['shared'] = () => false) => {
    const accepted = spans.map(([name, begun, answered, more]) =>
      use(name, [begun, answered], 'accepted', more),
    )
    const { doubles, sameToken } = doubleAccepts(accepted, { ...PLAIN, shared })
    return {
      doubles: doubles.map(({ second }) => second.step),
      sameToken: sameToken.map((pair) => pair.map(({ step }) => step).join(' ')),
    }
  }
  const one = { token: 'one' }
  const SAME: readonly Span[] = [
    ['a', 0, 1, one],
    ['b', 2, 3, one],
    ['c', 4, 5, one],
  ]

  test('are one issuance, each told beside the first', () => {
    expect(pairs(SAME)).toEqual({ doubles: [], sameToken: ['a b', 'a c'] })
  })

  test('are two where the target hands that token to every request', () => {
    expect(pairs(SAME, () => true)).toEqual({ doubles: ['b', 'c'], sameToken: [] })
    expect(pairs(SAME, ({ step }) => step === 'a')).toEqual({
      doubles: ['b'],
      sameToken: ['b c'],
    })
  })

  test('are not those without any', () => {
    expect(
      pairs([
        ['a', 0, 1],
        ['b', 2, 3],
      ]),
    ).toEqual({ doubles: ['b'], sameToken: [] })
  })

  test('were issued before the first of them was answered, in whatever order they were', () => {
    const held: readonly Span[] = [
      ['held', 0, 310, one],
      ['quick', 1, 2, one],
      ['b', 3, 4, { token: 'two' }],
    ]
    expect(told(held)).toEqual(['b needs -295 beside held'])
    const later: Span[] = [
      ['quick', 0, 2, one],
      ['held', 1, 310, one],
    ]
    expect(told([...later, ['b', 3, 4, { token: 'two' }]])).toEqual(['b needs -295 beside quick'])
  })
})

describe('the manner of two acceptances', () => {
  const manner = (first: Partial<Use>, second: Partial<Use>) =>
    mannerOf(use('a', [0, 1], 'accepted', first), use('b', [2, 3], 'accepted', second))
  const amid = { faultsInForce: ['link.cut on node-1>store'] }
  const elsewhere = { node: 'node-2' }

  test('is after a fault where the first came amid one, and the second elsewhere and in quiet', () => {
    expect(manner(amid, elsewhere)).toBe('after-fault')
    expect(manner(amid, {})).toBe('sequentially')
    expect(manner(amid, { ...elsewhere, ...amid })).toBe('during-fault')
  })

  test('is at another node only where both are known', () => {
    expect(manner({}, elsewhere)).toBe('on-another-node')
    expect(manner({ node: null }, elsewhere)).toBe('sequentially')
    expect(manner({}, { node: null })).toBe('sequentially')
  })

  test('is at once where either began before the other was answered, whichever began first', () => {
    const at = (begun: number, answered: number) => ({
      begunUs: begun * SECOND_US,
      answeredUs: answered * SECOND_US,
    })
    expect(manner(at(0, 2), {})).toBe('concurrently')
    expect(manner(at(3, 4), {})).toBe('concurrently')
    expect(manner(at(3.1, 4), {})).toBe('sequentially')
    expect(manner(at(0, 1.9), {})).toBe('sequentially')
  })
})

test('is found for a hundred thousand in a moment, however the leeways they need make their classes grow', () => {
  const COUNT = 50_000
  const more = { expUs: 1e15 }
  // One after the other, the last of which must be joined first; and as many that the last of all alone answered before.
  const chain = Array.from({ length: COUNT }, (_, at) =>
    use(`chain-${at}`, [at, at + 0.1], 'accepted', more),
  )
  const held = Array.from({ length: COUNT }, (_, at) =>
    use(`held-${at}`, [COUNT - 1.5 + at * 1e-5, COUNT + 1 + at * 1e-3], 'accepted', more),
  )
  const { doubles } = doubleAccepts([...chain.slice(0, -1), ...held, ...chain.slice(-1)], {
    ...PLAIN,
    earlyUs: (_, toUs) => (toUs <= COUNT * SECOND_US ? -2 * toUs : 0),
  })
  // Each is fifty thousand steps from its leader where nobody makes ways shorter: longer in all than a test may take.
  expect(doubles).toHaveLength(2 * COUNT - 1)
  const ofHeld = doubles.filter(({ second }) => second.step.startsWith('held'))
  expect(new Set(ofHeld.map(({ partner }) => partner?.step))).toEqual(new Set(['chain-0']))
})
