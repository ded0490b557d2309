/** When a scenario need not be asked once more: a sequential gate of it has failed, and nothing can mend that. */
import { isObject } from '../../json.ts'
import type { Cell } from '../../model/counts.ts'
import type { Json } from '../../model/plan.ts'
import type { Scenario } from '../../model/scenario.ts'
import { decideGate } from '../../tally/gates.ts'

/**
 * The first gate of a scenario whose sequential test has failed; null while none has. Passing takes more units than a
 * fixed sample does, so that there is nothing to save by stopping then.
 *
 * @param judged What the judge says so far: its cells, where it gives them. Without any nothing is stopped.
 */
export function failedInSequence(
  { name, gates, streams }: Scenario,
  judged: Json,
): Scenario['gates'][number] | null {
  const cells = cellsIn(judged).filter((cell) => cell.scenario === name)
  const classes = streams.map(({ attack }) => attack)
  const failed = gates.find(
    (gate) => gate.sequential !== undefined && decideGate(gate, cells, classes).answer === 'failed',
  )
  return failed ?? null
}

function cellsIn(judged: Json): readonly Cell[] {
  const cells: unknown = isObject(judged) ? judged['cells'] : undefined
  return Array.isArray(cells) ? cells.filter(isCell) : []
}

function isCell(value: unknown): value is Cell {
  if (!isObject(value) || !isObject(value['over'])) return false
  const numbers = ['events', 'trials', 'owed', 'worst'] as const
  const texts = ['metric', 'frame', 'scenario', 'unit'] as const
  return (
    numbers.every((name) => typeof value[name] === 'number') &&
    texts.every((name) => typeof value[name] === 'string')
  )
}
