/** Looking on for longer after a fault is mended. */
import type { Scenario, Stream } from '../../model/scenario.ts'

/** Mending takes its time, and only whole seconds after it are counted. */
const UNTIL_COUNTED_SECONDS = 2

/**
 * The same scenario with its steady traffic going on for so long after the last fault. Streams that end before the fault
 * does were not there to watch anything and stay as they are; so does a scenario without a fault.
 */
export function watching(scenario: Scenario, seconds: number): Scenario {
  const last = Math.max(...scenario.faults.map(({ endSeconds }) => endSeconds))
  if (scenario.faults.length === 0) return scenario
  const until = last + UNTIL_COUNTED_SECONDS + seconds
  return { ...scenario, streams: scenario.streams.map((stream) => lasting(stream, last, until)) }
}

function lasting(stream: Stream, last: number, until: number): Stream {
  const { arrivals } = stream
  const steady = arrivals.kind === 'even' || arrivals.kind === 'poisson'
  if (!steady || arrivals.endSeconds < last) return stream
  return { ...stream, arrivals: { ...arrivals, endSeconds: Math.max(until, arrivals.endSeconds) } }
}
