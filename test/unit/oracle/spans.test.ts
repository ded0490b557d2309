/** A list of spans that grows, and numbers for the seconds of nodes. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openSlots } from '../../../harness/oracle/time/slots.ts'
import { openSpans, type Spans } from '../../../harness/oracle/time/spans.ts'

type Span = readonly [begunUs: number, answeredUs: number]

function spansOf(all: readonly Span[]): Spans {
  const spans = openSpans()
  for (const span of all) spans.push(...span)
  return spans
}

function listed(spans: Spans): readonly Span[] {
  const seen: Span[] = []
  spans.each((begunUs, answeredUs) => seen.push([begunUs, answeredUs]))
  expect(spans).toHaveLength(seen.length)
  expect([...spans.begins]).toEqual(seen.map(([begunUs]) => begunUs))
  expect([...spans.answers]).toEqual(seen.map(([, answeredUs]) => answeredUs))
  return seen
}

const some = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 70 })
const runs = { seed: 7523, numRuns: 100 }

describe('spans', () => {
  test('are kept in the order in which they came, however many', () => {
    fc.assert(
      fc.property(some, (all) => {
        expect(listed(spansOf(all))).toEqual(all)
      }),
      runs,
    )
  })

  test('are taken from the front, dropped from it, filtered and sorted as lists are', () => {
    fc.assert(
      fc.property(some, fc.nat({ max: 70 }), (all, count) => {
        const spans = spansOf(all)
        const few = Math.min(count, all.length)
        expect(listed(spans.first(few))).toEqual(all.slice(0, few))
        const isEven = (begunUs: number, answeredUs: number) => (begunUs + answeredUs) % 2 === 0
        expect(listed(spans.filter(isEven))).toEqual(all.filter((each) => isEven(...each)))
        const byBegin = all.toSorted(([one], [other]) => one - other)
        expect(listed(spans.sorted('begun'))).toEqual(byBegin)
        const byAnswer = all.toSorted(([, one], [, other]) => one - other)
        expect(listed(spans.sorted('answered'))).toEqual(byAnswer)
        spans.dropFirst(few)
        expect(listed(spans)).toEqual(all.slice(few))
        spans.push(1, 2)
        expect(listed(spans)).toEqual([...all.slice(few), [1, 2]])
      }),
      runs,
    )
  })

  test('are counted up to the first that was not answered before a time', () => {
    const spans = spansOf([
      [1, 2],
      [3, 4],
      [2, 9],
      [3, 5],
    ])
    expect([2, 3, 5, 10].map((us) => spans.countBefore(us))).toEqual([0, 1, 2, 4])
    expect(openSpans().countBefore(9)).toBe(0)
  })

  test('that never end come last', () => {
    const spans = spansOf([
      [3, Infinity],
      [1, 2],
      [2, Infinity],
    ])
    expect(listed(spans.sorted('answered'))).toEqual([
      [1, 2],
      [3, Infinity],
      [2, Infinity],
    ])
  })
})

describe('the seconds of nodes', () => {
  const S = 1e6
  const slots = () => openSlots(['node-1', 'node-2'], () => 100 * S)

  test('are told apart, and told back', () => {
    const { at, node, second } = slots()
    for (const [seconds, name] of [
      [0, 'node-1'],
      [0, 'node-2'],
      [7, 'node-1'],
      [7, null],
    ] as const) {
      const slot = at((100 + seconds) * S + 999_999, name)
      expect([second(slot), node(slot)]).toEqual([seconds, name])
    }
    expect(
      new Set(
        [0, 1, 2].flatMap((s) => [null, 'node-1', 'node-2'].map((n) => at((100 + s) * S, n))),
      ),
    ).toHaveProperty('size', 9)
  })

  test('begin with the run, and a node that is not known is none', () => {
    const { at, node, second } = slots()
    expect(second(at(90 * S, 'node-2'))).toBe(0)
    expect(node(at(90 * S, 'node-2'))).toBe('node-2')
    expect(node(at(101 * S, 'elsewhere'))).toBeNull()
  })

  test('are those of when something was sent, or should have been', () => {
    const { of, second } = slots()
    expect(second(of({ begunUs: 105 * S, dueUs: 103 * S, node: null }))).toBe(5)
    expect(second(of({ begunUs: null, dueUs: 103 * S, node: null }))).toBe(3)
  })
})
