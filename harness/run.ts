/** The whole pipeline on one screen: ask, drive, write, judge; then ask again or conclude. */
import { askRound, type Asking } from './asking.ts'
import type { Experiment, Next } from './model/experiment.ts'
import type { HistoryEvent } from './model/history.ts'
import type { Json } from './model/plan.ts'
import type { Judge, Judgement } from './model/verdict.ts'
import { openVanguard, type Canary, type Vanguard } from './vanguard.ts'

export interface Stages extends Pick<Asking, 'drive' | 'digest'> {
  readonly experiments: readonly Experiment[]
  /** One judge for each profile; the first one's `soFar` steers the experiments. */
  readonly judges: readonly [Judge, ...Judge[]]
  /** Resolves when the events can no longer be lost to the judge's reader. */
  readonly write: (events: readonly HistoryEvent[]) => Promise<void>
  /** Aborts when no further round may begin. */
  readonly signal: AbortSignal
  readonly canary?: Canary
}

/**
 * Runs every experiment to its conclusion, or to the abort of `signal`.
 *
 * Each event is written before a judge sees it, so that the history on disk is never behind a judgement made from it.
 */
export async function run(stages: Stages): Promise<readonly Judgement[]> {
  const { judges, drive, digest, write, signal, canary } = stages
  const asking: Asking = {
    drive,
    digest,
    soFar: (scenario) => judges[0].soFar(scenario),
    async keep(events) {
      await write(events)
      for (const judge of judges) for (const event of events) judge.see(event)
    },
  }
  const vanguard = canary === undefined ? NOBODY : openVanguard(canary, asking)
  for (const experiment of stages.experiments)
    await conduct(experiment, { asking, signal, vanguard })
  await vanguard.end()
  return judges.map((judge) => judge.conclude())
}

interface Conducting {
  readonly asking: Asking
  readonly signal: AbortSignal
  readonly vanguard: Vanguard
}

async function conduct(
  experiment: Experiment,
  { asking, signal, vanguard }: Conducting,
): Promise<void> {
  let next = experiment.start()
  let round = 0
  while ('ask' in next) {
    if (beginsRound(next) && !signal.aborted) await vanguard.goBefore(experiment.name)
    if (signal.aborted) return
    next = await askRound(experiment, next, round, asking)
    if (beginsRound(next)) round++
  }
  await asking.keep([{ kind: 'concluded', scenario: experiment.name, result: next.conclude }])
}

/** Further parts of a round were fixed with its first: only what answers led to begins another. */
export function beginsRound(next: Next<Json>): boolean {
  return !('ask' in next) || next.part === undefined || next.part.number === 1
}

const NOBODY: Vanguard = { async goBefore() {}, async end() {} }
