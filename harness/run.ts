/** The whole pipeline on one screen: ask, drive, write, judge; then ask again or conclude. */
import { plain } from './json.ts'
import type { Experiment } from './model/experiment.ts'
import type { HistoryEvent } from './model/history.ts'
import type { Json, Round } from './model/plan.ts'
import type { Judge, Judgement } from './model/verdict.ts'

export interface Stages {
  readonly experiments: readonly Experiment[]
  /** One judge for each profile; the first one's `soFar` steers the experiments. */
  readonly judges: readonly [Judge, ...Judge[]]
  readonly drive: (round: Round) => AsyncIterable<HistoryEvent>
  /** Resolves when the event can no longer be lost to the judge's reader. */
  readonly write: (event: HistoryEvent) => Promise<void>
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
  const keep = async (event: HistoryEvent): Promise<void> => {
    await stages.write(event)
    for (const judge of stages.judges) judge.see(event)
  }
  for (const experiment of stages.experiments) await conduct(experiment, stages, keep)
  return stages.judges.map((judge) => judge.conclude())
}

async function conduct(
  experiment: Experiment,
  { drive, digest, judges, signal }: Stages,
  keep: (event: HistoryEvent) => Promise<void>,
): Promise<void> {
  const scenario = experiment.name
  let next = experiment.start()
  let round = 0
  while ('ask' in next) {
    if (signal.aborted) return
    const steps = [...next.ask]
    await keep({
      kind: 'round',
      scenario,
      round,
      steps: steps.length,
      digest: digest(steps.map(plain)),
    })
    const { faults, pressure, part } = next
    const background = pressure === undefined ? {} : { pressure }
    const which = part === undefined ? {} : { part }
    for await (const event of drive({ scenario, round, steps, faults, ...background, ...which }))
      await keep(event)
    next = experiment.next(next.state, judges[0].soFar(scenario))
    // Further parts of a round were fixed with its first: only what answers led to begins another.
    if (!('ask' in next) || next.part === undefined || next.part.number === 1) round++
  }
  await keep({ kind: 'concluded', scenario, result: next.conclude })
}
