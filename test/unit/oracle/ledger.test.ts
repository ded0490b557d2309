import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openLedger } from '../../../harness/oracle/replay/ledger.ts'
import type { Use } from '../../../harness/oracle/replay/use.ts'
import { lived, worlds } from './right-servers.ts'
import {
  FORGED,
  groupOf,
  groupsOf,
  inShort,
  QUIET,
  SECOND_US,
  show,
  use,
  type ToldGroup,
} from './uses.ts'

describe('a ledger', () => {
  test('settles a key with its last use, and keeps nothing of it', () => {
    const ledger = openLedger<Use>(QUIET)
    expect(show(ledger, 'k', use('a', [0, 1], 'accepted'))).toBeNull()
    expect(ledger.open).toBe(1)
    expect(show(ledger, 'k', use('r', [2, 3], 'rejected'), true)).not.toBeNull()
    expect(ledger.open).toBe(0)
    expect(ledger.conclude()).toEqual([])
  })

  test('settles a key with its last use even if that was never sent', () => {
    const ledger = openLedger<Use>(QUIET)
    show(ledger, 'k', use('a', [0, 1], 'accepted'))
    const group = show(ledger, 'k', use('n', [0, 0], 'unsent'), true)
    expect(group?.owedAccept?.step).toBe('a')
  })

  test('settles keys whose last use was never seen when it concludes', () => {
    const ledger = openLedger<Use>(QUIET)
    show(ledger, 'k', use('a', [0, 1], 'accepted'))
    show(ledger, 'l', use('b', [0, 1], 'accepted'))
    expect(ledger.conclude().map(({ key }) => key)).toEqual(['k', 'l'])
    expect(ledger.open).toBe(0)
    expect(ledger.conclude()).toEqual([])
  })

  test('needs no account for the only presentation of a key, but learns the leeway from it', () => {
    const ledger = openLedger<Use>(QUIET)
    expect(ledger.enter('k', true, 1)).toBeNull()
    expect(ledger.enter('l', true, Infinity)).not.toBeNull()
    ledger.alone('k', use('a', [304, 305], 'accepted', { deserved: 'either', cause: 'time' }))
    expect(ledger.leeways.all()).toEqual([
      { part: 'client_assertion', party: 'honest', seenUs: 4 * SECOND_US },
    ])
  })

  test('waits for as many as a stream sends, in whatever order they were entered and are seen', () => {
    const ledger = openLedger<Use>(QUIET)
    const [late, early] = [ledger.enter('k', true, 2), ledger.enter('k', false, 2)]
    if (late === null || early === null) throw new Error('both belong to one account')
    expect(ledger.open).toBe(0)
    expect(ledger.see(late, use('r', [2, 3], 'rejected'))).toBeNull()
    const group = ledger.see(early, use('a', [0, 1], 'accepted'))
    expect(group?.uses.map(({ step }) => step)).toEqual(['a', 'r'])
  })

  test('says at once of a second acceptance what leeway it needs, and none where none can convict', () => {
    const needs = (more: Partial<Use>, options: Partial<typeof QUIET> = {}): number | undefined => {
      const ledger = openLedger<Use>({ ...QUIET, ...options })
      show(ledger, 'k', use('a', [0, 1], 'accepted', more))
      const account = ledger.enter('k', true, 0)
      const group = account && ledger.see(account, use('b', [301, 302], 'accepted', more))
      return group?.doubles[0]?.needsUs
    }
    expect(needs({})).toBe(3 * SECOND_US)
    expect(needs({ expUs: 400 * SECOND_US })).toBe(-97 * SECOND_US)
    expect(needs({ expUs: null })).toBe(Infinity)
    expect(needs({}, { earlyUs: () => Infinity })).toBe(Infinity)
    expect(needs({}, { forgetting: () => ['store.flush'] })).toBe(Infinity)
  })

  test('holds nothing of 100,000 keys that were closed, used once or twice', () => {
    const ledger = openLedger<Use>(QUIET)
    let settled = 0
    let mostOpen = 0
    for (let index = 0; index < 100_000; index++) {
      const key = `key-${index}`
      if (index % 2 === 0) {
        show(ledger, key, use('a', [index, index + 1], 'accepted', { expUs: null }))
      }
      mostOpen = Math.max(mostOpen, ledger.open)
      const second = use('b', [index + 2, index + 3], 'accepted', { expUs: null })
      if (show(ledger, key, second, true) !== null) settled += 1
    }
    expect({ settled, mostOpen, open: ledger.open }).toEqual({
      settled: 100_000,
      mostOpen: 1,
      open: 0,
    })
    expect(ledger.conclude()).toEqual([])
  })

  test('takes no observation twice: that would make two acceptances of one', () => {
    const ledger = openLedger<Use>(QUIET)
    show(ledger, 'k', use('a', [0, 1], 'accepted'))
    expect(() => show(ledger, 'k', use('a', [0, 1], 'accepted'), true)).toThrow(
      'a was observed twice',
    )
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

function shorts(groups: ReadonlyMap<string, ToldGroup>): object {
  return Object.fromEntries([...groups].map(([key, group]) => [key, inShort(group)]))
}

/** A group without the frames of its double accepts, which may depend on the leeway seen elsewhere. */
function spared(group: ToldGroup | undefined): unknown {
  return group && { ...inShort(group), doubles: group.doubles.map(({ second }) => second.step) }
}
