import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cell } from '../../../harness/model/counts.ts'
import type { Gate } from '../../../harness/model/scenario.ts'
import { decideGate } from '../../../harness/tally/gates.ts'
import { oneSided } from '../../../harness/tally/interval.ts'
import { aCell } from './cells.ts'
import { sampleOf, sumsOver, type Counted } from './samples.ts'

const GATE: Gate = { metric: 'far', attack: 'replay', phase: null, frame: 'world', below: 1e-3 }
const CLASSES = [null, 'replay', 'forged']

describe('a gate', () => {
  test('passes at 0 of 2,995 and is undecided one short of it', () => {
    expect(decideGate(GATE, [aCell({ trials: 2995 })], CLASSES)).toMatchObject({
      answer: 'passed',
      because: 'replay (steady): 0 of 2995, at most 0.099974 % at 95 %',
    })
    expect(decideGate(GATE, [aCell({ trials: 2994 })], CLASSES).answer).toBe('undecided')
  })
  test('fails when even the lower bound is not below the limit', () => {
    const { answer, because } = decideGate(GATE, [aCell({ events: 20, trials: 100 })], CLASSES)
    expect(answer).toBe('failed')
    expect(because).toBe('replay (steady): 20 of 100, at least 13.7 % at 95 %')
  })
  test('is undecided without a sample', () => {
    expect(decideGate(GATE, [], CLASSES)).toMatchObject({
      answer: 'undecided',
      because: 'replay: no sample',
    })
    expect(decideGate(GATE, [aCell({ trials: 0 })], CLASSES)).toMatchObject({
      answer: 'undecided',
      because: 'replay (steady): no sample',
    })
  })
  test('looks at its own metric, frame, class and phase only', () => {
    const others = [
      aCell({ metric: 'frr', events: 50 }),
      aCell({ frame: 'code', events: 50 }),
      aCell({ attack: 'forged', events: 50 }),
    ]
    expect(decideGate(GATE, [...others, aCell({ trials: 3000 })], CLASSES).answer).toBe('passed')
    const during: Gate = { ...GATE, phase: 'during' }
    const cells = [aCell({ phase: 'before', events: 50 }), aCell({ phase: 'during', trials: 3000 })]
    expect(decideGate(during, cells, CLASSES).answer).toBe('passed')
  })
})

describe('a gate without a class', () => {
  const each: Gate = { ...GATE, attack: null }
  test('on refusals asks for honest traffic, and nothing of attacks', () => {
    const refusals: Gate = { ...each, metric: 'frr', below: 0.05 }
    expect(decideGate(refusals, [], CLASSES)).toMatchObject({
      answer: 'undecided',
      because: 'honest traffic: no sample',
    })
    const honest = aCell({ metric: 'frr', attack: null, phase: null })
    expect(decideGate(refusals, [honest], CLASSES)).toMatchObject({
      answer: 'passed',
      because: 'honest traffic: 0 of 100, at most 2.95 % at 95 %',
    })
  })
  test('must not pass where there is no class at all', () => {
    expect(decideGate(each, [], [])).toMatchObject({ answer: 'undecided', because: 'no sample' })
  })
  test('fails when one class does, however good the others are', () => {
    const cells = [aCell({ trials: 100_000 }), aCell({ attack: 'forged', events: 30, trials: 100 })]
    expect(decideGate(each, cells, CLASSES)).toMatchObject({
      answer: 'failed',
      because: 'forged (steady): 30 of 100, at least 22.5 % at 95 %',
    })
  })
  test('is undecided while a class has no sample', () => {
    expect(decideGate(each, [aCell({ trials: 3000 })], CLASSES)).toMatchObject({
      answer: 'undecided',
      because: 'forged: no sample',
    })
  })
  test('asks nothing of honest traffic where false accepts are counted', () => {
    const cells = [aCell({ trials: 3000 }), aCell({ attack: 'forged', trials: 3000 })]
    expect(decideGate(each, cells, CLASSES).answer).toBe('passed')
  })
})

describe('coverage', () => {
  const frr: Gate = { metric: 'frr', attack: null, phase: null, frame: 'world', below: 0.5 }
  const honest = { metric: 'frr', attack: null, unit: 'presentation' } as const
  const honestOnly = [null]
  test('of 1,000 honest 40 accepted, 10 refused, 950 times 503 says nothing about refusals', () => {
    const cell = aCell({ ...honest, events: 10, trials: 50, owed: 1000, worst: 960 })
    expect(decideGate(frr, [cell], honestOnly).answer).toBe('undecided')
    // Even of a gate that the few who answered would break.
    expect(decideGate({ ...frr, below: 0.01 }, [cell], honestOnly).answer).toBe('undecided')
  })
  test('below 0.99 passes all the same when the worst case does', () => {
    const cell = aCell({ ...honest, events: 0, trials: 900, owed: 1000, worst: 100 })
    expect(decideGate(frr, [cell], honestOnly).answer).toBe('passed')
  })
  test('of 0.95 is too little for a gate that only those who answered would pass', () => {
    const cell = aCell({ ...honest, events: 0, trials: 950, owed: 1000, worst: 50 })
    expect(decideGate({ ...frr, below: 0.01 }, [cell], honestOnly)).toMatchObject({
      answer: 'undecided',
      because:
        'honest traffic (steady): 0 of 950, at most 0.315 % at 95 %; at worst 50 of 1000, at most 6.29 % at 95 %: only 950 answered determinately',
    })
  })
  test('must not pass when the worst case lies at the very limit', () => {
    const cell = aCell({ ...honest, events: 0, trials: 900, owed: 1000, worst: 100 })
    const { upper } = oneSided(100, 1000)
    const at = (below: number) => decideGate({ ...frr, below }, [cell], honestOnly)
    expect(at(upper).answer).toBe('undecided')
    expect(at(upper + 1e-9)).toMatchObject({
      answer: 'passed',
      because:
        'honest traffic (steady): 0 of 900, at most 0.332 % at 95 %; at worst 100 of 1000, at most 11.699 % at 95 %: only 900 answered determinately',
    })
  })
  test('counts presentations that stand alone one by one, in however few seconds they were sent', () => {
    const cell = aCell({ ...honest, trials: 900, owed: 1000, worst: 100, over: inSeconds(2, 450) })
    // 10 % of a thousand, and not of two seconds.
    expect(decideGate({ ...frr, below: 0.12 }, [cell], honestOnly).answer).toBe('passed')
  })
  test('adds nothing to what is known of units, nor of presentations that fail together', () => {
    // At worst 10 %: of 100 at most 16.4 %, of the 90 that answered at most 16.9 %.
    const races = aCell({ ...honest, unit: 'race', trials: 90, owed: 100, worst: 10 })
    const { upper } = oneSided(10, 100)
    expect(decideGate({ ...frr, below: upper + 1e-6 }, [races], honestOnly).answer).toBe(
      'undecided',
    )
    // At worst 35 %: of 310 at most 40 %, and of 30 seconds that agreed in themselves at most 52 %.
    const bursts = Array.from({ length: 30 }, (_, index): Counted => [index % 3 === 0 ? 10 : 0, 10])
    const together = { ...aCell({ ...honest, ...sampleOf('presentation', bursts) }), owed: 310 }
    const cell = { ...together, worst: 110 }
    expect(decideGate({ ...frr, below: 0.45 }, [cell], honestOnly).answer).toBe('undecided')
    expect(decideGate({ ...frr, below: 0.55 }, [cell], honestOnly).answer).toBe('passed')
  })
  test('of 0.99 is enough', () => {
    const cell = aCell({ ...honest, events: 300, trials: 990, owed: 1000, worst: 1000 })
    expect(decideGate(frr, [cell], honestOnly).answer).toBe('passed')
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
    expect(decideGate(gate, [cell], honestOnly).answer).toBe('passed')
  })
})

describe('over units', () => {
  const gate: Gate = { ...GATE, below: 0.05 }
  const windows = (units: readonly Counted[]) => aCell(sampleOf('window', units))
  test('59 windows without a false accept pass 5 %, and one window of ten thousand does not', () => {
    const each = (count: number, trials: number) =>
      windows(Array.from({ length: count }, (): Counted => [0, trials]))
    expect(decideGate(gate, [each(59, 7)], CLASSES).answer).toBe('passed')
    expect(decideGate(gate, [each(58, 7)], CLASSES).answer).toBe('undecided')
    expect(decideGate(gate, [each(1, 10_000)], CLASSES)).toMatchObject({
      answer: 'undecided',
      because: 'replay (steady): 0 of 10000 in 1 window, at most 95.0 % at 95 %',
    })
  })
  test('one bad window among good ones fails nobody, though most requests were in it', () => {
    const one = Array.from({ length: 30 }, (_, index): Counted =>
      index === 0 ? [60, 60] : [0, 60],
    )
    expect(decideGate(gate, [windows(one)], CLASSES).answer).toBe('undecided')
    const all = Array.from({ length: 30 }, (): Counted => [60, 60])
    expect(decideGate(gate, [windows(all)], CLASSES).answer).toBe('failed')
  })
  test('fails at its very bound, and not below it', () => {
    const { lower } = oneSided(20, 100)
    const at = (below: number) =>
      decideGate({ ...GATE, below }, [aCell({ events: 20 })], CLASSES).answer
    expect(at(lower)).toBe('failed')
    expect(at(lower + 1e-12)).toBe('undecided')
  })
  test('says in how many units the trials lay, but of presentations', () => {
    const said = (cell: Cell) => decideGate(gate, [cell], CLASSES).because
    expect(
      said(
        windows([
          [0, 50],
          [0, 50],
        ]),
      ),
    ).toBe('replay (steady): 0 of 100 in 2 windows, at most 77.6 % at 95 %')
    expect(said(aCell({ unit: 'presentation', over: inSeconds(2, 50) }))).toBe(
      'replay (steady): 0 of 100, at most 2.95 % at 95 %',
    )
  })
  test('must not pass at its very bound', () => {
    const { upper } = oneSided(0, 100)
    const at = { ...GATE, below: upper }
    expect(decideGate(at, [aCell()], CLASSES).answer).toBe('undecided')
    expect(decideGate({ ...at, below: upper + 1e-12 }, [aCell()], CLASSES).answer).toBe('passed')
  })
  test('what gave no clear answer adds to no certainty, however alike the windows were', () => {
    const alike = windows(Array.from({ length: 30 }, (): Counted => [2, 10]))
    const thin = { ...alike, owed: 310, worst: 70 }
    // At worst 22.6 %: of nearly 300 trials at most 27 %, and of 30 windows at most 39 %.
    expect(decideGate({ ...gate, below: 0.3 }, [thin], CLASSES).answer).toBe('undecided')
    expect(decideGate({ ...gate, below: 0.4 }, [thin], CLASSES).answer).toBe('passed')
    expect(decideGate({ ...gate, below: 0.3 }, [alike], CLASSES).answer).toBe('passed')
  })
  test('the worst case of what gave no clear answer counts units, too', () => {
    const cell = windows(Array.from({ length: 200 }, (): Counted => [0, 10]))
    const thin = { ...cell, owed: 2100, worst: 100 }
    // At worst 4.8 % of 200 windows: as many as ten, and up to 8 %.
    expect(decideGate(gate, [thin], CLASSES).answer).toBe('undecided')
    expect(decideGate({ ...gate, below: 0.09 }, [thin], CLASSES).answer).toBe('passed')
  })
})

describe('phases', () => {
  const gate: Gate = { ...GATE, below: 0.05 }
  test('each stand for themselves where the gate names none', () => {
    const cells = [aCell({ phase: 'before' }), aCell({ phase: 'during', events: 50 })]
    expect(decideGate(gate, cells, CLASSES)).toMatchObject({
      answer: 'failed',
      because: 'replay (during): 50 of 100, at least 41.4 % at 95 %',
    })
  })
  test('must not hold what met the coming of a fault, or one node, against anybody', () => {
    const cells = [
      aCell({ phase: 'before' }),
      aCell({ phase: 'transition', events: 50 }),
      aCell({ phase: 'before', node: 'node-2', events: 50 }),
    ]
    expect(decideGate(gate, cells, CLASSES).answer).toBe('passed')
  })
})

describe('in sequence', () => {
  const sequential = { good: 1e-4, alpha: 0.05, beta: 0.05 }
  const gate: Gate = { ...GATE, sequential }
  test('passes, fails and is undecided by Wald’s test, with the bound that holds whenever one looks', () => {
    expect(decideGate(gate, [aCell({ trials: 3270 })], CLASSES)).toEqual({
      gate,
      answer: 'passed',
      because:
        'replay (steady): 0 of 3270, in sequence; at most 0.233 % at 95 %, whenever one looks',
    })
    expect(decideGate(gate, [aCell({ trials: 3269 })], CLASSES).answer).toBe('undecided')
    expect(decideGate(gate, [aCell({ trials: 50, events: 3 })], CLASSES).answer).toBe('failed')
  })
  test('passes with an event among ten thousand, which weighs what it is', () => {
    // ln 10 for the event, and 9,999 times -0.0009004: far below ln(0.05/0.95).
    expect(decideGate(gate, [aCell({ trials: 10_000, events: 1 })], CLASSES).answer).toBe('passed')
  })
  test('weighs bursts by what they are worth', () => {
    const bursts = Array.from({ length: 330 }, (): Counted => [0, 10])
    expect(decideGate(gate, [aCell(sampleOf('window', bursts))], CLASSES).answer).toBe('undecided')
    expect(decideGate(gate, [aCell({ trials: 3300 })], CLASSES).answer).toBe('passed')
  })
})

/** Nothing was an event in so many seconds of as many presentations. */
function inSeconds(units: number, each: number): Cell['over'] {
  return sumsOver(Array.from({ length: units }, (): Counted => [0, each]))
}

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
          rank[decideGate({ ...GATE, below }, [aCell({ events: count, trials })], CLASSES).answer]
        expect(at(events)).toBeLessThanOrEqual(at(events + 1))
      },
    ),
  )
})
