/** Of a long run of acceptances only those next to a refusal are kept; what is found next to one is the same. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openAcceptances, type Between } from '../../../harness/oracle/refusals/acceptances.ts'

const SECOND_US = 1e6

interface Span {
  readonly begunUs: number
  readonly answeredUs: number
}

/** Written down as it is meant: the latest beginning of those answered before, the earliest answer of those begun after. */
function around(accepted: readonly Span[], { begunUs, answeredUs }: Span): Between {
  const before = accepted.filter((each) => each.answeredUs < begunUs)
  const after = accepted.filter((each) => each.begunUs > answeredUs)
  return {
    fromUs: Math.max(-Infinity, ...before.map((each) => each.begunUs)),
    toUs: Math.min(Infinity, ...after.map((each) => each.answeredUs)),
  }
}

const spans = fc.array(
  fc.tuple(fc.nat({ max: 50 }), fc.nat({ max: 9 })).map(([begunUs, lasted]) => ({
    begunUs,
    answeredUs: begunUs + lasted,
  })),
  { maxLength: 30 },
)

test('finds what lies next to a refusal, whatever overlaps whatever', () => {
  fc.assert(
    fc.property(spans, spans, (accepted, refused) => {
      const acceptances = openAcceptances()
      for (const { begunUs, answeredUs } of accepted) acceptances.add(begunUs, answeredUs)
      for (const each of refused) {
        expect(acceptances.around(each.begunUs, each.answeredUs)).toEqual(around(accepted, each))
      }
    }),
  )
})

describe('a run longer than what is kept of it', () => {
  const ROOM = { disorderUs: 10, spare: 3, marksMost: 1_000 }
  const runs = { seed: 7523, numRuns: 200 }
  const inTurn = (all: readonly Span[]): readonly Span[] =>
    all.toSorted((one, other) => one.answeredUs - other.answeredUs)

  /** Acceptances and refusals as they are answered, each refusal marked where it is to be found again. */
  const told = (accepted: readonly Span[], refused: readonly Span[], room = ROOM) => {
    const acceptances = openAcceptances(room)
    for (const each of inTurn([...accepted, ...refused])) {
      if (refused.includes(each)) acceptances.mark(each.begunUs, each.answeredUs)
      else acceptances.add(each.begunUs, each.answeredUs)
    }
    return refused.map(({ begunUs, answeredUs }) => acceptances.around(begunUs, answeredUs))
  }

  test('finds next to what was marked what it would find of all', () => {
    const property = fc.property(spans, spans, (accepted, refused) => {
      expect(told(accepted, refused)).toEqual(refused.map((each) => around(accepted, each)))
    })
    fc.assert(property, runs)
  })

  test('finds it also where an acceptance was never answered', () => {
    const acceptances = openAcceptances(ROOM)
    for (const at of [1, 20, 30]) acceptances.add(at, at + 1)
    // One too many to keep, and answered at no time that others could be older than.
    acceptances.add(3, Infinity)
    expect(acceptances.around(25, 26)).toEqual({ fromUs: 20, toUs: 31 })
  })

  test('finds at most a wider gap next to what was not marked, or marked too long ago: that convicts nobody', () => {
    const property = fc.property(spans, spans, (accepted, refused) => {
      const few = told(accepted, refused, { ...ROOM, marksMost: 2 })
      for (const [at, { fromUs, toUs }] of few.entries()) {
        const exact = around(accepted, refused[at] ?? { begunUs: 0, answeredUs: 0 })
        expect(fromUs).toBeLessThanOrEqual(exact.fromUs)
        expect(toUs).toBeGreaterThanOrEqual(exact.toUs)
      }
    })
    fc.assert(property, runs)
  })

  test('forgets the oldest marks beyond so many, and no other', () => {
    const acceptances = openAcceptances({ disorderUs: 10, spare: 20, marksMost: 2 })
    for (let at = 0; at < 600; at += 20) {
      acceptances.add(at, at + 1)
      if (at < 60) acceptances.mark(at + 5, at + 6)
    }
    const near = (at: number) => acceptances.around(at + 5, at + 6)
    expect(near(0)).toEqual({ fromUs: -Infinity, toUs: 21 })
    for (const at of [20, 40]) expect(near(at)).toEqual({ fromUs: at, toUs: at + 21 })
  })

  test('lets go of what lies next to none', () => {
    const accepted = Array.from({ length: 9 }, (_, at) => ({
      begunUs: 20 * at,
      answeredUs: 20 * at + 1,
    }))
    const acceptances = openAcceptances(ROOM)
    for (const { begunUs, answeredUs } of accepted) acceptances.add(begunUs, answeredUs)
    // Nobody marked a refusal at 25, whose nearest acceptances were at 20 and 40.
    expect(acceptances.around(25, 26)).not.toEqual({ fromUs: 20, toUs: 41 })
  })
})

test('an acceptance whose answer nobody knows lies before nothing', () => {
  const acceptances = openAcceptances()
  acceptances.add(1 * SECOND_US, Infinity)
  expect(acceptances.around(5 * SECOND_US, 6 * SECOND_US)).toEqual({
    fromUs: -Infinity,
    toUs: Infinity,
  })
})
