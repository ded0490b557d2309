import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openLedger, type Group, type Use } from '../../../harness/oracle/ledger.ts'
import { lived, worlds } from './right-servers.ts'
import { FORGED, groupOf, groupsOf, inShort, QUIET, SECOND_US, use } from './uses.ts'

const LAST = { last: true }

describe('a ledger', () => {
  test('settles a key with its last use, and keeps nothing of it', () => {
    const ledger = openLedger(QUIET)
    expect(ledger.see('k', use('a', [0, 1], 'accepted'))).toEqual([])
    expect(ledger.open).toBe(1)
    expect(ledger.see('k', use('r', [2, 3], 'rejected', LAST))).toHaveLength(1)
    expect(ledger.open).toBe(0)
    expect(ledger.conclude()).toEqual([])
  })

  test('settles a key with its last use even if that was never sent', () => {
    const ledger = openLedger(QUIET)
    ledger.see('k', use('a', [0, 1], 'accepted'))
    const [group] = ledger.see('k', use('n', [0, 0], 'unsent', LAST))
    expect(group?.owedAccept?.step).toBe('a')
  })

  test('settles keys whose last use was never seen when it concludes', () => {
    const ledger = openLedger(QUIET)
    ledger.see('k', use('a', [0, 1], 'accepted'))
    ledger.see('l', use('b', [0, 1], 'accepted'))
    expect(ledger.conclude().map(({ key }) => key)).toEqual(['k', 'l'])
    expect(ledger.open).toBe(0)
    expect(ledger.conclude()).toEqual([])
  })

  test('convicts at once before exp, and waits for the leeway after it', () => {
    const ledger = openLedger(QUIET)
    ledger.see('early', use('a', [0, 1], 'accepted'))
    expect(ledger.see('early', use('b', [2, 3], 'accepted', LAST))[0]?.doubles[0]?.frame).toBe(
      'code',
    )
    ledger.see('late', use('a', [0, 1], 'accepted'))
    expect(ledger.see('late', use('b', [301, 302], 'accepted', LAST))).toEqual([])
    expect(ledger.open).toBe(0)
    expect(ledger.conclude()[0]?.doubles[0]?.frame).toBe('world')
  })

  test('does not wait where no leeway can convict: lost memory, unknown clocks, unknown exp', () => {
    const waits = (more: Partial<Use>, options: Partial<typeof QUIET>): boolean => {
      const ledger = openLedger({ ...QUIET, ...options })
      ledger.see('k', use('a', [0, 1], 'accepted', more))
      return ledger.see('k', use('b', [301, 302], 'accepted', { ...more, ...LAST })).length === 0
    }
    expect(waits({}, {})).toBe(true)
    expect(waits({ expUs: null }, {})).toBe(false)
    expect(waits({}, { highestUs: () => Infinity })).toBe(false)
    expect(waits({}, { forgetting: () => ['store.flush'] })).toBe(false)
  })

  test('holds nothing of 100,000 keys that were closed, used once or twice', () => {
    const ledger = openLedger(QUIET)
    let settled = 0
    let mostOpen = 0
    for (let index = 0; index < 100_000; index++) {
      const key = `key-${index}`
      if (index % 2 === 0)
        ledger.see(key, use('a', [index, index + 1], 'accepted', { expUs: null }))
      mostOpen = Math.max(mostOpen, ledger.open)
      settled += ledger.see(
        key,
        use('b', [index + 2, index + 3], 'accepted', { expUs: null, ...LAST }),
      ).length
    }
    expect({ settled, mostOpen, open: ledger.open }).toEqual({
      settled: 100_000,
      mostOpen: 1,
      open: 0,
    })
    expect(ledger.conclude()).toEqual([])
  })

  test('lets go of what waits for the leeway before it is too much, each group once', () => {
    const ledger = openLedger(QUIET)
    const groups: Group[] = []
    for (let index = 0; index < 30_000; index++) {
      ledger.see(`key-${index}`, use('a', [0, 1], 'accepted'))
      groups.push(...ledger.see(`key-${index}`, use('b', [301, 302], 'accepted', LAST)))
    }
    expect(groups).toHaveLength(10_000)
    groups.push(...ledger.conclude())
    expect(new Set(groups.map(({ key }) => key)).size).toBe(30_000)
    expect(groups).toHaveLength(30_000)
  })
})

describe('the order in which uses are seen', () => {
  test('changes nothing in any group', () => {
    fc.assert(
      fc.property(
        worlds.chain((world) => fc.tuple(fc.constant(world), shuffled(lived(world).uses))),
        ([world, order]) => {
          const { uses, options } = lived(world)
          expect(shorts(groupsOf(order, options))).toEqual(shorts(groupsOf(uses, options)))
        },
      ),
      { seed: 7523, numRuns: 1000 },
    )
  })

  test('changes nothing where stamps are equal', () => {
    const uses = [
      use('a', [0, 1], 'accepted'),
      use('b', [0, 1], 'accepted'),
      use('c', [0, 1], 'rejected'),
      use('d', [0, 1], 'failed'),
    ]
    fc.assert(
      fc.property(shuffled(uses), (order) => {
        expect(inShort(groupOf(order))).toEqual(inShort(groupOf(uses)))
      }),
      { seed: 7523, numRuns: 50 },
    )
  })
})

describe('ledgers for parts of the keys', () => {
  test('say together what one ledger says of all, but for the leeway that each has not seen', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { uses, options } = lived(world)
        const whole = groupsOf(uses, options)
        for (const key of whole.keys()) {
          const alone = groupsOf(
            uses.filter(([each]) => each === key),
            options,
          ).get(key)
          expect(alone && spared(alone)).toEqual(spared(whole.get(key)))
        }
      }),
      { seed: 7523, numRuns: 500 },
    )
  })
})

describe('a wrong server', () => {
  const begins = fc.nat({ max: 200 })
  const lasts = fc.integer({ min: 1, max: 20 })

  test('without a memory is convicted by its first replay in turn', () => {
    fc.assert(
      fc.property(begins, lasts, lasts, lasts, (begun, first, gap, second) => {
        const again = begun + first + gap
        const group = groupOf([
          use('a', [begun, begun + first], 'accepted'),
          use('b', [again, again + second], 'accepted'),
        ])
        expect(group.doubles).toMatchObject([{ frame: 'code', manner: 'sequentially' }])
      }),
      { seed: 7523 },
    )
  })

  test('with a memory in each node is convicted by the first replay at another', () => {
    const group = groupOf([
      use('a', [0, 1], 'accepted'),
      use('same', [2, 3], 'rejected'),
      use('b', [4, 5], 'accepted', { node: 'node-2' }),
    ])
    expect(group.doubles).toMatchObject([{ frame: 'code', manner: 'on-another-node' }])
  })

  test('that spends the identifier of a forgery is convicted by the first genuine one after it', () => {
    const group = groupOf([use('f', [0, 1], 'rejected', FORGED), use('g', [2, 3], 'rejected')])
    expect(group.phantom).toMatchObject({ implementation: true, afterForgery: true })
  })

  test('that forgets at exp is convicted by a replay within the leeway it is seen to grant', () => {
    const late = { deserved: 'either', cause: 'time' } as const
    const groups = groupsOf([
      ['replayed', use('a', [298, 299], 'accepted')],
      ['replayed', use('b', [303, 304], 'accepted', late)],
      ['late', use('c', [308, 309], 'accepted', { ...late, expUs: 300 * SECOND_US })],
    ])
    expect(groups.get('replayed')?.doubles[0]?.frame).toBe('code')
  })
})

function shuffled<Value>(values: readonly Value[]): fc.Arbitrary<Value[]> {
  return fc.shuffledSubarray([...values], { minLength: values.length })
}

function shorts(groups: ReadonlyMap<string, Group>): object {
  return Object.fromEntries([...groups].map(([key, group]) => [key, inShort(group)]))
}

/** A group without the frames of its double accepts, which may depend on the leeway seen elsewhere. */
function spared(group: Group | undefined): unknown {
  return group && { ...inShort(group), doubles: group.doubles.map(({ second }) => second.step) }
}
