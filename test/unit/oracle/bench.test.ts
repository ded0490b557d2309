/** What a judge is opened with: whom it holds to single use, what it is told as it goes on, and what a fault makes forget. */
import { describe, expect, test } from 'vitest'
import type { JudgedScenario } from '../../../harness/model/judging.ts'
import type { Gate } from '../../../harness/model/scenario.ts'
import { openBench } from '../../../harness/oracle/bench.ts'
import { openJudge } from '../../../harness/oracle/judge.ts'
import {
  asked,
  copies,
  fault,
  granted,
  judged,
  judgingWith,
  presented,
  streamOf,
  targetWith,
  truthAt,
  whole,
} from './histories.ts'
import { CASE, judgingOf as checksOf, row } from './one-check.ts'
import { judgingOf } from './small-scenario.ts'

const PROFILE = 'rfc7523bis'

test('a profile that the history does not know is refused by name, with those that it does', () => {
  const judging = { ...judgingWith(), policies: {} }
  expect(() => openBench(judging, 'no-such')).toThrow(
    expect.objectContaining({
      code: 'ERR_UNKNOWN_NAME',
      message: 'the history knows no profile "no-such"',
    }),
  )
  const [one, other] = Object.values(judgingWith().policies)
  if (one === undefined || other === undefined) throw new RangeError('there are many')
  const two = { ...judgingWith(), policies: { one, other } }
  expect(() => openBench(two, 'no-such')).toThrow(
    expect.objectContaining({ hint: 'It knows one, other.' }),
  )
})

test('what is promised is held to of every usage but those that documents let a client reuse', () => {
  const every = {
    'client-authentication': true,
    'authorization-grant': true,
    'bearer-token': true,
    'dpop-proof': true,
  }
  const none = Object.fromEntries(Object.keys(every).map((usage) => [usage, false]))
  const held = (of: string, target = targetWith({ replay: 'single-use' })) =>
    openBench(judgingWith({ asked: [of], target }), of).singleUse
  expect(held(PROFILE)).toEqual(every)
  expect(held('id-jag')).toEqual({ ...every, 'authorization-grant': false })
  expect(held(PROFILE, targetWith())).toEqual(none)
  expect(held('fapi2', targetWith())).toEqual({ ...none, 'client-authentication': true })
})

describe('a scenario is told its cells as it goes on', () => {
  const PLAIN: Gate = { metric: 'far', attack: null, phase: null, frame: 'world', below: 1e-3 }
  const SEQUENTIAL: Gate = { ...PLAIN, sequential: { good: 1e-4, alpha: 0.05, beta: 0.05 } }
  const steered = (more: Partial<JudgedScenario>) => openBench(judgingOf(more), PROFILE).steered

  test('where one of its gates is sequential, or its rate is raised by what they say', () => {
    expect([...steered({ gates: [PLAIN, SEQUENTIAL] })]).toEqual(['s'])
    expect([
      ...steered({ climb: { by: 2 } as unknown as JudgedScenario['climb'] & object }),
    ]).toEqual(['s'])
    expect([...steered({ gates: [PLAIN] })]).toEqual([])
  })

  test('and no other scenario’s', () => {
    const [one] = judgingOf({ gates: [SEQUENTIAL] }).scenarios
    const [other] = judgingOf({ name: 't', gates: [SEQUENTIAL] }).scenarios
    if (one === undefined || other === undefined) throw new RangeError('there is one of each')
    const judge = openJudge(judgingWith({ scenarios: [one, other] }), PROFILE)
    const twice = copies(0, [
      { at: 1, answer: granted() },
      { at: 2, answer: granted() },
    ])
    const elsewhere = twice.map((each) => ({
      ...each,
      scenario: 't',
      caseId: 't/stream/0',
      step: each.step.replace('s/', 't/'),
      presented: each.presented.map((of) => ({ ...of, key: 'another' })),
    }))
    for (const event of whole([...twice, ...elsewhere])) judge.see(event)
    for (const name of ['s', 't']) {
      const { cells } = judge.soFar(name) as { cells: { scenario: string; metric: string }[] }
      expect(new Set(cells.map(({ scenario }) => scenario))).toEqual(new Set([name]))
      expect(cells.map(({ metric }) => metric)).toContain('far')
    }
  })
})

test('a fault that the target says it remembers across makes nothing forgotten', () => {
  const [first, second] = copies(0, [
    { at: 1, answer: granted() },
    { at: 3, answer: granted() },
  ])
  if (first === undefined || second === undefined) throw new RangeError('there are two')
  const [began, ended] = [
    fault('inflicting', 1.5, { forgets: 'node' }),
    fault('mended', 2.5, { forgets: 'node' }),
  ]
  const found = (survives: readonly string[]) => {
    const target = targetWith({ replay: 'single-use', survives })
    const events = whole([first, began, ended, second])
    return judged(judgingOf({}, { target }), events).convictions.map(({ finding }) => finding)
  }
  expect(found([])).toEqual([])
  expect(found(['store.flush'])).toEqual([])
  expect(found(['link.cut'])).toEqual(['replay/accepted-sequentially'])
})

describe('of more of one finding than are put into words', () => {
  const COUNT = 102
  const forged = (step: string, index: number) =>
    asked({
      step,
      at: 1 + index / 100,
      answer: granted(),
      presented: [
        presented(truthAt(1, { jti: `j${index}`, authentic: false, defect: { kind: 'bit' } })),
      ],
    })
  const all = (stepOf: (index: number) => string) =>
    Array.from({ length: COUNT }, (_, index) => forged(stepOf(index), index))

  test('a scenario tells the first hundred and counts the others', () => {
    const judging = judgingOf({ streams: [streamOf({ copies: 1, attack: 'forged' })] })
    const judgement = judged(judging, whole(all((index) => `s/r0/stream/${index}/c0`)))
    expect(judgement.convictions).toHaveLength(100)
    expect(judgement.times).toEqual({ 'signature/invalid-accepted': COUNT })
  })

  test('checks and drawn scenarios tell of each', () => {
    const judging = judgingOf({ streams: [streamOf({ copies: 1, attack: 'forged' })] })
    const scenarios = judging.scenarios.map((each) => ({ ...each, drawn: true as const }))
    const drawn = judged(
      { ...judging, scenarios },
      whole(all((index) => `s/r0/stream/${index}/c0`)),
    )
    expect(drawn.convictions).toHaveLength(COUNT)
    const expects = [row('either')]
    const events = Array.from({ length: 2 * COUNT }, (_, index) =>
      asked({
        step: `checks/r0/${CASE}/use-${index}`,
        caseId: CASE,
        at: 1 + index / 10,
        answer: granted(),
        presented: [presented(truthAt(1, { jti: `j${Math.floor(index / 2)}` }))],
      }),
    )
    expect(judged(checksOf({ expects }), whole(events)).convictions).toHaveLength(COUNT)
  })
})
