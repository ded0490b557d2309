/** `cupel judge`. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { judge } from '../api/judge.ts'
import { unmendedIn } from '../api/record.ts'
import { parseGate } from '../harness/formats/gate.ts'
import { expectedIn } from './known.ts'
import { tell } from './tell.ts'

export interface JudgeOptions {
  readonly profile: readonly string[]
  readonly gate: readonly string[]
  readonly replan: boolean
  readonly expectedFailures?: string
  readonly json: boolean
}

/** The harness itself failed: one seed and the same answers are to give one plan. */
const PLANNED_OTHERWISE = 255

/** @returns The exit code. */
export async function judgeCommand(path: string, options: JudgeOptions): Promise<number> {
  const { profile, gate, expectedFailures } = options
  const history = await historyOf(path)
  if (options.replan) return replanCommand(history, options.json)
  const expected = expectedFailures === undefined ? [] : [await expectedIn(expectedFailures)]
  const record = await judge(history, profile, gate.map(parseGate), ...expected)
  tell(record, options.json)
  for (const each of unmendedIn(record)) console.error(`NOT MENDED: ${each}`)
  return record.exitCode
}

async function replanCommand(history: string, json: boolean): Promise<number> {
  const { replan } = await import('../api/replan.ts')
  const { replanText } = await import('../reports/replan-text.ts')
  const replanned = await replan(history)
  console.log(json ? JSON.stringify(replanned, null, 2) : replanText(replanned, replanned))
  return replanned.differences.length === 0 ? 0 : PLANNED_OTHERWISE
}

/** The history in a run's folder, or the file itself. */
async function historyOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => null)
  return found?.isDirectory() === true ? join(path, 'history.ndjson.gz') : path
}
