import { describe, expect, test } from 'vitest'
import type { Step } from '../../../harness/model/plan.ts'
import type { Scenario } from '../../../harness/model/scenario.ts'
import { lacks, planScenario } from '../../../harness/plan/scenarios/scenario.ts'
import { seeded } from '../../../harness/random.ts'
import partitionedCache from '../../../scenarios/partitioned-cache.ts'
import replayRace from '../../../scenarios/replay-race.ts'
import replaySequential from '../../../scenarios/replay-sequential.ts'
import { rfc7523bis } from '../../../suites/profiles/rfc7523bis.ts'
import { FACTS, offering } from './facts.ts'

const CONTEXT = { policy: rfc7523bis.policy, facts: FACTS, random: seeded('7') }

function stepsOf(scenario: Scenario): readonly Step[] {
  const next = planScenario(scenario, CONTEXT).start()
  return 'ask' in next ? [...next.ask] : []
}

describe('a sequential replay', () => {
  test('sends the same bytes again after the answer, to the same node, and only the second is the last', () => {
    // Between the two the token of the first is tried.
    const [first, trial, second] = stepsOf(replaySequential)
    expect(first?.parts['client_assertion']).toMatchObject({ kind: 'minted', last: false })
    expect(second?.parts['client_assertion']).toEqual({
      kind: 'again',
      step: first?.name,
      part: 'client_assertion',
      altered: null,
      last: true,
    })
    expect(trial?.due).toEqual({ after: first?.name, plusUs: 0 })
    expect(second?.due).toEqual({ after: trial?.name, plusUs: 0 })
    expect(second?.node).toBe(first?.node)
  })

  test('visits the nodes in turn', () => {
    const nodes = stepsOf(replaySequential)
      .filter(({ name }) => name.endsWith('/c0'))
      .map(({ node }) => node)
    expect(nodes.slice(0, 4)).toEqual(['node-1', 'node-2', 'node-3', 'node-1'])
  })
})

describe('a race', () => {
  test('is twenty copies of one assertion, due at once, and the next race waits for the last', () => {
    const steps = stepsOf(replayRace)
    const [one, two] = [steps.slice(0, 20), steps.slice(20, 40)]
    expect(new Set(one.map(({ race }) => race)).size).toBe(1)
    expect(new Set(one.map(({ due }) => JSON.stringify(due)))).toEqual(new Set(['{"atUs":0}']))
    expect(two[0]?.due).toEqual({ after: one[19]?.name, plusUs: 0 })
    expect(one.filter(({ parts }) => parts['client_assertion']?.kind === 'minted')).toHaveLength(1)
  })
})

describe('a partition', () => {
  test('has over sixty replays whose halves lie on either side of the cut', () => {
    const halves = stepsOf(partitionedCache).filter(({ name }) => name.includes('/across/'))
    expect(halves).toHaveLength(132)
    expect(
      halves
        .filter(({ node }) => node === 'node-2')
        .every(({ due }) => 'after' in due && due.plusUs === 2.725e6),
    ).toBe(true)
  })

  test('is unsupported without the control, the nodes or the usage it needs, and says which', () => {
    const stuck = { ...offering('link'), lacks: () => 'that edge cannot be cut' }
    expect(lacks(partitionedCache, FACTS, stuck)).toBe('that edge cannot be cut')
    const absent = { ...offering('link'), missing: 'needs a program: apt install it' }
    expect(lacks(partitionedCache, FACTS, absent)).toBe('needs a program: apt install it')
    expect(lacks(partitionedCache, FACTS, offering('link'))).toBeNull()
    expect(lacks(partitionedCache, FACTS, offering())).toContain('control link')
    expect(lacks(partitionedCache, { ...FACTS, nodes: ['one'] }, offering('link'))).toContain(
      '2 nodes',
    )
    expect(
      lacks(partitionedCache, { ...FACTS, usages: ['bearer-token'] }, offering('link')),
    ).toContain('client-authentication')
  })
})

test('a scenario plans the same bytes twice, and asks nothing after its one round', () => {
  expect(JSON.stringify(stepsOf(partitionedCache))).toBe(JSON.stringify(stepsOf(partitionedCache)))
  const experiment = planScenario(replayRace, CONTEXT)
  expect(experiment.next(0, null)).toEqual({ conclude: null })
})
