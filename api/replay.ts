/** One case once more: minted afresh, sent with the same relative times, and judged. */
import { join } from 'node:path'
import { readHistory } from '../harness/history/reader.ts'
import type { Observation } from '../harness/model/history.ts'
import type { Replayed } from '../harness/model/replayed.ts'
import type { OnlyCase } from '../harness/model/judging.ts'
import { run, type RunOptions } from './run.ts'

/** @throws {CupelError} ERR_UNKNOWN_NAME for what is no case; and whatever a run throws. */
export async function replay(
  only: OnlyCase,
  options: Omit<RunOptions, 'only' | 'suites' | 'scenarios'>,
): Promise<Replayed> {
  const { record, folder, unwritten } = await run({
    ...options,
    suites: [],
    scenarios: [],
    only,
  })
  if (unwritten !== null) throw unwritten
  const { caseId } = only
  const observed: Observation[] = []
  let startedUs = 0
  for await (const event of readHistory(join(folder, 'history.ndjson.gz'))) {
    if (event.kind === 'header') startedUs = event.startedUs
    if (event.kind === 'observed' && isOf(only, event)) observed.push(event)
  }
  return { caseId, record, folder, observed, startedUs }
}

/** Of what a property drew some requests may stand under another name; all but controls are asked for that one case. */
function isOf({ caseId, drawn }: OnlyCase, observed: Observation): boolean {
  return (
    observed.caseId === caseId || (drawn !== undefined && !observed.caseId.includes('/control/'))
  )
}
