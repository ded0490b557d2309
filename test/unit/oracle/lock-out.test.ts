/** A server may lock a party out for a while and answer as it answers any failed authentication: that convicts nobody. */
import { describe, expect, test } from 'vitest'
import type { Answer, HistoryEvent } from '../../../harness/model/history.ts'
import { openStanding } from '../../../harness/oracle/refusals/standing.ts'
import {
  asked,
  copies,
  granted,
  judged,
  presented,
  REFUSED,
  streamOf,
  truthAt,
  whole,
} from './histories.ts'
import { cellOf, judgingOf, verdictOf } from './small-scenario.ts'

const HONEST = streamOf({ attack: null, copies: 1 })

/** One fresh credential a second, `a` for an accepted one, `r` for a refused one. */
function convicted(answers: string): readonly string[] {
  const events = answers
    .split('')
    .flatMap((letter, index) =>
      copies(index, [{ at: index + 1, answer: letter === 'a' ? granted() : REFUSED }]),
    )
  const judgement = judged(judgingOf({ streams: [HONEST], guards: [] }), whole(events))
  return judgement.convictions.map(({ caseId }) => caseId)
}

describe('refusals of fresh credentials of one party', () => {
  test('convict one by one, between acceptances', () => {
    expect(convicted('ararara')).toEqual(['s/stream/1', 's/stream/3', 's/stream/5'])
  })

  test('convict nobody in a row, and only the one that stands alone', () => {
    expect(convicted('arra')).toEqual([])
    expect(convicted('arrrrarara')).toEqual(['s/stream/6', 's/stream/8'])
  })

  test('convict nobody at either end', () => {
    expect(convicted('raara')).toEqual(['s/stream/3'])
    expect(convicted('aar')).toEqual([])
  })

  test('in a row stay undecided, in no rate', () => {
    const events = [granted(), REFUSED, REFUSED, granted()].flatMap((answer, index) =>
      copies(index, [{ at: index + 1, answer }]),
    )
    const judgement = judged(judgingOf({ streams: [HONEST], guards: [] }), whole(events))
    expect(cellOf(judgement, 'frr')).toEqual({ events: 0, trials: 2, owed: 4 })
    expect(verdictOf(judgement)).toBe('inconclusive')
  })
})

describe('a guard that wants requests which deserve acceptance', () => {
  const guards = [{ name: 'owed', counts: 'owed-accepts', needed: 4 }] as const
  const seen = (answers: readonly Answer[]) => {
    const events = answers.flatMap((answer, index) => copies(index, [{ at: index + 1, answer }]))
    const judging = judgingOf({ streams: [HONEST], guards, maxUndecided: 1 })
    const judgement = judged(judging, whole(events))
    return [judgement.scenarios[0]?.guards[0]?.seen, verdictOf(judgement)]
  }

  test('has seen those that were accepted, and those whose refusal convicts', () => {
    expect(seen([granted(), granted(), granted(), granted()])).toEqual([4, 'conforms'])
    expect(seen([granted(), REFUSED, granted(), granted()])).toEqual([4, 'violates'])
  })

  test('has not seen those that a lock-out may have refused, so that none of them is a pass', () => {
    expect(seen([granted(), REFUSED, REFUSED, granted()])).toEqual([2, 'inconclusive'])
  })
})

describe('a genuine credential refused after a forged copy', () => {
  /** Between a forged copy and the genuine one, half a second later, `between` may be sent. */
  const poisoned = (
    index: number,
    at: number,
    between: readonly HistoryEvent[] = [],
  ): readonly HistoryEvent[] => {
    const truth = truthAt(at, { jti: `shared-${index}` })
    const forged = { ...truth, authentic: false, defect: { kind: 'signature-bit' } }
    const step = `s/r0/stream/${index}`
    const first = [presented(forged, { last: false })]
    const caseId = `s/stream/${index}`
    return [
      asked({ step: `${step}/c0`, caseId, at, answer: REFUSED, presented: first }),
      ...between,
      asked({
        step: `${step}/c1`,
        caseId,
        at: at + 0.5,
        answer: REFUSED,
        presented: [presented(truth)],
      }),
    ]
  }
  const single = (index: number, at: number) => copies(index, [{ at, answer: granted() }])
  const findings = (events: readonly HistoryEvent[]) =>
    judged(judgingOf({ streams: [HONEST], guards: [] }), whole(events)).convictions.map(
      ({ finding }) => finding,
    )

  test('was burned where others of the same party are accepted before it, after the forged one, and after it', () => {
    const one = [...single(0, 1), ...poisoned(1, 2, single(5, 2.2)), ...single(2, 3)]
    const other = [...poisoned(3, 4, single(6, 4.2)), ...single(4, 5)]
    expect(findings([...one, ...other])).toEqual([
      'replay/burned-by-forgery',
      'replay/burned-by-forgery',
    ])
  })

  test('may have met a lock-out where nobody was accepted since the forged one', () => {
    const events = [...single(0, 1), ...poisoned(1, 2), ...single(2, 3)]
    expect(findings(events)).toEqual([])
    const judgement = judged(judgingOf({ streams: [HONEST], guards: [] }), whole(events))
    expect(verdictOf(judgement)).toBe('inconclusive')
    expect(judgement.notes).toContain(
      "'client-1' was refused 1 times where an earlier failure may have locked it out, or everybody who asks from here, at that node or everywhere: those refusals convict nobody.",
    )
  })

  test('may have met a lock-out where the next one of the same party was refused too', () => {
    const one = [...single(0, 1), ...poisoned(1, 2, single(5, 2.2))]
    const other = [...poisoned(2, 3), ...single(3, 4)]
    expect(findings([...one, ...other])).toEqual([])
  })
})

describe('the standing of a party', () => {
  const span = (at: number) => ['a', at, at + 1] as const
  /** Whether refusals at these times are wrong, all of them asked about before anything came after. */
  const asks = (accepted: readonly number[], refused: readonly number[], prompt = false) => {
    const standing = openStanding()
    const answers: (readonly [number, boolean])[] = []
    for (const at of refused) {
      const [principal, begunUs, answeredUs] = span(at)
      standing.turnedAway(principal, begunUs, answeredUs)
      standing.refused({
        principal,
        begunUs,
        answeredUs,
        prompt: prompt ? 'drawn' : null,
        settle: (works) => answers.push([at, works]),
      })
    }
    for (const at of accepted) standing.accepted(...span(at))
    if (!prompt) standing.conclude()
    return { answers, notes: standing.notes() }
  }

  test('says of a row how long it was', () => {
    expect(asks([0, 10], [2, 4, 6])).toEqual({
      answers: [
        [2, false],
        [4, false],
        [6, false],
      ],
      notes: [
        "'a' was refused 3 times in a row between two acceptances: a lock-out would look the same, so that those refusals convict nobody.",
      ],
    })
  })

  test('is not told by refusals that overlap one another', () => {
    expect(asks([0, 10], [4, 4.5]).answers).toEqual([
      [4, false],
      [4.5, false],
    ])
  })

  test('is told at the next acceptance to who cannot wait', () => {
    expect(asks([0, 10], [4], true).answers).toEqual([[4, true]])
    expect(asks([0], [4], true).answers).toEqual([])
  })

  test('asks of what was searched for that a drawn one was wrong, and no more', () => {
    const searched = (drawn: boolean): boolean[] => {
      const standing = openStanding()
      const answers: boolean[] = []
      standing.accepted(...span(0))
      const ask = (at: number, prompt: 'drawn' | 'searched') =>
        standing.refused({
          principal: 'a',
          begunUs: at,
          answeredUs: at + 1,
          prompt,
          settle: (works) => answers.push(works),
        })
      if (drawn) ask(2, 'drawn')
      standing.accepted(...span(4))
      ask(6, 'searched')
      ask(8, 'searched')
      standing.accepted(...span(10))
      return answers
    }
    expect(searched(true)).toEqual([true, true, true])
    expect(searched(false)).toEqual([false, false])
  })
})
