/** Asks one round of an experiment: tells it, drives it, keeps what comes of it, and hears what is next. */
import { plain } from './json.ts'
import type { Experiment, Next } from './model/experiment.ts'
import type { HistoryEvent } from './model/history.ts'
import type { Json, Round, Step, Steps } from './model/plan.ts'

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
  // What is made as it is read is known by what it is made from.
  const steps = ask.streams === undefined ? [...ask] : ask
  const { count, parts } = extentOf(steps)
  await keep([{ kind: 'round', scenario, round, steps: count, digest: digest(parts) }])
  const background = pressure === undefined ? {} : { pressure }
  const which = part === undefined ? {} : { part }
  for await (const events of drive({ scenario, round, steps, faults, ...background, ...which }))
    await keep(events)
  return experiment.next(state, soFar(scenario))
}

function extentOf(steps: Steps | readonly Step[]): {
  readonly count: number
  readonly parts: readonly Json[]
} {
  if ('streams' in steps && steps.streams !== undefined) {
    const count = steps.streams.reduce((sum, { length }) => sum + length, 0)
    return { count, parts: steps.streams.map(({ recipe }) => recipe) }
  }
  const all = [...steps]
  return { count: all.length, parts: all.map(plain) }
}
