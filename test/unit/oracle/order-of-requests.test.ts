/** The order of the requests names the flaw: a stream says what a second acceptance in it tells. */
import { describe, expect, test } from 'vitest'
import type { Answer, HistoryEvent } from '../../../harness/model/history.ts'
import type { Guard, Stream } from '../../../harness/model/scenario.ts'
import type { Judgement } from '../../../harness/model/verdict.ts'
import {
  asked,
  copies,
  fault,
  granted,
  judged,
  LOST,
  presented,
  REFUSED,
  RUN_ID,
  SECOND_US,
  START_US,
  streamOf,
  truthAt,
  whole,
  type Asked,
} from './histories.ts'
import { judgingOf, verdictOf } from './small-scenario.ts'

const AFTER_OTHERS = 'replay/forgotten-after-others'
const SEQUENTIALLY = 'replay/accepted-sequentially'

function findings({ convictions }: Judgement): readonly string[] {
  return convictions.map(({ finding }) => finding)
}

function judge(stream: Partial<Stream>, events: readonly HistoryEvent[], guards: Guard[] = []) {
  return judged(judgingOf({ streams: [streamOf(stream)], guards }), whole(events))
}

describe('a second acceptance', () => {
  const twice = (node?: string) =>
    copies(0, [
      { at: 1, answer: granted() },
      { at: 3, answer: granted(), ...(node === undefined ? {} : { node }) },
    ])

  test('at one node and in quiet is found as what its stream says', () => {
    expect(findings(judge({ finding: AFTER_OTHERS }, twice()))).toEqual([AFTER_OTHERS])
    expect(findings(judge({}, twice()))).toEqual([SEQUENTIALLY])
  })

  test('at another node, or amid a fault, is found as that whatever the stream says', () => {
    expect(findings(judge({ finding: AFTER_OTHERS }, twice('node-2')))).toEqual([
      'replay/accepted-on-another-node',
    ])
    const cut = [
      fault('inflicting', 2),
      fault('confirmed', 2.1),
      ...twice(),
      fault('mending', 4),
      fault('mended', 4.1),
    ]
    expect(findings(judge({ finding: AFTER_OTHERS }, cut))).toEqual([
      'replay/accepted-during-fault',
    ])
  })

  test('at another endpoint under one key is found as that, and told with both', () => {
    const [first, second] = twice()
    const active: Answer = { ...granted(), token: null, active: true }
    const moved = [first, { ...second, endpoint: 'introspection', answer: active }]
    const judgement = judge({ finding: AFTER_OTHERS }, moved as HistoryEvent[])
    expect(findings(judgement)).toEqual(['replay/accepted-at-another-endpoint'])
    expect(judgement.convictions[0]?.because).toMatch(
      /node-1 accepted it again at introspection at .*, at these endpoints together\.$/,
    )
  })

  test('after others follows from having no memory at all, and is not told apart then', () => {
    const streams = [
      streamOf({ name: 'stream' }),
      streamOf({ name: 'late', finding: AFTER_OTHERS }),
    ]
    const late = twice().map((each): HistoryEvent => ({
      ...each,
      step: each.step.replace('/stream/', '/late/'),
      caseId: each.caseId.replace('/stream/', '/late/'),
      presented: each.presented.map((one) => ({ ...one, key: 'another' })),
    }))
    const judgement = judged(judgingOf({ streams, guards: [] }), whole([...twice(), ...late]))
    expect(findings(judgement)).toEqual([SEQUENTIALLY])
    expect(judgement.notes.join('\n')).toContain(`${AFTER_OTHERS} (1 times) follows from`)
  })
})

describe('a second acceptance after the end', () => {
  const FORGOTTEN = 'replay/forgotten-before-leeway-ends'
  const ENDED = { iatUs: START_US - 65 * SECOND_US, expUs: START_US - 5 * SECOND_US }
  /** Used a second before its end, and again two seconds after it. */
  const replayed = [1, 4].map((at, copy) =>
    asked({
      step: `s/r0/stream/0/c${copy}`,
      at,
      answer: granted(),
      presented: [
        presented(truthAt(0, { jti: `used${RUN_ID}`, expUs: START_US + 2 * SECOND_US }), {
          last: copy === 1,
        }),
      ],
    }),
  )
  /** First seen when it had ended. */
  const fresh = (answer: Answer) =>
    asked({
      step: 's/r0/ended/0/c0',
      at: 2,
      answer,
      presented: [presented(truthAt(0, { jti: `fresh${RUN_ID}`, ...ENDED }))],
    })
  const streams = [streamOf({ finding: FORGOTTEN }), streamOf({ name: 'ended', copies: 1 })]
  const verdict = (answer: Answer) =>
    judged(judgingOf({ streams, guards: [] }), whole([fresh(answer), ...replayed]))

  test('convicts where a fresh one that had ended for longer was accepted', () => {
    expect(findings(verdict(granted()))).toEqual([FORGOTTEN])
  })

  test('convicts nobody where none was: the memory may end with the assertion', () => {
    expect(findings(verdict(REFUSED))).toEqual([])
  })
})

describe('a right assertion after a refused one with its identifier', () => {
  const pair = (first: Partial<Parameters<typeof truthAt>[1]>, answer: Answer) => {
    const jti = `shared${RUN_ID}`
    const one = (at: number, more: Partial<Asked> & Pick<Asked, 'step' | 'answer'>) =>
      asked({ at, ...more })
    return [
      ...copies(7, [{ at: 0.5, answer: granted() }]),
      one(1, {
        step: 's/r0/stream/0/c0',
        answer: REFUSED,
        presented: [presented(truthAt(1, { jti, ...first }), { last: false })],
      }),
      one(2, {
        step: 's/r0/stream/0/c1',
        answer,
        presented: [presented(truthAt(2, { jti }))],
      }),
      // An acceptance between the two: without it a lock-out would look the same.
      ...copies(9, [{ at: 1.5, answer: granted() }]),
      ...copies(8, [{ at: 3, answer: granted() }]),
    ]
  }
  const WRONG_AUDIENCE = {
    audience: 'https://other.example',
    defect: { kind: 'audience', form: 'foreign' },
  }
  const FORGED = { authentic: false, defect: { kind: 'signature-bit' } }

  test('that its issuer had signed for somebody else is an observation when refused', () => {
    const judgement = judge({}, pair(WRONG_AUDIENCE, REFUSED))
    expect(judgement.convictions).toMatchObject([
      { finding: 'replay/spent-by-refusal', obliges: false },
    ])
    expect(verdictOf(judgement)).not.toBe('violates')
  })

  test('that nobody had signed convicts when refused', () => {
    expect(findings(judge({}, pair(FORGED, REFUSED)))).toEqual(['replay/burned-by-forgery'])
  })

  test('is no such observation where only a lost copy can have used the identifier up', () => {
    const jti = `shared${RUN_ID}`
    const events = [
      { answer: REFUSED, more: FORGED },
      { answer: LOST, more: {} },
      { answer: REFUSED, more: {} },
    ].map(({ answer, more }, copy) =>
      asked({
        step: `s/r0/stream/0/c${copy}`,
        at: copy + 1,
        answer,
        presented: [presented(truthAt(copy + 1, { jti, ...more }), { last: copy === 2 })],
      }),
    )
    expect(findings(judge({ copies: 3 }, events))).toEqual([])
  })

  test.each([WRONG_AUDIENCE, FORGED])('is nothing when accepted', (first) => {
    expect(findings(judge({}, pair(first, granted())))).toEqual([])
  })
})

describe('a guard on what was determinate', () => {
  const guard: Guard = { name: 'judged', counts: 'determinate', stream: 'stream', needed: 3 }

  test('counts every copy that was accepted or refused, whatever it deserved, and nothing else', () => {
    const seen = (answers: readonly Answer[]) =>
      judge(
        { copies: answers.length },
        copies(
          0,
          answers.map((answer, at) => ({ at, answer })),
        ),
        [guard],
      ).scenarios[0]
    expect(seen([granted(), REFUSED, REFUSED])).toMatchObject({ verdict: 'conforms' })
    expect(seen([granted(), REFUSED, LOST])).toMatchObject({
      verdict: 'inconclusive',
      guards: [{ seen: 2, needed: 3 }],
    })
  })
})
