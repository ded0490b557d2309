import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Gate } from '../../../harness/model/scenario.ts'
import { decideGate } from '../../../harness/tally/gates.ts'
import { aCell } from './cells.ts'

const GATE: Gate = { metric: 'far', attack: 'replay', phase: null, frame: 'world', below: 1e-3 }
const STREAMS = [{ attack: null }, { attack: 'replay' }, { attack: 'forged' }]

describe('a gate', () => {
  test('passes at 0 of 2,995 and is undecided one short of it', () => {
    expect(decideGate(GATE, [aCell({ trials: 2995 })], STREAMS).answer).toBe('passed')
    expect(decideGate(GATE, [aCell({ trials: 2994 })], STREAMS).answer).toBe('undecided')
  })
  test('fails when even the lower bound is not below the limit', () => {
    const { answer, because } = decideGate(GATE, [aCell({ events: 20, trials: 100 })], STREAMS)
    expect(answer).toBe('failed')
    expect(because).toBe('replay (steady): 20 of 100')
  })
  test('is undecided without a sample', () => {
    expect(decideGate(GATE, [], STREAMS)).toMatchObject({
      answer: 'undecided',
      because: 'replay: no sample',
    })
    expect(decideGate(GATE, [aCell({ trials: 0 })], STREAMS).answer).toBe('undecided')
  })
  test('looks at its own metric, frame, class and phase only', () => {
    const others = [
      aCell({ metric: 'frr', events: 50 }),
      aCell({ frame: 'code', events: 50 }),
      aCell({ attack: 'forged', events: 50 }),
    ]
    expect(decideGate(GATE, [...others, aCell({ trials: 3000 })], STREAMS).answer).toBe('passed')
    const during: Gate = { ...GATE, phase: 'during' }
    const cells = [aCell({ phase: 'before', events: 50 }), aCell({ phase: 'during', trials: 3000 })]
    expect(decideGate(during, cells, STREAMS).answer).toBe('passed')
  })
})

describe('a gate without a class', () => {
  const each: Gate = { ...GATE, attack: null }
  test('fails when one class does, however good the others are', () => {
    const cells = [aCell({ trials: 100_000 }), aCell({ attack: 'forged', events: 30, trials: 100 })]
    expect(decideGate(each, cells, STREAMS)).toMatchObject({
      answer: 'failed',
      because: 'forged (steady): 30 of 100',
    })
  })
  test('is undecided while a class has no sample', () => {
    expect(decideGate(each, [aCell({ trials: 3000 })], STREAMS)).toMatchObject({
      answer: 'undecided',
      because: 'forged: no sample',
    })
  })
  test('asks nothing of honest traffic where false accepts are counted', () => {
    const cells = [aCell({ trials: 3000 }), aCell({ attack: 'forged', trials: 3000 })]
    expect(decideGate(each, cells, STREAMS).answer).toBe('passed')
  })
})

describe('coverage', () => {
  const frr: Gate = { metric: 'frr', attack: null, phase: null, frame: 'world', below: 0.5 }
  const honest = { metric: 'frr', attack: null, unit: 'presentation' } as const
  const streams = [{ attack: null }]
  test('of 1,000 honest 40 accepted, 10 refused, 950 times 503 says nothing about refusals', () => {
    const cell = aCell({ ...honest, events: 10, trials: 50, owed: 1000, worst: 960 })
    expect(decideGate(frr, [cell], streams).answer).toBe('undecided')
    // Even of a gate that the few who answered would break.
    expect(decideGate({ ...frr, below: 0.01 }, [cell], streams).answer).toBe('undecided')
  })
  test('below 0.99 passes all the same when the worst case does', () => {
    const cell = aCell({ ...honest, events: 0, trials: 900, owed: 1000, worst: 100 })
    expect(decideGate(frr, [cell], streams).answer).toBe('passed')
  })
  test('of 0.95 is too little for a gate that only those who answered would pass', () => {
    const cell = aCell({ ...honest, events: 0, trials: 950, owed: 1000, worst: 50 })
    expect(decideGate({ ...frr, below: 0.01 }, [cell], streams)).toMatchObject({
      answer: 'undecided',
      because:
        'honest traffic (steady): 0 of 950, at worst 50 of 1000: only 950 answered determinately',
    })
  })
  test('of 0.99 is enough', () => {
    const cell = aCell({ ...honest, events: 300, trials: 990, owed: 1000, worst: 1000 })
    expect(decideGate(frr, [cell], streams).answer).toBe('passed')
  })
  test('does not matter to unavailability, which counts what was not answered', () => {
    const gate: Gate = { ...frr, metric: 'unavailability' }
    const cell = aCell({
      ...honest,
      metric: 'unavailability',
      events: 1,
      trials: 100,
      owed: 1000,
      worst: 901,
    })
    expect(decideGate(gate, [cell], streams).answer).toBe('passed')
  })
})

test('never passes with more events than it would fail with', () => {
  const rank = { passed: 0, undecided: 1, failed: 2 }
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.nat(),
      fc.double({ min: 0.001, max: 0.5, noNaN: true }),
      (trials, raw, below) => {
        const events = raw % trials
        const at = (count: number): number =>
          rank[decideGate({ ...GATE, below }, [aCell({ events: count, trials })], STREAMS).answer]
        expect(at(events)).toBeLessThanOrEqual(at(events + 1))
      },
    ),
  )
})
