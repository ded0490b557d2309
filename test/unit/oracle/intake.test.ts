/** What is known of an answer at once: which account it is in, what is watched, and who stands between or asks nobody. */
import { describe, expect, test } from 'vitest'
import { ISSUED } from '../../../harness/drive/filled.ts'
import type { Observation, Presentation } from '../../../harness/model/history.ts'
import { openBench, type Bench } from '../../../harness/oracle/bench.ts'
import { takeIn } from '../../../harness/oracle/intake.ts'
import type { Draft } from '../../../harness/oracle/sighting.ts'
import type { Path } from '../../../harness/oracle/replay/group.ts'
import {
  asked,
  granted,
  LOST,
  presented,
  REFUSED,
  reply,
  SECOND_US,
  START_US,
  streamOf,
  targetWith,
  truthAt,
  type Asked,
} from './histories.ts'
import { BEFORE, CASE, judgingOf as checksOf, row, stimulus } from './one-check.ts'
import { judgingOf } from './small-scenario.ts'

const PROFILE = 'rfc7523bis'

interface TakenIn {
  readonly bench: Bench
  readonly held: readonly Draft[]
  readonly untils: readonly number[]
}

function takenIn(events: readonly Observation[], bench: Bench): TakenIn {
  const held: Draft[] = []
  const untils: number[] = []
  for (const event of events) {
    takeIn(event, bench, (sighting, untilUs) => {
      held.push(sighting)
      untils.push(untilUs)
    })
  }
  return { bench, held, untils }
}

function streaming(stream: Parameters<typeof streamOf>[0] = {}, path: Path = 'direct'): Bench {
  const target = targetWith({ path })
  return openBench(judgingOf({ streams: [streamOf(stream)] }, { target }), PROFILE)
}

/** A request of the stream, at 2 s. */
function sent(more: Partial<Asked> = {}): Observation {
  return asked({ step: 's/r0/stream/0/c0', at: 2, answer: granted(), ...more })
}

const at = (seconds: number) => START_US + seconds * SECOND_US

describe('clocks must be known', () => {
  test('up to its answer, or to when it was sent or should have been', () => {
    const until = (more: Partial<Asked>) => takenIn([sent(more)], streaming()).untils
    expect(until({})).toEqual([at(2.01)])
    expect(until({ answer: LOST })).toEqual([at(2)])
    expect(until({ answer: LOST, begunUs: null, dueUs: at(1.5) })).toEqual([at(1.5)])
  })
})

describe('somebody stands between', () => {
  const path = (answer: Observation['answer'], given?: Path) =>
    takenIn([sent({ answer })], streaming({}, given)).bench.way.path

  test('where an answer says so', () => {
    const via = { ...granted(), headers: { via: '1.1 mesh' } }
    expect(path(via)).toBe('unknown')
    expect(path(granted())).toBe('direct')
    expect(path(granted(), 'unknown')).toBe('unknown')
  })
})

describe('the account of a key', () => {
  const accounts = (events: readonly Observation[], bench = streaming()) =>
    takenIn(events, bench).held.map(({ account }) => (account === null ? 'none' : account.key))
  const keyed = (key: string | null, more: Partial<Presentation> = {}) =>
    sent({ presented: [presented(truthAt(2, { jti: key }), more)] })

  test('is none of what nothing remembers', () => {
    expect(accounts([keyed(null), keyed(null, { last: false })])).toEqual(['none', 'none'])
  })

  test('waits for as many copies as its stream has, and of a check until the end', () => {
    expect(accounts([keyed('once')], streaming({ copies: 1 }))).toEqual(['none'])
    expect(accounts([keyed('twice', { last: false }), keyed('twice')])).toEqual(['twice', 'twice'])
    const { held } = takenIn([keyed('twice', { last: false }), keyed('twice')], streaming())
    expect(held.map(({ account }) => account?.complete)).toEqual([true, true])
    const ofCheck = openBench(checksOf(), PROFILE)
    const { held: asCheck } = takenIn([stimulus(REFUSED)], ofCheck)
    expect(asCheck.map(({ account }) => account?.complete)).toEqual([false])
  })

  test('waits, where tokens are tried, for the token of each copy as well', () => {
    const tries = streaming({ tries: true, copies: 1 })
    expect(takenIn([keyed('tried')], tries).held[0]?.account?.complete).toBe(false)
  })
})

describe('the trial of a token', () => {
  const token: Presentation = {
    part: 'token',
    usage: 'bearer-token',
    key: 'jti-0',
    last: true,
    truth: ISSUED,
    tried: 's/r0/stream/0/c0',
  }
  const client = presented(truthAt(3, { jti: 'own' }))
  const trial = sent({
    step: 's/r0/stream/0/c0/token',
    caseId: 's/stream/0',
    at: 3,
    endpoint: 'introspection',
    presented: [client, token],
    answer: reply(200, { active: true }),
  })

  test('is no request of its stream: it is watched by nobody, and who asks is asked once', () => {
    const { bench, held } = takenIn([trial], streaming({ tries: true }))
    expect(held.map(({ place }) => place)).toEqual([null, null])
    expect(held.map(({ account }) => account?.key ?? null)).toEqual([null, 'jti-0'])
    expect(bench.live.of('s')).toMatchObject({ judged: 0 })
  })
})

describe('what is watched', () => {
  const live = (events: readonly Observation[], bench: Bench, scenario = 's') =>
    takenIn(events, bench).bench.live.of(scenario)

  test('of a stream is what it is about, and nothing that goes along with it', () => {
    const grant = presented(truthAt(2), { part: 'assertion', usage: 'authorization-grant' })
    const both = sent({ presented: [presented(truthAt(2)), grant] })
    expect(live([both], streaming())).toMatchObject({ judged: 1 })
  })

  test('of what belongs to no stream of its scenario is all that came', () => {
    const stray = sent({ step: 's/r0/other/0/c0' })
    expect(live([stray], streaming())).toMatchObject({ judged: 1 })
  })
})

describe('an endpoint that grants something to whoever shows nothing', () => {
  const nothing = (more: Partial<Asked> = {}) =>
    asked({
      step: 'checks/r0/control/v-1/bare',
      caseId: 'control/v-1/bare',
      at: 1,
      answer: reply(200),
      presented: [],
      ...more,
    })
  const expects = [row('reject')]
  const after = (control: Observation, answer = granted()) => {
    const { bench, held } = takenIn(
      [control, stimulus(answer)],
      openBench(checksOf({ expects }), PROFILE),
    )
    return { outcome: held[0]?.outcome, live: bench.live.of('checks') }
  }

  test('is believed in nothing that it accepts from then on, and in what it refuses', () => {
    expect(after(nothing())).toMatchObject({
      outcome: 'elsewhere',
      live: { judged: 1, undecided: 1, falseAccepts: 0 },
    })
    expect(after(nothing(), REFUSED)).toMatchObject({ outcome: 'rejected' })
  })

  test.each([
    ['was refused', { answer: REFUSED }],
    ['was sent elsewhere', { answer: reply(300) }],
    ['was told to go on', { answer: reply(100) }],
    ['got no answer', { answer: LOST }],
    ['is another one', { endpoint: 'resource' }],
  ] as const)('must not be doubted where who showed nothing %s', (_, more) => {
    expect(after(nothing(more))).toMatchObject({
      outcome: 'accepted',
      live: { falseAccepts: 1 },
    })
  })

  test('must not be told by a request of a scenario that has the name of controls', () => {
    const judging = checksOf({ expects })
    const [scenario] = judgingOf({ name: 'control' }).scenarios
    const scenarios = scenario === undefined ? [] : [scenario]
    const own = nothing({
      scenario: 'control',
      step: 'control/r0/stream/0/c0',
      caseId: 'control/stream/0',
    })
    const { held } = takenIn(
      [own, stimulus(granted())],
      openBench({ ...judging, scenarios }, PROFILE),
    )
    expect(held[0]?.outcome).toBe('accepted')
  })
})

test('a control is told to its block at once', () => {
  const { bench } = takenIn([BEFORE], openBench(checksOf(), PROFILE))
  expect(bench.checks.blocks.of('ca-1').before?.observation.caseId).toBe('control/ca-1/before')
  expect(bench.checks.checkOf(CASE)).toBe('doc/1/check')
})
