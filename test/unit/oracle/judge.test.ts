import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answer, HistoryEvent } from '../../../harness/model/history.ts'
import { openJudge } from '../../../harness/oracle/judge.ts'
import {
  asked,
  BUSY,
  copies,
  fault,
  granted,
  judged,
  LOST,
  presented,
  REFUSED,
  reply,
  streamOf,
  targetWith,
  truthAt,
  whole,
} from './histories.ts'
import { cellOf, judgingOf, verdictOf } from './small-scenario.ts'

const RIGHT = [
  ...copies(0, [
    { at: 1, answer: granted() },
    { at: 2, answer: REFUSED },
  ]),
  ...copies(1, [
    { at: 3, answer: granted() },
    { at: 4, answer: REFUSED },
  ]),
]

describe('a history of a right target', () => {
  const judgement = judged(judgingOf(), whole(RIGHT))

  test('conforms, with every guard met and nobody accused', () => {
    expect(verdictOf(judgement)).toBe('conforms')
    expect(judgement.convictions).toEqual([])
    expect(judgement.scenarios[0]?.guards).toEqual([{ name: 'pairs', needed: 1, seen: 2 }])
    expect(judgement.scenarios[0]).toMatchObject({ judged: 4, undecided: 0 })
  })

  test('counts one owed acceptance and one owed rejection for each assertion', () => {
    expect(cellOf(judgement, 'frr')).toEqual({ events: 0, trials: 2, owed: 2 })
    expect(cellOf(judgement, 'far')).toEqual({ events: 0, trials: 2, owed: 2 })
    expect(cellOf(judgement, 'far', 'code')).toBeUndefined()
  })

  test('proves nothing without its footer, its end, or anything judged', () => {
    const events = whole(RIGHT)
    const cut = judged(judgingOf(), events.slice(0, -1))
    expect(cut.complete).toBe(false)
    expect(verdictOf(cut)).toBe('inconclusive')
    const unended = events.filter(({ kind }) => kind !== 'concluded')
    expect(verdictOf(judged(judgingOf(), unended))).toBe('inconclusive')
    expect(verdictOf(judged(judgingOf({ guards: [] }), whole([])))).toBe('inconclusive')
  })

  test('is concluded as often as asked, and sees a footer that came later', () => {
    const judge = openJudge(judgingOf(), 'rfc7523bis')
    const events = whole(RIGHT)
    for (const event of events.slice(0, -1)) judge.see(event)
    expect(judge.conclude().complete).toBe(false)
    for (const event of events.slice(-1)) judge.see(event)
    expect(judge.conclude()).toEqual(judgement)
  })
})

describe('a second acceptance', () => {
  const replayed = copies(0, [
    { at: 1, answer: granted() },
    { at: 2, answer: granted() },
  ])

  test('convicts by the target’s own promise, with a witness that a stranger can check', () => {
    const judgement = judged(judgingOf(), whole(replayed))
    expect(verdictOf(judgement)).toBe('violates')
    expect(judgement.convictions).toHaveLength(1)
    expect(judgement.convictions[0]).toMatchObject({
      finding: 'replay/accepted-sequentially',
      obliges: true,
      obligation: 'declared',
      scenario: 's',
      check: null,
      because:
        'node-1 accepted a client assertion at 1010.0 ms and node-1 accepted it again at 2010.0 ms, 59.0 s before it ended; no fault was in force, and its own declaration promises single use.',
    })
    expect(judgement.convictions[0]?.witness).toEqual([
      {
        caseId: 's/stream/0',
        step: 's/r0/stream/0/c0',
        node: 'node-1',
        begunMs: 1000,
        answeredMs: 1010,
        sent: "client assertion by 'honest', jti …jti-0-, exp in 60 s",
        got: '200 with a token',
      },
      {
        caseId: 's/stream/0',
        step: 's/r0/stream/0/c1',
        node: 'node-1',
        begunMs: 2000,
        answeredMs: 2010,
        sent: "client assertion by 'honest', jti …jti-0-, exp in 59 s",
        got: '200 with a token',
      },
    ])
  })

  test('is a figure and no violation where nothing promises single use', () => {
    const judging = judgingOf({}, { target: targetWith() })
    const judgement = judged(judging, whole(replayed))
    expect(verdictOf(judgement)).toBe('conforms')
    expect(judgement.convictions).toEqual([])
    expect(cellOf(judgement, 'replay-acceptance')).toEqual({ events: 1, trials: 1, owed: 1 })
    expect(cellOf(judgement, 'far')).toBeUndefined()
  })

  test('is held against a silent target by a profile that words single use: two profiles, one history', () => {
    const judging = judgingOf({}, { target: targetWith() })
    expect(judged(judging, whole(replayed), 'rfc7523').convictions).toEqual([])
    const [found] = judged(judging, whole(replayed), 'fapi2').convictions
    expect(found).toMatchObject({ obligation: 'profile', spec: ['OpenID Connect Core §9'] })
  })

  test('convicts nobody when the reply to the first was lost', () => {
    const lost = copies(0, [
      { at: 1, answer: LOST },
      { at: 2, answer: granted() },
    ])
    const judgement = judged(judgingOf({ maxUndecided: 1 }), whole(lost))
    expect(judgement.convictions).toEqual([])
    expect(judgement.scenarios[0]?.undecided).toBe(1)
  })

  test('across lost memory is counted for the world, noted, and convicts nobody', () => {
    const [first, second] = replayed
    const events = [first, fault('inflicting', 1.2, { forgets: 'node' }), fault('confirmed', 1.3)]
    const mended = [fault('mending', 1.5), fault('mended', 1.6), second]
    const judgement = judged(
      judgingOf(),
      whole([...events, ...mended].filter((each) => each !== undefined)),
    )
    expect(judgement.convictions).toEqual([])
    expect(cellOf(judgement, 'far')?.events).toBe(1)
    expect(cellOf(judgement, 'far', 'code')).toBeUndefined()
    expect(judgement.notes.join(' ')).toContain('Replay across lost memory')
  })

  test('with the identical token is one issuance, told and held against nobody', () => {
    const answer = reply(200, { token: 'the-same' })
    const twice = copies(0, [
      { at: 1, answer },
      { at: 2, answer },
    ])
    const judgement = judged(judgingOf(), whole(twice))
    expect(verdictOf(judgement)).toBe('inconclusive')
    expect(judgement.convictions).toMatchObject([
      { finding: 'replay/same-token-returned', obliges: false },
    ])
    expect(cellOf(judgement, 'far')).toBeUndefined()
  })
})

describe('one cause is one finding', () => {
  const sequential = copies(0, [
    { at: 1, answer: granted() },
    { at: 2, answer: granted() },
  ])
  const elsewhere = copies(1, [
    { at: 3, answer: granted() },
    { at: 4, answer: granted(), node: 'node-2' },
  ])
  const atOnce = (node: string) =>
    copies(2, [
      { at: 5, answer: granted() },
      { at: 5.001, answer: granted(), node },
    ])
  const found = (...groups: readonly (readonly HistoryEvent[])[]): readonly string[] =>
    judged(judgingOf(), whole(groups.flat())).convictions.map(({ finding }) => finding)

  test('no memory at all explains other nodes and races', () => {
    expect(found(sequential, elsewhere, atOnce('node-1'))).toEqual(['replay/accepted-sequentially'])
  })

  test('no shared memory explains races across nodes, not at one', () => {
    expect(found(elsewhere, atOnce('node-2'))).toEqual(['replay/accepted-on-another-node'])
    expect(found(elsewhere, atOnce('node-1'))).toEqual([
      'replay/accepted-on-another-node',
      'replay/accepted-concurrently',
    ])
  })

  test('the scenario violates all the same, and the notes say why', () => {
    const judgement = judged(judgingOf(), whole([...elsewhere, ...atOnce('node-2')]))
    expect(verdictOf(judgement)).toBe('violates')
    expect(judgement.notes).toEqual([
      'replay/accepted-concurrently (1 times) follows from replay/accepted-on-another-node and is not told apart.',
    ])
  })
})

test('an acceptance that is wrong by itself convicts by its rule', () => {
  const truth = truthAt(1, { defect: { kind: 'audience', form: 'foreign' }, audience: 'https://x' })
  const event = asked({
    step: 's/r0/stream/0/c0',
    at: 1,
    answer: granted(),
    presented: [presented(truth)],
  })
  const judgement = judged(judgingOf({ streams: [streamOf({ copies: 1 })] }), whole([event]))
  expect(judgement.convictions).toMatchObject([{ finding: 'audience/foreign-accepted' }])
  expect(cellOf(judgement, 'far')).toEqual({ events: 1, trials: 1, owed: 1 })
})

test('figures are there to watch before any clock was read again', () => {
  const judge = openJudge(judgingOf(), 'rfc7523bis')
  for (const event of whole(RIGHT).slice(0, 7)) judge.see(event)
  expect(judge.soFar('s')).toMatchObject({ live: { judged: 4, falseAccepts: 0, undecided: 0 } })
})

test('a profile that the history does not know is refused by name', () => {
  expect(() => openJudge(judgingOf(), 'no-such')).toThrow('no-such')
})

/** What a right server does with a request, and what becomes of its reply. */
type Fate = 'answered' | 'lost-before' | 'lost-after' | 'busy'

describe('a right server under any losses', () => {
  const fates = fc.constantFrom<Fate>('answered', 'answered', 'lost-before', 'lost-after', 'busy')
  const groups = fc.array(fc.array(fates, { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 8,
  })
  const judging = judgingOf({ streams: [streamOf({ copies: 3 })], guards: [] })
  const served = (given: readonly (readonly Fate[])[]): readonly HistoryEvent[] =>
    given.flatMap((fatesOfOne, index) => {
      let used = false
      const answers = fatesOfOne.map((fate): Answer => {
        if (fate === 'lost-before') return LOST
        if (fate === 'busy') return BUSY
        const answer = used ? REFUSED : granted()
        used = true
        return fate === 'lost-after' ? LOST : answer
      })
      return copies(
        index,
        answers.map((answer, copy) => ({ at: 1 + index + copy / 10, answer })),
      )
    })

  test('is never convicted, and its rates hold no false accept', () => {
    fc.assert(
      fc.property(groups, (given) => {
        const judgement = judged(judging, whole(served(given)))
        expect(judgement.convictions).toEqual([])
        for (const cell of judgement.cells) {
          if (cell.metric === 'far' || cell.metric === 'frr') expect(cell.events).toBe(0)
          expect(cell.events).toBeLessThanOrEqual(cell.trials)
          expect(cell.trials).toBeLessThanOrEqual(cell.owed)
        }
      }),
    )
  })

  test('is judged the same in whatever order its answers come', () => {
    fc.assert(
      fc.property(groups, fc.infiniteStream(fc.nat()), (given, draws) => {
        const events = served(given)
        const shuffled = events
          .map((event) => ({ event, rank: draws.next().value ?? 0 }))
          .toSorted((a, b) => a.rank - b.rank)
          .map(({ event }) => event)
        expect(judged(judging, whole(shuffled))).toEqual(judged(judging, whole(events)))
      }),
      { numRuns: 50 },
    )
  })
})
