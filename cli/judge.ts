/** `cupel judge`. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { judge } from '../api/judge.ts'
import { parseGate } from '../harness/formats/gate.ts'
import { expectedIn } from './known.ts'
import { tell } from './tell.ts'

export interface JudgeOptions {
  readonly profile: readonly string[]
  readonly gate: readonly string[]
  readonly expectedFailures?: string
  readonly json: boolean
}

/** @returns The exit code. */
export async function judgeCommand(path: string, options: JudgeOptions): Promise<number> {
  const { profile, gate, expectedFailures } = options
  const expected = expectedFailures === undefined ? [] : [await expectedIn(expectedFailures)]
  const record = await judge(await historyOf(path), profile, gate.map(parseGate), ...expected)
  tell(record, options.json)
  return record.exitCode
}

/** The history in a run's folder, or the file itself. */
async function historyOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => null)
  return found?.isDirectory() === true ? join(path, 'history.ndjson.gz') : path
}
