/** How much a scenario sends, and when, as far as its data says so. */
import type { FaultWindow } from '../../model/plan.ts'
import type { Gate, Pace, Phase, Scenario, Stream } from '../../model/scenario.ts'
import { expectedSeconds } from './arrivals.ts'
import { arrivalsOf } from './stream.ts'

/** The requests of one repetition. */
export function requestsOf({ streams, mix }: Scenario): number {
  return streams.reduce((sum, stream) => sum + countOf(stream, mix) * stream.copies, 0)
}

/**
 * How long one repetition takes at its own pace, at the least; null where a stream waits for answers, so that the target
 * decides.
 */
export function secondsOf({ streams, faults, mix }: Scenario): number | null {
  const ends = streams.map((stream) => endOf(stream, mix))
  if (ends.some((end) => end === null)) return null
  return Math.max(...ends.map((end) => end ?? 0), ...faults.map(({ endSeconds }) => endSeconds))
}

function endOf(stream: Stream, mix: Pace | undefined): number | null {
  const { copies, release, gapSeconds } = stream
  const arrivals = arrivalsOf(stream, mix)
  const gaps = release === 'together' ? 0 : (copies - 1) * gapSeconds
  switch (arrivals.kind) {
    case 'in-turn':
      return null
    case 'burst': {
      const { atSeconds, times = 1, everySeconds = 0 } = arrivals
      return atSeconds + (times - 1) * everySeconds + gaps
    }
    case 'even':
    case 'poisson':
    case 'ramp':
    case 'staircase':
      return arrivals.endSeconds + gaps
  }
}

export interface Trials {
  readonly count: number
  /** When the first and the last of them are due, in seconds; null where nobody knows, or without any. */
  readonly span: readonly [from: number, to: number] | null
}

/**
 * How many trials of a rate a stream has in a phase, at most: of false accepts one for each copy after the first, or for
 * each race, and one for each assertion that is wrong; of the other rates one for each assertion.
 */
export function trialsIn(
  stream: Stream,
  metric: Gate['metric'],
  phase: Phase,
  { faults, mix }: Pick<Scenario, 'faults' | 'mix'>,
): Trials {
  const { copies, release, gapSeconds } = stream
  const repeats = metric === 'far' && copies > 1 && release !== 'together' ? copies - 1 : 1
  if (arrivalsOf(stream, mix).kind === 'in-turn') {
    const all = countOf(stream, mix) * repeats
    // Without a fault it is steady throughout; with one, nobody knows how many fall into which phase.
    const possible = (phase === 'steady') === (faults.length === 0) && phase !== 'transition'
    return { count: possible ? all : 0, span: null }
  }
  const later = metric === 'far' && copies > 1 && release === 'in-turn' ? gapSeconds : 0
  const times = timesOf(stream, mix).map((seconds) => seconds + later)
  const within = times.filter((seconds) => isIn(phase, seconds, faults))
  const [from, to] = [within[0], within.at(-1)]
  const span = from === undefined || to === undefined ? null : ([from, to] as const)
  return { count: within.length * repeats, span }
}

/** How many assertions a stream sends, each so many times as it has copies; as a rule, where they come at random. */
function countOf(stream: Stream, mix: Pace | undefined): number {
  const arrivals = arrivalsOf(stream, mix)
  return arrivals.kind === 'in-turn' ? arrivals.count : timesOf(stream, mix).length
}

function timesOf(stream: Stream, mix: Pace | undefined): readonly number[] {
  const arrivals = arrivalsOf(stream, mix)
  return arrivals.kind === 'in-turn' ? [] : [...expectedSeconds(arrivals)]
}

/** By what is planned. A fault takes time to come and to go, which leaves fewer in the end. */
function isIn(phase: Phase, seconds: number, faults: readonly FaultWindow[]): boolean {
  if (faults.length === 0) return phase === 'steady'
  const first = Math.min(...faults.map(({ startSeconds }) => startSeconds))
  const met = faults.some((each) => each.startSeconds <= seconds && seconds <= each.endSeconds)
  switch (phase) {
    case 'before':
      return seconds < first
    case 'during':
      return met
    case 'after':
      return seconds > first && !met
    case 'steady':
    case 'transition':
      return false
  }
}
