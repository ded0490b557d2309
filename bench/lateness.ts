/** How late each request of a history began. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { HistoryEvent } from '../harness/model/history.ts'

/** In microseconds, of those that were due after the warm-up. */
export function latenesses(history: string, warmUpSeconds: number): readonly number[] {
  const lines = gunzipSync(readFileSync(history)).toString().trim().split('\n')
  const events = lines.map((line): HistoryEvent => JSON.parse(line))
  const observed = events.filter((event) => event.kind === 'observed')
  const firstUs = Math.min(...observed.slice(0, 1_000).map(({ dueUs }) => dueUs))
  return observed.flatMap(({ dueUs, begunUs }) =>
    begunUs === null || dueUs < firstUs + warmUpSeconds * 1e6 ? [] : [begunUs - dueUs],
  )
}
