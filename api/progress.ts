/** How far a run is, for whoever watches. */
import type { HistoryEvent } from '../harness/model/history.ts'
import type { Json, Part, Round, Steps } from '../harness/model/plan.ts'
import type { Judge } from '../harness/model/verdict.ts'

export interface Progress {
  readonly scenario: string
  readonly round: number
  /** Which of the run's experiments it is, from 1, and how many there are. */
  readonly stage: number
  readonly stages: number
  /** Which part of the round, where it is sent in several. */
  readonly part: Part | null
  /** Steps of the part, and how many of them were observed. */
  readonly total: number
  readonly done: number
  /** A fault event that just happened, in words. */
  readonly fault: string | null
  /** The faults that are in force, such as `link.cut on node-2>store`. */
  readonly inForce: readonly string[]
  /** The judge's live figures; they decide nothing. */
  readonly live: Json
}

type Drive = (round: Round) => AsyncIterable<readonly HistoryEvent[]>

/** The same drive, told to `watch` after each handful of events and each fault event. */
export function watched(
  drive: Drive,
  judge: Judge,
  names: readonly string[],
  watch: (progress: Progress) => void,
): Drive {
  const stages = names.length
  let stage = 0
  const inForce = new Set<string>()
  return async function* (round) {
    const { scenario, round: number, part = null } = round
    const total = lengthOf(round.steps)
    // What goes ahead of others is none of them.
    stage = Math.max(1, names.indexOf(scenario) + 1 || stage)
    let done = 0
    const tell = (fault: string | null): void => {
      const live = judge.watched(scenario)
      watch({
        scenario,
        round: number,
        part,
        stage,
        stages,
        total,
        done,
        fault,
        inForce: [...inForce],
        live,
      })
    }
    tell(null)
    for await (const events of drive(round)) {
      yield events
      for (const event of events) {
        if (event.kind === 'observed') done += 1
        if (event.kind !== 'fault') continue
        const what = `${event.fault} on ${event.on}`
        if (event.stage === 'mended') inForce.delete(what)
        else inForce.add(what)
        tell(`${what}: ${event.stage}`)
      }
      tell(null)
    }
  }
}

function lengthOf(steps: Steps): number {
  if (steps.streams === undefined) return [...steps].length
  return steps.streams.reduce((sum, { length }) => sum + length, 0)
}
