import { expect, test } from 'vitest'
import { openCells, type Population } from '../../../harness/oracle/cells.ts'

const POPULATION: Population = {
  metric: 'frr',
  frame: 'world',
  scenario: 's',
  attack: null,
  phase: 'steady',
  node: null,
  unit: 'presentation',
}

test('what gave no answer is owed and no trial, and would be an event at worst', () => {
  const cells = openCells()
  for (const count of ['event', 'other', 'other', 'unknown'] as const) cells.add(POPULATION, count)
  expect(cells.conclude(new Set())).toMatchObject([{ events: 1, trials: 3, owed: 4, worst: 2 }])
})

test('the code’s frame is told where it differs, or where somebody asks for it', () => {
  const cells = openCells()
  const code = { ...POPULATION, frame: 'code' } as const
  cells.add(POPULATION, 'event')
  cells.add(code, 'event')
  expect(cells.conclude(new Set())).toHaveLength(1)
  expect(cells.conclude(new Set(['s']))).toHaveLength(2)
  cells.add(code, 'unknown')
  expect(cells.conclude(new Set()).map(({ frame }) => frame)).toEqual(['world', 'code'])
})
