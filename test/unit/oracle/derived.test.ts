/** Numbers that follow from what was seen: leeway by node, replay window, capacity. They bound what is so, and never guess. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Derived } from '../../../harness/model/derived.ts'
import type { Answer, HistoryEvent } from '../../../harness/model/history.ts'
import type { Stream } from '../../../harness/model/scenario.ts'
import { derivedOf, ended } from './ended.ts'
import {
  asked,
  copies,
  fault,
  granted,
  presented,
  REFUSED,
  SECOND_US,
  START_US,
  truthAt,
} from './histories.ts'

const afterEnd = (derived: readonly Derived[]): Derived | undefined =>
  derived.find(({ name }) => name === 'leeway-after-end')

describe('the leeway of a node', () => {
  test('lies between what it accepted latest and what it refused soonest, by its own clock', () => {
    // The clock is 50 ms ahead: it read 3.05 s past the end, and 12.06 s when the refusal had come.
    const { derived, because } = derivedOf([
      ended(0, 1, granted()),
      ended(1, 3, granted()),
      ended(2, 12, REFUSED),
      ended(3, 20, REFUSED),
    ])
    const found = afterEnd(derived)
    expect(found).toMatchObject({ node: 'node-1', unit: 's', of: 4 })
    expect(found?.low).toBeCloseTo(3.05, 1)
    expect(found?.high).toBeCloseTo(12.06, 1)
    expect(because).toContain('takes an assertion after its end: node-1 for 3.0 to 12.1 s.')
  })

  test('says at least how much where nothing was refused, and nothing where nothing came near', () => {
    expect(derivedOf([ended(0, 3, granted())]).because).toContain('node-1 for 3.0 s at least.')
    expect(derivedOf([ended(0, -30, granted()), ended(1, -20, granted())]).derived).toEqual([])
  })

  test('is told of the beginning, too', () => {
    const ahead = START_US + 32 * SECOND_US
    const early = { iatUs: ahead, expUs: ahead + 60 * SECOND_US, defect: { kind: 'not-yet' } }
    const { derived } = derivedOf([ended(0, 0, REFUSED, early)])
    expect(derived.map(({ name }) => name)).toEqual(['leeway-before-start'])
    expect(derived[0]?.high).toBeCloseTo(29.95, 1)
  })

  test.each<readonly [what: string, events: readonly HistoryEvent[]]>([
    ['is wrong in something else', [ended(0, 12, REFUSED, { defect: { kind: 'audience' } })]],
    ['nobody but its issuer could have made', [ended(0, 12, REFUSED, { authentic: false })]],
    [
      'met a broken link',
      [
        fault('inflicting', 1),
        fault('confirmed', 1.5),
        ended(0, 12, REFUSED),
        fault('mending', 6),
        fault('mended', 7),
      ],
    ],
    ['is good for another minute', [ended(0, -60, REFUSED, { defect: null })]],
  ])('does not follow from a refusal of what %s', (_what, events) => {
    expect(afterEnd(derivedOf(events).derived)).toBeUndefined()
  })

  test('does not follow from the refusal of a replay', () => {
    const [one, two] = copies(0, [
      { at: 1, answer: granted() },
      { at: 2, answer: REFUSED },
    ])
    const events = [one, two].filter((each) => each !== undefined)
    expect(derivedOf(events, { copies: 2 }).derived).toEqual([])
  })

  test('always holds the one that the server has', () => {
    const tries = fc.array(fc.double({ min: -20, max: 40, noNaN: true }), {
      minLength: 1,
      maxLength: 20,
    })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 15 }), tries, (leeway, pastEnds) => {
        // By its clock, half of the hundredth of a second after the request began that its answer took.
        const events = pastEnds.map((pastEnd, index) =>
          ended(index, pastEnd, pastEnd + 0.0555 < leeway ? granted() : REFUSED),
        )
        const found = afterEnd(derivedOf(events).derived)
        if (found === undefined) return
        expect(found.low ?? 0).toBeLessThanOrEqual(leeway)
        expect(found.high ?? Infinity).toBeGreaterThanOrEqual(leeway)
      }),
    )
  })
})

describe('the replay window', () => {
  const stream = { finding: 'replay/forgotten-before-leeway-ends' }
  /** Used a second before its end and again two seconds after it; and a fresh one six seconds after its own. */
  const uses = (second: Answer): readonly HistoryEvent[] => {
    const expUs = START_US + 3 * SECOND_US
    const truth = truthAt(2, { expUs, iatUs: expUs - 60 * SECOND_US, jti: 'used' })
    const use = (copy: number, at: number, answer: Answer) =>
      asked({
        step: `s/r0/stream/0/c${copy}`,
        at,
        answer,
        presented: [presented(truth, { key: 'used', last: copy === 1 })],
      })
    return [use(0, 2, granted()), use(1, 5, second)]
  }
  const events = (second: Answer): readonly HistoryEvent[] => [
    ...uses(second),
    ended(10, 6, granted()),
  ]

  test('is what lies between the forgetting and the end of the leeway', () => {
    const { derived, because } = derivedOf(events(granted()), stream)
    const found = derived.find(({ name }) => name === 'replay-window')
    expect(found).toMatchObject({ node: null, unit: 's', high: null, of: 1 })
    // 6.05 s past the end a fresh one was taken, and 2.06 s past it a used one.
    expect(found?.low).toBeCloseTo(3.99, 1)
    expect(because).toContain(
      'Replay window: a used assertion is accepted again for 3.9 s at least.',
    )
  })

  test.each<readonly [what: string, second: Answer, stream: Partial<Stream>]>([
    ['the second was refused', REFUSED, stream],
    ['the stream asks for something else', granted(), {}],
  ])('is not told where %s', (_what, second, asks) => {
    const { derived } = derivedOf(events(second), asks)
    expect(derived.some(({ name }) => name === 'replay-window')).toBe(false)
  })

  test('is not told of what was forgotten before its end: a target may refuse it from then on as too old', () => {
    const expUs = START_US + 200 * SECOND_US
    const truth = truthAt(2, { expUs, iatUs: START_US, jti: 'used' })
    const early = [2, 70].map((at, copy) =>
      asked({
        step: `s/r0/stream/0/c${copy}`,
        at,
        answer: granted(),
        presented: [presented(truth, { key: 'used', last: copy === 1 })],
      }),
    )
    const { derived } = derivedOf(early, { finding: 'replay/forgotten-after-a-while' })
    expect(derived.some(({ name }) => name === 'replay-window')).toBe(false)
  })
})

describe('the capacity of a memory', () => {
  const stream: Partial<Stream> = { release: 'in-rounds', arrivals: { kind: 'in-turn', count: 3 } }
  const capacity = (seconds: readonly Answer[]) => {
    const uses = seconds.map((second, index) =>
      copies(index, [
        { at: 1 + index, answer: granted() },
        { at: 11 + index, answer: second },
      ]),
    )
    const events = [0, 1].flatMap((copy) => uses.flatMap((each) => each[copy] ?? []))
    const { derived } = derivedOf(events, stream)
    return derived.map(({ name, low, high, of }) => ({ name, low, high, of }))
  }

  test('is all of them at least where each was refused after the others', () => {
    expect(capacity([REFUSED, REFUSED, REFUSED])).toEqual([
      { name: 'memory-capacity', low: 3, high: null, of: 3 },
    ])
  })

  test('is fewer where each was accepted again', () => {
    expect(capacity([granted(), granted(), granted()])).toEqual([
      { name: 'memory-capacity', low: null, high: 2, of: 3 },
    ])
  })

  test('is not told where some were and some were not', () => {
    expect(capacity([granted(), REFUSED, REFUSED])).toEqual([])
  })
})
