import { describe, expect, test } from 'vitest'
import type { Late } from '../../../harness/model/verdict.ts'
import { settled, told, withWaiting } from '../../../harness/tally/late.ts'
import { addedFacts } from '../../../harness/tally/sums.ts'
import { aCell } from './cells.ts'
import { aConviction } from './convictions.ts'
import { sampleOf } from './samples.ts'

const PART = 'client_assertion'
const SEEN = [{ part: PART, seenMs: 5000 }]

/** Two windows of five replays, of which three came late and were accepted: events of the world's frame alone. */
const WORLD = aCell(
  sampleOf('window', [
    [3, 5],
    [0, 5],
  ]),
)

function late(instead: Late['instead'], times: number, needsMs = 4900): Late {
  const { metric, scenario, attack, phase, node } = WORLD
  const cell = { metric, frame: 'code', scenario, attack, phase, node } as const
  return { part: PART, needsMs, times, cell, instead, conviction: null, nodes: null }
}

describe('what waited for the leeway', () => {
  test('as trials become events, in the world’s units once all of them have', () => {
    const code = aCell({
      ...sampleOf('window', [
        [0, 5],
        [0, 5],
      ]),
      frame: 'code',
    })
    const { cells, waiting } = settled([late('other', 3)], SEEN, [WORLD, code])
    expect(cells).toEqual([WORLD, { ...WORLD, frame: 'code' }])
    expect(waiting).toEqual([])
    const [, some] = settled([late('other', 2), late('other', 1, 9000)], SEEN, [WORLD, code]).cells
    expect(some).toMatchObject({ events: 2, trials: 10, owed: 10, worst: 2 })
    // Taken to fill units of five.
    expect(some?.over).toEqual({
      units: 2,
      eventsSquared: 10,
      eventsByTrials: 10,
      trialsSquared: 50,
    })
  })
  test('as nothing at all become owed, trials and events; as unknown ones, trials and events', () => {
    const code = { ...aCell({ events: 0, trials: 4, owed: 7, worst: 3 }), frame: 'code' as const }
    const gained = (instead: Late['instead']) =>
      settled([late(instead, 2)], SEEN, [WORLD, code]).cells[1]
    expect(gained(null)).toMatchObject({ events: 2, trials: 6, owed: 9, worst: 5 })
    expect(gained('unknown')).toMatchObject({ events: 2, trials: 6, owed: 7, worst: 3 })
    expect(gained('other')).toMatchObject({ events: 2, trials: 4, owed: 7, worst: 5 })
  })
  test('convicts apart from what it counts', () => {
    const conviction = aConviction()
    const charge: Late = { ...late(null, 3), cell: null, conviction, nodes: 'same' }
    expect(settled([charge], SEEN, [WORLD])).toEqual({
      cells: [WORLD],
      convicted: [{ conviction, times: 3 }],
      waiting: [],
    })
    expect(settled([charge], [{ part: 'assertion', seenMs: 9000 }], []).waiting).toEqual([charge])
  })
  test('where there was nothing else has an empty cell to come into, and no cell while it waits', () => {
    const cells = withWaiting([WORLD], [late(null, 3)])
    expect(cells[1]).toMatchObject({ frame: 'code', unit: 'window', owed: 0, over: { units: 0 } })
    expect(told(cells, new Set([WORLD.scenario]))).toEqual([WORLD])
    const known = settled([late(null, 3)], SEEN, cells).cells
    expect(told(known, new Set())).toMatchObject([WORLD, { frame: 'code', events: 3, trials: 3 }])
    expect(withWaiting(cells, [late(null, 3)])).toEqual(cells)
  })
})

test('a scenario has ended when it has in every part, and violates when it does in one', () => {
  const facts = { judged: 1, undecided: 0, unclocked: 2, ended: true, violated: false }
  expect(addedFacts([facts, { ...facts, ended: false }])).toEqual({
    judged: 2,
    undecided: 0,
    unclocked: 4,
    ended: false,
    violated: false,
  })
  expect(addedFacts([facts, { ...facts, violated: true }])).toMatchObject({
    ended: true,
    violated: true,
  })
})
