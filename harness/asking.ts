/** Asks one round of an experiment: tells it, drives it, keeps what comes of it, and hears what is next. */
import type { Experiment, Next } from './model/experiment.ts'
import type { HistoryEvent } from './model/history.ts'
import type { Json, Round, Steps } from './model/plan.ts'
import { extentOf } from './plan/extent.ts'

export interface Asking {
  readonly drive: (round: Round) => AsyncIterable<readonly HistoryEvent[]>
  readonly digest: (steps: readonly Json[]) => string
  /** Resolves when the events are written and judged. */
  readonly keep: (events: readonly HistoryEvent[]) => Promise<void>
  readonly soFar: (scenario: string) => Json
}

type Ask = Extract<Next<Json>, { readonly ask: Steps }>

export async function askRound(
  experiment: Experiment,
  { ask, faults, pressure, part, state }: Ask,
  round: number,
  { drive, digest, keep, soFar }: Asking,
): Promise<Next<Json>> {
  const { name: scenario } = experiment
  // A list is asked as it is now, however often it is read.
  const steps = ask.streams === undefined ? [...ask] : ask
  const { count, parts } = extentOf(steps)
  await keep([{ kind: 'round', scenario, round, steps: count, digest: digest(parts) }])
  const background = pressure === undefined ? {} : { pressure }
  const which = part === undefined ? {} : { part }
  for await (const events of drive({ scenario, round, steps, faults, ...background, ...which }))
    await keep(events)
  return experiment.next(state, soFar(scenario))
}
