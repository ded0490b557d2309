import { expect, test } from 'vitest'
import type { Experiment } from '../../harness/model/experiment.ts'
import type { HistoryEvent } from '../../harness/model/history.ts'
import type { Round } from '../../harness/model/plan.ts'
import { openJudge } from '../../harness/oracle/judge.ts'
import { planScenario } from '../../harness/plan/scenario.ts'
import { seeded } from '../../harness/random.ts'
import { run } from '../../harness/run.ts'
import replayRace from '../../scenarios/replay-race.ts'
import { rfc7523bis } from '../../suites/profiles/rfc7523bis.ts'
import { judgingWith } from './oracle/histories.ts'
import { FACTS } from './plan/facts.ts'

/** Runs experiments against nobody, and tells which rounds were driven and written. */
async function driven(experiments: readonly Experiment[]) {
  const rounds: Round[] = []
  const events: HistoryEvent[] = []
  await run({
    experiments,
    judges: [openJudge(judgingWith(), 'rfc7523bis')],
    async *drive(round) {
      rounds.push(round)
      yield* []
    },
    write: async (event) => void events.push(event),
    digest: (steps) => String(steps.length),
    signal: new AbortController().signal,
  })
  return { rounds, events }
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
  expect(cases.at(-1)).toBe('replay-race/one-node/59')
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
  expect(seventh[0]?.caseId).toBe('replay-race/one-node/140')
  expect(seventh[0]?.due).toEqual(first[0]?.due)
  expect(seventh[20]?.due).toEqual({ after: seventh[19]?.name, plusUs: 0 })
  const claims = (steps: typeof first) => JSON.stringify(steps[0]?.parts)
  expect(claims(seventh)).not.toBe(claims(first))
  // Whichever shard asks it.
  expect(JSON.stringify(stepsOf([7]))).toBe(JSON.stringify(seventh))
})
