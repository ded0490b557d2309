/**
 * Which refusals are evidence about the party that was refused. Beside one of a fresh credential, at 2 s and between two
 * acceptances, another one that is evidence makes a row, and a row convicts nobody; one that is none leaves it convicted.
 */
import { describe, expect, test } from 'vitest'
import type { Answer, HistoryEvent } from '../../../harness/model/history.ts'
import type { JudgedScenario } from '../../../harness/model/judging.ts'
import { openJudge } from '../../../harness/oracle/judge.ts'
import {
  BUSY,
  copies,
  granted,
  LOST,
  REFUSED,
  reply,
  RUN_ID,
  presented,
  streamOf,
  truthAt,
  whole,
} from './histories.ts'
import { judgingOf } from './small-scenario.ts'

type Sent = Parameters<typeof copies>[1]

const STREAMS = [streamOf({ attack: null, copies: 2 })]
const LONE = copies(1, [{ at: 2, answer: REFUSED }])

function convicted(
  events: readonly HistoryEvent[],
  scenario: Partial<JudgedScenario> = {},
): readonly string[] {
  const judge = openJudge(judgingOf({ streams: STREAMS, guards: [], ...scenario }), 'rfc7523bis')
  for (const event of whole(events)) judge.see(event)
  return judge.conclude().convictions.map(({ finding, caseId }) => `${finding} ${caseId}`)
}

/** Whether the lone refusal convicts beside these uses of another credential. */
function standsAlone(sent: Sent, last = 3): boolean {
  const events = [
    ...copies(8, [{ at: 1, answer: granted() }]),
    ...LONE,
    ...copies(5, sent),
    ...copies(9, [{ at: last, answer: granted() }]),
  ]
  return convicted(events).includes('refusal/valid-refused s/stream/1')
}

test('the stage: the lone refusal convicts, and not beside another of a fresh credential', () => {
  expect(standsAlone([])).toBe(true)
  expect(standsAlone([{ at: 2.5, answer: REFUSED }])).toBe(false)
})

describe('the refusal of a credential that came before', () => {
  const after = (answer: Answer): Sent => [
    { at: 2.3, answer },
    { at: 2.6, answer: REFUSED },
  ]

  test('is no evidence where the first may have been honoured: it may be of a replay', () => {
    for (const answer of [BUSY, LOST]) expect(standsAlone(after(answer))).toBe(true)
    const [used, replayed] = after(granted())
    if (used === undefined || replayed === undefined) throw new RangeError('there are two')
    expect(standsAlone([{ ...used, at: 0.8 }, replayed])).toBe(true)
  })

  test('is evidence where the first was turned away for something else: no sound server spent it', () => {
    const elsewhere = reply(400, { code: 'invalid_scope' })
    expect(standsAlone(after(elsewhere))).toBe(false)
  })

  test('is evidence where it was answered before the use that may have been honoured began', () => {
    const then = (begun: number): Sent => [
      { at: 2.3, answer: REFUSED },
      { at: begun, answer: BUSY },
    ]
    // Answered 10 ms after it began.
    expect(standsAlone(then(2.4))).toBe(false)
    expect(standsAlone(then(2.310001))).toBe(false)
    expect(standsAlone(then(2.31))).toBe(true)
    expect(standsAlone(then(2.305))).toBe(true)
  })

  test('is evidence once, however often it was refused', () => {
    const twice = copies(5, [
      { at: 2, answer: REFUSED },
      { at: 2.5, answer: REFUSED },
    ])
    const around = (index: number, at: number) => copies(index, [{ at, answer: granted() }])
    expect(convicted([...around(8, 1), ...twice, ...around(9, 3)])).toEqual([
      'replay/refused-first-use s/stream/5',
    ])
  })
})

describe('the refusal of a credential that was owed nothing', () => {
  test('is no evidence of a row, whatever it deserved', () => {
    const ended = truthAt(-86_400, { jti: `ended-${RUN_ID}` })
    const near = truthAt(2.5 - 60, { jti: `near-${RUN_ID}` })
    for (const truth of [ended, near]) {
      const other = copies(5, [{ at: 2.5, answer: REFUSED }], { presented: [presented(truth)] })
      const events = [
        ...copies(8, [{ at: 1, answer: granted() }]),
        ...LONE,
        ...other,
        ...copies(9, [{ at: 3, answer: granted() }]),
      ]
      expect(convicted(events)).toEqual(['refusal/valid-refused s/stream/1'])
    }
  })
})

describe('what is searched for', () => {
  const drawn = { drawn: true } as const
  const searched = (index: number, at: number, answer: Answer) =>
    copies(index, [{ at, answer }], { round: 1 })
  const accepted = (index: number, at: number) => copies(index, [{ at, answer: granted() }])

  test('is no evidence: refusals in a row are its purpose', () => {
    const events = [
      ...accepted(8, 1),
      ...LONE,
      ...searched(5, 2.5, REFUSED),
      ...searched(6, 2.6, REFUSED),
      ...accepted(9, 3),
    ]
    expect(convicted(events, drawn)).toContain('refusal/valid-refused s/stream/1')
    // Of a scenario whose cases are not drawn a later round is a sample like the first.
    expect(convicted(events)).toEqual([])
  })

  test('convicts in a row, once a drawn refusal of the same party was found wrong', () => {
    const events = [
      ...accepted(8, 1),
      ...LONE,
      ...accepted(9, 3),
      ...searched(5, 4, REFUSED),
      ...searched(6, 4.5, REFUSED),
      ...accepted(7, 5),
    ]
    // The second failed after the first since the party was last accepted: that may have been a lock-out.
    expect(convicted(events, drawn)).toEqual([
      'refusal/valid-refused s/stream/1',
      'refusal/valid-refused s/stream/5',
    ])
    expect(convicted(events)).toEqual(['refusal/valid-refused s/stream/1'])
  })

  test('is told of as soon as the next acceptance came, and what is only asked waits for the end', () => {
    const events = [...accepted(8, 1), ...LONE, ...accepted(9, 3)]
    const failing = (scenario: Partial<JudgedScenario>) => {
      const once = [streamOf({ attack: null, copies: 1 })]
      const judge = openJudge(judgingOf({ streams: once, guards: [], ...scenario }), 'rfc7523bis')
      for (const event of whole(events)) judge.see(event)
      return judge.soFar('s')
    }
    expect(failing(drawn)).toMatchObject({ violated: true, failing: ['s/stream/1'] })
    expect(failing({})).toMatchObject({ violated: false })
  })
})
