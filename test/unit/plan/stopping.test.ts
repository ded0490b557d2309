import { describe, expect, test } from 'vitest'
import { plain } from '../../../harness/json.ts'
import type { Scenario } from '../../../harness/model/scenario.ts'
import { planScenario } from '../../../harness/plan/scenarios/scenario.ts'
import { failedInSequence } from '../../../harness/plan/scenarios/stopping.ts'
import { seeded } from '../../../harness/random.ts'
import replayRace from '../../../scenarios/replay-race.ts'
import { rfc7523bis } from '../../../suites/profiles/rfc7523bis.ts'
import { aCell } from '../tally/cells.ts'
import { FACTS } from './facts.ts'

const sequential = { good: 1e-4, alpha: 0.05, beta: 0.05 }
const gate = { metric: 'far', attack: 'replay', phase: null, frame: 'world', below: 1e-3 } as const
const GATED: Scenario = { ...replayRace, gates: [{ ...gate, sequential }] }
const CONTEXT = { policy: rfc7523bis.policy, facts: FACTS, random: seeded('7') }

function cells(change: Parameters<typeof aCell>[0]) {
  return plain({ live: {}, cells: [aCell(change)] })
}

describe('a scenario in sequence', () => {
  const experiment = planScenario(GATED, CONTEXT, [0, 1, 2])
  test('stops asking once its test has failed, and says after how many repetitions', () => {
    expect(experiment.next(0, cells({ trials: 20, events: 2 }))).toEqual({
      conclude: { stoppedAfter: 1, of: 3, gate: { ...gate, sequential } },
    })
  })
  test('goes on while nothing is decided, or nothing is known', () => {
    for (const judged of [cells({ trials: 20, events: 0 }), { live: {} }, null, { cells: [7] }]) {
      expect(experiment.next(0, judged)).toMatchObject({ part: { number: 2, of: 3 } })
    }
  })
  test('must not stop because of another scenario, or for a gate that waits for its planned units', () => {
    const bad = { trials: 20, events: 20 }
    expect(failedInSequence(GATED, cells({ ...bad, scenario: 'other' }))).toBeNull()
    expect(failedInSequence({ ...GATED, gates: [gate] }, cells(bad))).toBeNull()
    expect(failedInSequence(GATED, cells(bad))).not.toBeNull()
  })
  test('must not go by what is no cell: one without its sums, its counts or its names is none', () => {
    const failing = aCell({ trials: 20, events: 20 })
    const judged = (...of: readonly unknown[]) => failedInSequence(GATED, plain({ cells: of }))
    expect(judged(failing)).not.toBeNull()
    for (const name of ['over', 'events', 'trials', 'owed', 'worst', 'unit', 'scenario'] as const) {
      const { [name]: _, ...broken } = failing
      expect([name, judged(broken)]).toEqual([name, null])
      expect([name, judged({ ...failing, [name]: null })]).toEqual([name, null])
    }
    expect(judged(null, 7, failing)).not.toBeNull()
  })
  test('asked all there is concludes as any other', () => {
    expect(experiment.next(2, cells({ trials: 60, events: 60 }))).toEqual({ conclude: null })
  })
})
