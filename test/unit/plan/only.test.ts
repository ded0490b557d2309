import { expect, test } from 'vitest'
import type { Step } from '../../../harness/model/plan.ts'
import type { Scenario } from '../../../harness/model/scenario.ts'
import { planChecks } from '../../../harness/plan/checks/checks.ts'
import { onlyCase } from '../../../harness/plan/only.ts'
import { planScenario } from '../../../harness/plan/scenarios/scenario.ts'
import { seeded } from '../../../harness/random.ts'
import baseline from '../../../scenarios/baseline.ts'
import eviction from '../../../scenarios/eviction.ts'
import partitionedCache from '../../../scenarios/partitioned-cache.ts'
import replayRace from '../../../scenarios/replay-race.ts'
import replaySequential from '../../../scenarios/replay-sequential.ts'
import { section417 } from '../../../suites/rfc7519/s4-1-7-jwt-id.ts'
import { rfc7523bis } from '../../../suites/profiles/rfc7523bis.ts'
import { FACTS } from './facts.ts'

function planOf(scenario: Scenario) {
  return planScenario(scenario, { policy: rfc7523bis.policy, facts: FACTS, random: seeded('7') })
}

function asked(scenario: Scenario, caseId?: string): readonly Step[] {
  const whole = planOf(scenario)
  const next = (caseId === undefined ? whole : onlyCase(whole, caseId)).start()
  return 'ask' in next ? [...next.ask] : []
}

test('asks the steps of one case alone, as far apart as before, from the start of the round', () => {
  const [caseId] = [...new Set(asked(baseline).map((step) => step.caseId))].slice(5)
  const own = asked(baseline).filter((step) => step.caseId === caseId)
  const again = asked(baseline, caseId)
  expect(again.map(({ name, parts }) => [name, parts])).toEqual(
    own.map(({ name, parts }) => [name, parts]),
  )
  expect(again[0]?.due).toEqual({ atUs: 0 })
})

test('keeps copies in a race together', () => {
  const { caseId = '' } = asked(replayRace)[30] ?? {}
  const own = asked(replayRace).filter((step) => step.caseId === caseId)
  const again = asked(replayRace, caseId)
  expect(again.map(({ race }) => race)).toEqual(own.map(({ race }) => race))
  expect(again.every(({ due }) => 'atUs' in due && due.atUs === 0)).toBe(true)
})

test('lets a second copy still wait for the answer to the first', () => {
  const { caseId = '' } = asked(replaySequential)[12] ?? {}
  const [first, trial, second, last, ...others] = asked(replaySequential, caseId)
  expect(others).toEqual([])
  expect(first?.due).toEqual({ atUs: 0 })
  // Its token is tried before that, and the second one's at the end.
  expect(trial?.due).toEqual({ after: first?.name, plusUs: 0 })
  expect(second?.due).toEqual({ after: trial?.name, plusUs: 0 })
  expect(last?.due).toMatchObject({ after: second?.name })
})

test('leaves out the controls that only keep the steps of a case apart', () => {
  const { experiment } = planChecks(section417, [rfc7523bis], FACTS, seeded('7'))
  const first = experiment.start()
  const steps = 'ask' in first ? [...first.ask] : []
  const rest = steps.find(
    ({ caseId, due }, index) =>
      caseId.includes('/between-') &&
      'after' in due &&
      steps[index - 1]?.caseId === steps[index + 1]?.caseId,
  )
  const { caseId = '' } = steps[steps.findIndex((each) => each === rest) + 1] ?? {}
  const own = steps.filter((step) => step.caseId === caseId)
  expect(own.length).toBeGreaterThan(1)
  const next = onlyCase(experiment, caseId).start()
  const again = 'ask' in next ? [...next.ask] : []
  expect(again.map(({ name }) => name)).toEqual(own.map(({ name }) => name))
  expect(again[1]?.due).toEqual({ after: own[0]?.name, plusUs: 0 })
})

test.each([
  ['others come in between', eviction],
  ['something is broken meanwhile', partitionedCache],
])('asks the whole round where %s', (_, scenario) => {
  const { caseId } = asked(scenario)[0] ?? {}
  expect(asked(scenario, caseId)).toEqual(asked(scenario))
})

test('asks nothing where there is no such case, and nothing more once it was asked', () => {
  const next = onlyCase(planOf(replayRace), 'replay-race/none/0')
  expect(next.start()).toEqual({ conclude: null })
  expect(next.next(0, null)).toEqual({ conclude: null })
})
