/** The whole pipeline on one screen: ask, drive, write, judge; then ask again or conclude. */
import type { Experiment, Next } from './model/experiment.ts'
import type { HistoryEvent } from './model/history.ts'
import type { Json, Round } from './model/plan.ts'
import type { Judge, Judgement } from './model/verdict.ts'
import { extentOf } from './plan/extent.ts'

export interface Stages {
  readonly experiments: readonly Experiment[]
  /** One judge for each profile; the first one's `soFar` steers the experiments. */
  readonly judges: readonly [Judge, ...Judge[]]
  readonly drive: (round: Round) => AsyncIterable<readonly HistoryEvent[]>
  /** Resolves when the events can no longer be lost to the judge's reader. */
  readonly write: (events: readonly HistoryEvent[]) => Promise<void>
  readonly digest: (steps: readonly Json[]) => string
  /** Aborts when no further round may begin. */
  readonly signal: AbortSignal
}

/**
 * Runs every experiment to its conclusion, or to the abort of `signal`.
 *
 * Each event is written before a judge sees it, so that the history on disk is never behind a judgement made from it.
 */
export async function run(stages: Stages): Promise<readonly Judgement[]> {
  const keep = async (events: readonly HistoryEvent[]): Promise<void> => {
    await stages.write(events)
    for (const judge of stages.judges) for (const event of events) judge.see(event)
  }
  for (const experiment of stages.experiments) await conduct(experiment, stages, keep)
  return stages.judges.map((judge) => judge.conclude())
}

async function conduct(
  experiment: Experiment,
  { drive, digest, judges, signal }: Stages,
  keep: (events: readonly HistoryEvent[]) => Promise<void>,
): Promise<void> {
  const scenario = experiment.name
  let next = experiment.start()
  let round = 0
  while ('ask' in next) {
    if (signal.aborted) return
    // A list is asked as it is now, however often it is read.
    const steps = next.ask.streams === undefined ? [...next.ask] : next.ask
    const { count, parts } = extentOf(steps)
    await keep([{ kind: 'round', scenario, round, steps: count, digest: digest(parts) }])
    const { faults, pressure, part } = next
    const background = pressure === undefined ? {} : { pressure }
    const which = part === undefined ? {} : { part }
    for await (const events of drive({ scenario, round, steps, faults, ...background, ...which }))
      await keep(events)
    next = experiment.next(next.state, judges[0].soFar(scenario))
    if (beginsRound(next)) round++
  }
  await keep([{ kind: 'concluded', scenario, result: next.conclude }])
}

/** Further parts of a round were fixed with its first: only what answers led to begins another. */
export function beginsRound(next: Next<Json>): boolean {
  return !('ask' in next) || next.part === undefined || next.part.number === 1
}
