/** From counts to proportions with their uncertainty. */
import type { Cell } from '../model/counts.ts'
import type { Rate } from '../model/record.ts'
import { boundsOver, effectiveTrials, intervalOver } from './units.ts'

/**
 * One rate for each cell, in the same order. A cell without trials knows nothing: its interval is [0, 1] and its
 * coverage 0.
 */
export function rates(cells: readonly Cell[]): readonly Rate[] {
  return cells.map(rate)
}

function rate(cell: Cell): Rate {
  const { metric, scenario, attack, phase, node, unit, frame, events, trials } = cell
  const { owed, worst, over } = cell
  const name = { metric, scenario, attack, phase, node, unit, frame, events, trials }
  const sums = { coverage: coverage(cell), owed, worst, over, effective: effectiveTrials(cell) }
  if (trials === 0) return { ...name, low: 0, high: 1, lower95: 0, upper95: 1, ...sums }
  const { lower, upper } = boundsOver(cell)
  return { ...name, ...intervalOver(cell), lower95: lower, upper95: upper, ...sums }
}

/** The share of what was owed a determinate answer that got one; 0 where nothing was owed. */
export function coverage({ trials, owed }: Pick<Cell, 'trials' | 'owed'>): number {
  return owed === 0 ? 0 : trials / owed
}
