/** What a ledger takes note of beside its groups: leeways that were granted, tokens that several keys brought, errors of the file. */
import { describe, expect, test } from 'vitest'
import { openLedger } from '../../../harness/oracle/replay/ledger.ts'
import type { Path } from '../../../harness/oracle/replay/group.ts'
import type { Use } from '../../../harness/oracle/replay/use.ts'
import { groupsOf, inShort, QUIET, SECOND_US, show, use } from './uses.ts'

/** Accepted five seconds after its end. */
const LATE = use('late', [305, 306], 'accepted', { deserved: 'either', cause: 'time' })

describe('the leeway that a ledger has seen', () => {
  const seen = (...of: readonly Use[]): number => {
    const ledger = openLedger<Use>(QUIET)
    for (const [index, each] of of.entries()) ledger.alone(`key-${index}`, each)
    return ledger.leeways.of(LATE)
  }

  test('is what a first presentation was granted past its end', () => {
    expect(seen(LATE)).toBe(5 * SECOND_US)
  })

  test('must not be told by what was refused, or by what was wrong for reasons of its own', () => {
    expect(seen({ ...LATE, outcome: 'rejected' })).toBe(0)
    expect(seen({ ...LATE, deserved: 'reject', cause: 'audience' })).toBe(0)
  })

  test('is none of the target once it is found that somebody stands between, who may have answered for it', () => {
    let path: Path = 'direct'
    const ledger = openLedger<Use>({ ...QUIET, path: () => path })
    ledger.alone('key', LATE)
    expect(ledger.leeways.of(LATE)).toBe(5 * SECOND_US)
    path = 'unknown'
    expect(ledger.leeways.of(LATE)).toBe(0)
    expect(ledger.leeways.all()).toEqual([])
  })
})

describe('a token that a ledger has seen', () => {
  const cached = (step: string, at: number, outcome: Use['outcome'] = 'accepted'): Use =>
    use(step, [at, at + 1], outcome, { token: 'cached' })

  test('with the only presentation of one key tells nothing in the group of another', () => {
    const ledger = openLedger<Use>(QUIET)
    ledger.alone('A', cached('a', 0))
    show(ledger, 'B', cached('b1', 2))
    const group = show(ledger, 'B', cached('b2', 4), true)
    expect(group).toMatchObject({ doubles: [{ frame: 'code' }], sameToken: [] })
  })

  test('with a refusal of another key still tells one issuance: no token was given out with that', () => {
    const ledger = openLedger<Use>(QUIET)
    ledger.alone('A', cached('a', 0, 'rejected'))
    show(ledger, 'B', cached('b1', 2))
    expect(show(ledger, 'B', cached('b2', 4), true)).toMatchObject({ doubles: [] })
  })
})

describe('what a ledger concludes', () => {
  test('is nothing of a key that was entered and came to nothing', () => {
    const ledger = openLedger<Use>(QUIET)
    ledger.enter('k', false, 2)
    expect(ledger.conclude()).toEqual([])
  })
})

describe('one observation', () => {
  test('that stands twice makes the file unreadable, and is no second acceptance', () => {
    const twice = [use('a', [0, 1], 'accepted'), use('a', [0, 1], 'accepted')]
    expect(() => groupsOf(twice.map((each) => ['k', each]))).toThrow(
      expect.objectContaining({ code: 'ERR_HISTORY_UNREADABLE', message: 'a was observed twice' }),
    )
  })

  test('is not another request of the same moment, nor another credential of one request', () => {
    const first = use('a', [0, 1], 'accepted')
    const groups = groupsOf([
      ['moment', first],
      ['moment', use('b', [0, 1], 'accepted')],
      ['request', first],
      ['request', { ...first, part: 'assertion' }],
      ['attempt', first],
      ['attempt', use('a', [2, 3], 'accepted')],
    ])
    const doubles = [...groups.values()].map((group) => (inShort(group) as { doubles: [] }).doubles)
    expect(doubles.map((each) => each.length)).toEqual([1, 1, 1])
  })
})
