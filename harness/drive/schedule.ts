/** Starts each unit of a round when it is due: at its time whatever else is going on, or when those before it are over. */
import type { Clock } from '../model/target.ts'
import type { Step } from '../model/plan.ts'
import type { Asked } from './ask.ts'
import { waitingFor } from './units.ts'
import type { Unit } from './units.ts'

export interface Timetable {
  readonly clock: Clock
  /** The start of the round, which its times count from. */
  readonly startUs: number
  /** When each step was over, of all rounds; a step of this round is added as soon as it is. */
  readonly over: Map<string, number>
  /** Aborts when nothing more may be started. */
  readonly stop: AbortSignal
  /**
   * Lets what has arrived be read. Node runs every timer that is overdue before it reads a socket, so that a schedule
   * which is behind would hear no answer until it has caught up. Nothing to do in simulated time.
   */
  breathe(): Promise<void>
  /** How long before it is due a unit is started, because it needs that to be ready. */
  leadUs(unit: Unit): number
  /** Called for the steps with a time of their own, up to `AHEAD_US` before they are due. */
  prepare(asked: Asked): void
  /** Sends the steps of a unit and waits for what comes of them. Never rejects. */
  start(unit: readonly Asked[]): Promise<void>
}

/** How far ahead of its sending a credential is made: long enough for a thread that is busy, short beside any lifetime. */
const AHEAD_US = 2_000_000

/** Resolves when every unit that was started is over, and no other can be. */
export async function schedule(units: readonly Unit[], table: Timetable): Promise<void> {
  const { clock, over, stop } = table
  const waiting = waitingFor(units)
  const open = new Map(units.map((unit) => [unit, unit.awaits.size]))

  const run = async (unit: Unit): Promise<void> => {
    const asked = unit.steps.map((step) => ({ step, dueUs: dueUs(step, table) }))
    await clock.sleepUntil(latest(asked) - table.leadUs(unit), stop)
    if (stop.aborted) return
    await table.start(asked)
    const now = clock.nowUs()
    for (const { name } of unit.steps) over.set(name, now)
    await Promise.all(freed(unit).map(run))
  }
  const freed = (unit: Unit): readonly Unit[] => {
    const next = unit.steps.flatMap(({ name }) => waiting.get(name) ?? [])
    for (const each of next) open.set(each, (open.get(each) ?? 0) - 1)
    return [...new Set(next)].filter((each) => open.get(each) === 0)
  }
  const ready = units
    .filter((unit) => unit.awaits.size === 0)
    .map((unit) => ({
      unit,
      atUs: latest(unit.steps.map((step) => ({ dueUs: dueUs(step, table) }))) - table.leadUs(unit),
    }))
    .toSorted((one, other) => one.atUs - other.atUs)
  const going: Promise<void>[] = [prepareAhead(ready, table)]
  for (const { unit, atUs } of ready) {
    await clock.sleepUntil(atUs, stop)
    await table.breathe()
    if (stop.aborted) break
    going.push(run(unit))
  }
  await Promise.all(going)
}

async function prepareAhead(
  ready: readonly { readonly unit: Unit; readonly atUs: number }[],
  table: Timetable,
): Promise<void> {
  for (const { unit, atUs } of ready) {
    await table.clock.sleepUntil(atUs - AHEAD_US, table.stop)
    if (table.stop.aborted) return
    for (const step of unit.steps) table.prepare({ step, dueUs: dueUs(step, table) })
  }
}

/** A step that waits for one of an earlier round is due at the start of its own round at the earliest. */
function dueUs({ due }: Step, { startUs, over }: Timetable): number {
  if ('atUs' in due) return Math.round(startUs + due.atUs)
  return Math.round(Math.max(startUs, (over.get(due.after) ?? startUs) + due.plusUs))
}

function latest(asked: readonly { readonly dueUs: number }[]): number {
  return Math.max(...asked.map((each) => each.dueUs))
}
