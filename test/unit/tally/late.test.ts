import { describe, expect, test } from 'vitest'
import type { Cell } from '../../../harness/model/counts.ts'
import type { Late } from '../../../harness/model/verdict.ts'
import { settled, told, withWaiting } from '../../../harness/tally/late.ts'
import { addedFacts, addedGuards } from '../../../harness/tally/sums.ts'
import { aCell } from './cells.ts'
import { aConviction } from './convictions.ts'
import { sampleOf } from './samples.ts'

const PART = { part: 'client_assertion', party: 'honest' }
const SEEN = [{ ...PART, seenMs: 5000 }]

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
  return { ...PART, needsMs, times, cell, instead, conviction: null, nodes: null }
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
    // Two fresh trials come to one more unit, of the five that the world's have.
    expect(gained(null)?.over).toEqual({
      units: 5,
      eventsSquared: 10,
      eventsByTrials: 10,
      trialsSquared: 14,
    })
  })
  test('where the world counts nothing comes in units of one', () => {
    const code = { ...aCell({ trials: 0 }), frame: 'code' as const }
    expect(settled([late(null, 3)], SEEN, [code]).cells[0]?.over).toEqual({
      units: 3,
      eventsSquared: 3,
      eventsByTrials: 3,
      trialsSquared: 3,
    })
  })
  test('is told of the code’s frame where that counts other trials, owes others, or stands alone', () => {
    const code = { ...WORLD, frame: 'code' as const }
    const frames = (cells: readonly Cell[]) => told(cells, new Set()).map(({ frame }) => frame)
    expect(frames([WORLD, code])).toEqual(['world'])
    expect(frames([WORLD, { ...code, trials: 9 }])).toEqual(['world', 'code'])
    expect(frames([WORLD, { ...code, owed: 11 }])).toEqual(['world', 'code'])
    expect(frames([code])).toEqual(['code'])
  })
  test('convicts apart from what it counts', () => {
    const conviction = aConviction()
    const charge: Late = { ...late(null, 3), cell: null, conviction, nodes: 'same' }
    expect(settled([charge], SEEN, [WORLD])).toEqual({
      cells: [WORLD],
      convicted: [{ conviction, times: 3 }],
      waiting: [],
    })
    const others = [
      { ...PART, part: 'assertion', seenMs: 9000 },
      { ...PART, party: 'other', seenMs: 9000 },
    ]
    expect(settled([charge], others, []).waiting).toEqual([charge])
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
  const facts = {
    judged: 1,
    undecided: 0,
    unclocked: 2,
    intolerable: [],
    ended: true,
    violated: false,
  }
  expect(addedFacts([facts, { ...facts, ended: false }])).toEqual({
    judged: 2,
    undecided: 0,
    unclocked: 4,
    intolerable: [],
    ended: false,
    violated: false,
  })
  expect(addedFacts([facts, { ...facts, violated: true }])).toMatchObject({
    ended: true,
    violated: true,
  })
  const intolerable = (...what: readonly string[]) => ({ ...facts, intolerable: what })
  expect(addedFacts([intolerable('a'), intolerable('a', 'b')]).intolerable).toEqual(['a', 'b'])
})

test('a guard of the plan is needed as often as any part says, and seen as often as all have', () => {
  const guards = (needed: number, seen: number) => ({ guards: [{ name: 'races', needed, seen }] })
  expect(addedGuards([guards(2, 1), guards(5, 3)])).toEqual([{ name: 'races', needed: 5, seen: 4 }])
})
