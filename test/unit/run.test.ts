import { describe, expect, test } from 'vitest'
import type { Experiment } from '../../harness/model/experiment.ts'
import type { HistoryEvent } from '../../harness/model/history.ts'
import type { Round } from '../../harness/model/plan.ts'
import { openJudge } from '../../harness/oracle/judge.ts'
import { planScenario } from '../../harness/plan/scenarios/scenario.ts'
import { seeded } from '../../harness/random.ts'
import { run } from '../../harness/run.ts'
import replayRace from '../../scenarios/replay-race.ts'
import { rfc7523bis } from '../../suites/profiles/rfc7523bis.ts'
import { judgingWith } from './oracle/histories.ts'
import { FACTS } from './plan/facts.ts'

/** Runs experiments against nobody, and tells which rounds were driven and written. */
async function driven(experiments: readonly Experiment[], canary?: Experiment) {
  const rounds: Round[] = []
  const events: HistoryEvent[] = []
  const fell: string[] = []
  const halt = new AbortController()
  await run({
    experiments,
    judges: [openJudge(judgingWith(), 'rfc7523bis')],
    async *drive(round) {
      rounds.push(round)
      yield* []
    },
    write: async (some) => void events.push(...some),
    digest: (steps) => String(steps.length),
    signal: halt.signal,
    ...(canary === undefined ? {} : { canary: { experiment: canary, fell: falling } }),
  })
  return { rounds, events, fell }

  function falling(why: string, before: string): void {
    fell.push(`${why} before ${before}`)
    halt.abort()
  }
}

const CONTEXT = { policy: rfc7523bis.policy, facts: FACTS, random: seeded('7') }

test('repetitions of a scenario are parts of one round, for no answer had a say in them', async () => {
  const { rounds, events } = await driven([planScenario(replayRace, CONTEXT, [0, 1, 2])])
  expect(rounds.map(({ round, part }) => [round, part])).toEqual([
    [0, { number: 1, of: 3 }],
    [0, { number: 2, of: 3 }],
    [0, { number: 3, of: 3 }],
  ])
  const cases = rounds.flatMap(({ steps }) => [...steps].map(({ caseId }) => caseId))
  expect(new Set(cases).size).toBe(60)
  expect(cases.at(-1)).toBe('replay-race/one-node/2-19')
  expect(events.map(({ kind }) => kind)).toEqual(['round', 'round', 'round', 'concluded'])
})

test('what answers led to is a round of its own', async () => {
  const asking: Experiment = {
    name: 'asking',
    question: '?',
    start: () => ({ ask: [], faults: [], state: 0 }),
    next: (state) =>
      state === 2 ? { conclude: null } : { ask: [], faults: [], state: Number(state) + 1 },
  }
  const { rounds } = await driven([asking])
  expect(rounds.map(({ round }) => round)).toEqual([0, 1, 2])
})

test('a repetition asks what the first one did, of other assertions and at the same times', () => {
  const stepsOf = (repetitions: readonly number[]) => {
    const next = planScenario(replayRace, CONTEXT, repetitions).start()
    return 'ask' in next ? [...next.ask] : []
  }
  const [first, seventh] = [stepsOf([0]), stepsOf([7])]
  expect(seventh).toHaveLength(first.length)
  expect(seventh[0]?.caseId).toBe('replay-race/one-node/7-0')
  expect(seventh[0]?.due).toEqual(first[0]?.due)
  expect(seventh[20]?.due).toEqual({ after: seventh[19]?.name, plusUs: 0 })
  const claims = (steps: typeof first) => JSON.stringify(steps[0]?.parts)
  expect(claims(seventh)).not.toBe(claims(first))
  // Whichever shard asks it.
  expect(JSON.stringify(stepsOf([7]))).toBe(JSON.stringify(seventh))
})

describe('a canary', () => {
  /** Falls at the round of this number. */
  const canary = (falls: number): Experiment => ({
    name: 'canary',
    question: '?',
    start: () => ({ ask: [], faults: [], state: 0 }),
    next: (state) =>
      state === falls
        ? { conclude: 'nobody sings' }
        : { ask: [], faults: [], state: Number(state) + 1 },
  })
  const twice = (name: string): Experiment => ({
    name,
    question: '?',
    start: () => ({ ask: [], faults: [], state: 0 }),
    next: (state) => (state === 1 ? { conclude: null } : { ask: [], faults: [], state: 1 }),
  })
  const LIVES = 99

  test('goes ahead of each round of the others, and of none of its parts', async () => {
    const parts = planScenario(replayRace, CONTEXT, [0, 1, 2])
    const { rounds, events } = await driven([twice('one'), parts], canary(LIVES))
    expect(rounds.map(({ scenario, round }) => `${scenario} ${round}`)).toEqual([
      'canary 0',
      'one 0',
      'canary 1',
      'one 1',
      'canary 2',
      'replay-race 0',
      'replay-race 0',
      'replay-race 0',
    ])
    expect(events.at(-1)).toEqual({ kind: 'concluded', scenario: 'canary', result: null })
  })

  test('that fell ends the run: nothing is asked after it, and nothing concluded but itself', async () => {
    const { rounds, events, fell } = await driven([twice('one'), twice('two')], canary(2))
    expect(rounds.map(({ scenario }) => scenario)).toEqual([
      'canary',
      'one',
      'canary',
      'one',
      'canary',
    ])
    expect(fell).toEqual(['nobody sings before two'])
    expect(events.filter(({ kind }) => kind === 'concluded')).toEqual([
      { kind: 'concluded', scenario: 'one', result: null },
      { kind: 'concluded', scenario: 'canary', result: 'nobody sings' },
    ])
  })
})
