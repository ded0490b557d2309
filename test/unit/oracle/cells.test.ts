import { describe, expect, test } from 'vitest'
import type { Metric } from '../../../harness/model/counts.ts'
import type { Phase } from '../../../harness/model/scenario.ts'
import type { Count } from '../../../harness/oracle/counts/book.ts'
import { openCells, type Cells, type Conclusion } from '../../../harness/oracle/counts/cells.ts'
import { openPlaces, type Place } from '../../../harness/oracle/scenarios/places.ts'
import { openSlots } from '../../../harness/oracle/time/slots.ts'
import { streamOf } from './histories.ts'
import { judgingOf } from './small-scenario.ts'

const NODES = ['node-1', 'node-2']
const SLOTS = openSlots(NODES, () => 0)
const SECOND_US = 1e6
const FAULT = { fault: 'link.cut', on: 'node-2>store', startSeconds: 1, endSeconds: 2 }

/** Cells of a scenario with these streams, and a way to count in them by hand. */
function small(of: Parameters<typeof judgingOf>[0]) {
  const { all } = openPlaces(judgingOf(of))
  const cells = openCells(all, SLOTS)
  const place = (name = 'stream'): Place => {
    const found = all.find(({ stream }) => stream.name === name)
    if (found === undefined) throw new RangeError(name)
    return found
  }
  return { cells, place }
}

interface Line {
  readonly metric?: Metric
  readonly as: Count
  readonly phase?: Phase
  readonly second?: number
  readonly node?: string
  readonly times?: number
}

function add(cells: Cells, place: Place, line: Line): void {
  const { metric = 'frr', as, phase = 'steady', second = 0, node = 'node-1', times = 1 } = line
  cells.add(place, { phase, slot: SLOTS.at(second * SECOND_US, node) }, { metric, as }, times)
}

const QUIET: Conclusion = { late: [], bothFrames: new Set(), windowAt: () => 0 }
const ONCE = streamOf({ attack: null, copies: 1 })

test('what gave no answer is owed and no trial, and would be an event at worst', () => {
  const { cells, place } = small({ streams: [ONCE] })
  for (const as of ['event', 'other', 'other', 'unknown'] as const) add(cells, place(), { as })
  expect(cells.conclude(QUIET).cells).toMatchObject([{ events: 1, trials: 3, owed: 4, worst: 2 }])
})

describe('the code’s frame', () => {
  const correct = (cells: Cells, place: Place, as: Count, times: number): void =>
    cells.correct(place, { phase: 'steady', slot: 0 }, { metric: 'frr', as }, times)

  test('is told where it differs, or where somebody asks for it', () => {
    const { cells, place } = small({ streams: [ONCE] })
    add(cells, place(), { as: 'event' })
    expect(cells.conclude(QUIET).cells).toHaveLength(1)
    expect(cells.conclude({ ...QUIET, bothFrames: new Set(['s']) }).cells).toHaveLength(2)
    correct(cells, place(), 'event', -1)
    correct(cells, place(), 'unknown', 1)
    expect(cells.conclude(QUIET).cells).toMatchObject([
      { frame: 'world', events: 1, trials: 1, owed: 1 },
      { frame: 'code', events: 0, trials: 0, owed: 1 },
    ])
  })

  test('gains what was late, as often as the cells are concluded', () => {
    const { cells, place } = small({ streams: [ONCE] })
    add(cells, place(), { metric: 'far', as: 'event' })
    const at = { phase: 'steady', slot: 0 } as const
    cells.correct(place(), at, { metric: 'far', as: 'event' }, -1)
    const late = [{ place: place(), metric: 'far', ...at, instead: null, times: 1 } as const]
    const frames = (conclusion: Conclusion) =>
      cells.conclude(conclusion).cells.map(({ frame, events }) => [frame, events])
    expect(frames(QUIET)).toEqual([['world', 1]])
    for (const _ of [1, 2]) expect(frames({ ...QUIET, late })).toEqual([['world', 1]])
  })
})

describe('the unit', () => {
  const unitOf = (of: Parameters<typeof judgingOf>[0], line: Line) => {
    const { cells, place } = small(of)
    add(cells, place(), line)
    return cells.conclude(QUIET).cells[0]?.unit
  }
  const stimulus = streamOf({ attack: 'expired', copies: 1 })

  test('of a stimulus sent once is the presentation, unless something is broken', () => {
    expect(unitOf({ streams: [stimulus] }, { metric: 'far', as: 'other' })).toBe('presentation')
    const broken = { streams: [stimulus], faults: [FAULT] }
    expect(unitOf(broken, { metric: 'far', as: 'other', phase: 'before' })).toBe('node-second')
    expect(unitOf(broken, { metric: 'far', as: 'other', phase: 'during' })).toBe('window')
  })

  test('of what depends on memories, load or clocks is the second of a node', () => {
    expect(unitOf({ streams: [ONCE] }, { as: 'other' })).toBe('node-second')
    expect(unitOf({ streams: [streamOf()] }, { metric: 'far', as: 'other' })).toBe('node-second')
  })

  test('of a race is the race', () => {
    const race = { streams: [streamOf({ release: 'together' })] }
    expect(unitOf(race, { metric: 'far', as: 'other' })).toBe('race')
  })
})

describe('sums over units', () => {
  test('are over the seconds of each node, and leave out those without trials', () => {
    const { cells, place } = small({ streams: [ONCE] })
    add(cells, place(), { as: 'event', times: 2 })
    add(cells, place(), { as: 'other', times: 1 })
    add(cells, place(), { as: 'other', second: 1, times: 4 })
    add(cells, place(), { as: 'event', node: 'node-2', times: 1 })
    add(cells, place(), { as: 'unknown', second: 9, times: 7 })
    // Units (e, n): (2, 3), (0, 4), (1, 1).
    expect(cells.conclude(QUIET).cells[0]?.over).toEqual({
      units: 3,
      eventsSquared: 4 + 0 + 1,
      eventsByTrials: 6 + 0 + 1,
      trialsSquared: 9 + 16 + 1,
    })
  })

  test('are over the windows of faults while one is in force', () => {
    const { cells, place } = small({ streams: [ONCE], faults: [FAULT] })
    for (const second of [1, 2, 3, 11, 12])
      add(cells, place(), { as: second === 2 ? 'event' : 'other', phase: 'during', second })
    const windowAt = (_: string, second: number): number => (second < 10 ? 0 : 1)
    const [cell] = cells.conclude({ ...QUIET, windowAt }).cells
    expect(cell?.over).toEqual({
      units: 2,
      eventsSquared: 1,
      eventsByTrials: 3,
      trialsSquared: 9 + 4,
    })
  })

  test('are over races, however many of them fall into one second', () => {
    const { cells, place } = small({ streams: [streamOf({ release: 'together' })] })
    add(cells, place(), { metric: 'far', as: 'event', times: 2 })
    add(cells, place(), { metric: 'far', as: 'other', times: 5 })
    expect(cells.conclude(QUIET).cells[0]?.over).toEqual({
      units: 7,
      eventsSquared: 2,
      eventsByTrials: 2,
      trialsSquared: 7,
    })
  })
})

describe('nodes', () => {
  test('are told apart where something may be broken at one of them', () => {
    const nodesOf = (faults: readonly (typeof FAULT)[]) => {
      const { cells, place } = small({ streams: [ONCE], faults })
      for (const node of NODES) add(cells, place(), { as: 'other', node })
      return cells.conclude(QUIET).cells.map(({ node, trials }) => [node, trials])
    }
    // In their own order, whichever was asked first; what is undecided is told of all together.
    const { cells, place } = small({ streams: [ONCE], faults: [FAULT] })
    for (const node of NODES.toReversed()) {
      add(cells, place(), { as: 'other', node, times: node === 'node-2' ? 3 : 1 })
      add(cells, place(), { metric: 'inconclusive', as: 'other', node })
    }
    const apart = cells.conclude(QUIET).cells
    expect(apart.map(({ metric, node, trials }) => [metric, node, trials])).toEqual([
      ['frr', null, 4],
      ['frr', 'node-1', 1],
      ['frr', 'node-2', 3],
      ['inconclusive', null, 2],
    ])
    expect(nodesOf([])).toEqual([[null, 2]])
    expect(nodesOf([FAULT])).toEqual([
      [null, 2],
      ['node-1', 1],
      ['node-2', 1],
    ])
  })
})

test('cells stand in the order of their streams, then of time, then of what matters, whatever came first', () => {
  const streams = [streamOf({ name: 'a', attack: 'one' }), streamOf({ name: 'b', attack: 'two' })]
  const { cells, place } = small({ streams, faults: [FAULT] })
  for (const name of ['b', 'a']) {
    for (const phase of ['after', 'during', 'before'] as const) {
      for (const metric of ['unavailability', 'frr', 'far'] as const)
        add(cells, place(name), { metric, as: 'other', phase })
    }
  }
  const told = cells.conclude(QUIET).cells.filter(({ node }) => node === null)
  expect(told.map(({ attack, phase, metric }) => `${attack} ${phase} ${metric}`)).toEqual(
    ['one', 'two'].flatMap((attack) =>
      ['before', 'during', 'after'].flatMap((phase) =>
        ['far', 'frr', 'unavailability'].map((metric) => `${attack} ${phase} ${metric}`),
      ),
    ),
  )
})

test('streams of one class are one population, those of another class or kind another', () => {
  const streams = [
    streamOf({ name: 'a' }),
    streamOf({ name: 'b' }),
    streamOf({ name: 'c', attack: 'other' }),
    streamOf({ name: 'd', release: 'together' }),
  ]
  const { cells, place } = small({ streams })
  for (const name of ['a', 'b', 'c', 'd']) add(cells, place(name), { metric: 'far', as: 'other' })
  const told = cells.conclude(QUIET).cells.map(({ attack, unit, trials }) => [attack, unit, trials])
  expect(told).toEqual([
    ['replay', 'node-second', 2],
    ['other', 'node-second', 1],
    ['replay', 'race', 1],
  ])
})

describe('the series of a scenario', () => {
  test('has a number for each second, of all nodes and of each', () => {
    const { cells, place } = small({ streams: [ONCE] })
    add(cells, place(), { metric: 'unavailability', as: 'other', second: 2, times: 3 })
    add(cells, place(), { metric: 'unavailability', as: 'event', second: 4, node: 'node-2' })
    add(cells, place(), { metric: 'frr', as: 'event', second: 3 })
    const { series } = cells.conclude(QUIET)
    expect(series).toMatchObject([
      {
        scenario: 's',
        node: null,
        startMs: 2000,
        stepMs: 1000,
        owedAccept: [3, 0, 1],
        falseReject: [0, 1, 0],
        unavailable: [0, 0, 1],
        falseAccept: [0, 0, 0],
      },
      { node: 'node-1', owedAccept: [3, 0, 0] },
      { node: 'node-2', owedAccept: [0, 0, 1] },
    ])
  })

  test('of a long run is told in longer steps', () => {
    const { cells, place } = small({ streams: [ONCE] })
    for (const second of [0, 9_999])
      add(cells, place(), { metric: 'unavailability', as: 'other', second })
    const [series] = cells.conclude(QUIET).series
    expect(series?.stepMs).toBe(4000)
    expect(series?.owedAccept).toHaveLength(2500)
    expect(series?.owedAccept.reduce((sum, each) => sum + each)).toBe(2)
  })
})
