import { describe, expect, test } from 'vitest'
import type { Pairs } from '../../../harness/model/counts.ts'
import { failureModes } from '../../../harness/tally/failure-modes.ts'

function pairs(change: Partial<Pairs> = {}): Pairs {
  return {
    scenario: 'partitioned-cache',
    attack: 'replay',
    first: 'before',
    second: 'during',
    nodes: 'other',
    accepted: 0,
    refused: 0,
    unavailable: 0,
    undecided: 0,
    ...change,
  }
}

function mode(change: Partial<Pairs>): string | undefined {
  return failureModes([pairs(change)])[0]?.mode
}

describe('a memory', () => {
  test('fails closed when it accepted none of 59, be it by refusing or by being down', () => {
    const [closed] = failureModes([pairs({ refused: 9, unavailable: 50 })])
    expect(closed).toMatchObject({ mode: 'fail-closed', accepted: 0, lower95: 0 })
    expect(closed?.upper95).toBeCloseTo(1 - 0.05 ** (1 / 59), 12)
  })
  test('must not be called anything on 58', () => {
    expect(mode({ unavailable: 58 })).toBe('unclassified')
    expect(mode({ accepted: 58 })).toBe('unclassified')
    expect(mode({ accepted: 58, undecided: 100 })).toBe('unclassified')
  })
  test('fails open when it accepted nearly all: at most 5 % were not, at 95 %', () => {
    expect(mode({ accepted: 59 })).toBe('fail-open')
    // 1 of 93 not accepted is at most 4.999 % not accepted, and 1 of 92 is at most 5.05 %.
    expect(mode({ accepted: 92, refused: 1 })).toBe('fail-open')
    expect(mode({ accepted: 91, refused: 1 })).toBe('degraded')
  })
  test('is degraded when it accepted some; one is enough', () => {
    expect(mode({ accepted: 1, unavailable: 200 })).toBe('degraded')
    expect(mode({ accepted: 30, refused: 30 })).toBe('degraded')
  })
  test('is judged by what came after a quiet first half alone, of all windows of the fault', () => {
    const all = [
      pairs({ unavailable: 30 }),
      pairs({ first: 'after', unavailable: 29 }),
      pairs({ first: 'during', accepted: 40 }),
      pairs({ second: 'after', accepted: 40 }),
      pairs({ first: 'transition', accepted: 40 }),
    ]
    expect(failureModes(all)).toMatchObject([{ mode: 'fail-closed', unavailable: 59, accepted: 0 }])
  })
  test('is told apart by class and by whether the same node was asked', () => {
    const all = [
      pairs({ unavailable: 60 }),
      pairs({ nodes: 'same', accepted: 60 }),
      pairs({ attack: 'forged-first', refused: 60 }),
    ]
    expect(failureModes(all).map(({ attack, nodes, mode: each }) => [attack, nodes, each])).toEqual(
      [
        ['replay', 'other', 'fail-closed'],
        ['replay', 'same', 'fail-open'],
        ['forged-first', 'other', 'fail-closed'],
      ],
    )
  })
  test('is not spoken of where no replay met a fault', () => {
    expect(failureModes([])).toEqual([])
    expect(failureModes([pairs({ second: 'steady', refused: 100 })])).toEqual([])
    const none = failureModes([pairs({ undecided: 5 })])
    expect(none).toMatchObject([{ mode: 'unclassified', lower95: 0, upper95: 1, undecided: 5 }])
  })
})
