/** What becomes of an acceptance whose token was tried: one that does not work was given to nobody. */
import { describe, expect, test } from 'vitest'
import { ISSUED } from '../../../harness/drive/filled.ts'
import type { Answer, Observation } from '../../../harness/model/history.ts'
import {
  asked,
  copies,
  granted,
  judged,
  LOST,
  presented,
  REFUSED,
  reply,
  RUN_ID,
  streamOf,
  truthAt,
  whole,
} from './histories.ts'
import { cellOf, judgingOf, verdictOf } from './small-scenario.ts'

const JUDGING = judgingOf({ streams: [streamOf({ tries: true })], guards: [] })

const WORKS = reply(200, { active: true })
const DEAD = reply(200, { active: false })

/** The client asks about the token that came with a copy of the first arrival, half a second after it. */
function trial(of: Observation, answer: Answer): Observation {
  const at = (of.begunUs ?? 0) / 1e6 + 0.5 - START_SECONDS
  const key = of.presented[0]?.key ?? null
  const own = truthAt(at, { jti: `${of.step}/token${RUN_ID}` })
  return asked({
    step: `${of.step}/token`,
    caseId: of.caseId,
    at,
    answer,
    endpoint: 'introspection',
    presented: [
      presented(own),
      { part: 'token', usage: 'bearer-token', key, last: false, truth: ISSUED, tried: of.step },
    ],
  })
}

const START_SECONDS = (asked({ step: 's/r0/stream/0/c0', at: 0, answer: LOST }).begunUs ?? 0) / 1e6

/** A use and another one a second later, with what came of the tokens of both. */
function judgedWith(answers: readonly [Answer, Answer], trials: readonly [Answer, Answer]) {
  const [first, second] = copies(0, [
    { at: 1, answer: answers[0] },
    { at: 3, answer: answers[1] },
  ])
  if (first === undefined || second === undefined) throw new Error('there are two copies')
  return judged(JUDGING, whole([first, trial(first, trials[0]), second, trial(second, trials[1])]))
}

const UNSENT: Answer = { kind: 'none', cause: 'unsent', detail: 'no-answer-to-take-it-from' }

describe('a second acceptance', () => {
  test('convicts where its token works', () => {
    const judgement = judgedWith([granted(), granted()], [WORKS, WORKS])
    expect(judgement.convictions).toMatchObject([{ finding: 'replay/accepted-sequentially' }])
    expect(cellOf(judgement, 'far')).toEqual({ events: 1, trials: 1, owed: 1 })
  })

  test('must not convict where its token does not: nobody was given anything', () => {
    const judgement = judgedWith([granted(), granted()], [WORKS, DEAD])
    expect(judgement.convictions).toEqual([])
    expect(verdictOf(judgement)).not.toBe('violates')
    expect(cellOf(judgement, 'far')).not.toMatchObject({ events: 1 })
    expect(judgement.notes.join()).toContain('1 token that came for an assertion did not work')
  })

  test('must not convict where only its own token works', () => {
    const judgement = judgedWith([granted(), granted()], [DEAD, WORKS])
    expect(judgement.convictions).toEqual([])
  })

  test.each([
    ['was not answered', LOST],
    ['was answered with an error of the server', reply(503, {})],
  ])('convicts where the trial of its token %s, which tells nothing', (_how, answer) => {
    const judgement = judgedWith([granted(), granted()], [WORKS, answer])
    expect(judgement.convictions).toMatchObject([{ finding: 'replay/accepted-sequentially' }])
  })
})

describe('a refused second use', () => {
  const judgement = judgedWith([granted(), REFUSED], [WORKS, UNSENT])

  test('is right, though there was no token to be tried', () => {
    expect(judgement.convictions).toEqual([])
    expect(verdictOf(judgement)).toBe('conforms')
    expect(cellOf(judgement, 'far')).toEqual({ events: 0, trials: 1, owed: 1 })
  })

  test('and whoever asked about the tokens is in no rate', () => {
    expect(judgement.cells.map(({ metric, owed }) => [metric, owed])).toEqual([
      ['far', 1],
      ['frr', 1],
      ['unavailability', 1],
      ['inconclusive', 2],
    ])
    expect(judgement.keys.others).toEqual([])
  })
})
