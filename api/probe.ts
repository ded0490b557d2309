/** Measuring what a target enforces, for programs. Nothing is judged: whether it ought to is for a run to say. */
import type { HistoryEvent } from '../harness/model/history.ts'
import type { Usage } from '../harness/model/plan.ts'
import type { ClockFound, ProbeReport } from '../harness/model/probe.ts'
import { probe as measure } from '../harness/probe/probe.ts'
import { measuring, type MeasuringRequest } from './measuring.ts'

export interface ProbeRequest extends MeasuringRequest {
  /** Which to measure; all that the target has when absent. */
  readonly usages?: readonly Usage[]
  /** How many assertions may be spent on the capacity of a replay memory. */
  readonly capacity: number
  readonly waits: boolean
}

/** @throws {CupelError} When the target, a file or an option cannot be used. */
export function probe(request: ProbeRequest): Promise<ProbeReport> {
  return measuring(request, 'probe', async ({ target, profile, own, random, clock, driver }) => {
    const seen = openCounts()
    const startUs = clock.nowUs()
    const found = await measure({
      facts: target.facts,
      profile,
      policy: own.policy,
      random: random.stream('probe'),
      clock,
      drive: (round) => driver.drive(round),
      see: (event) => seen.see(event),
      clocks: () => seen.clocks(),
      ...(request.usages === undefined ? {} : { usages: request.usages }),
      readsHeaders: target.speaks === 'jwt',
      capacity: request.capacity,
      waits: request.waits,
    })
    return {
      format: 1,
      target: target.facts.name,
      profile: profile.name,
      seed: request.seed,
      seconds: (clock.nowUs() - startUs) / 1e6,
      requests: seen.requests(),
      ...found,
    }
  })
}

interface Counts {
  see(event: HistoryEvent): void
  requests(): number
  /** All that was read of a clock must be so at once, as long as nobody sets it. */
  clocks(): readonly ClockFound[]
}

function openCounts(): Counts {
  let requests = 0
  const clocks = new Map<string, ClockFound>()
  return {
    see(event) {
      if (event.kind === 'observed') requests++
      if (event.kind !== 'clock') return
      const { node, source } = event
      const known = clocks.get(node)?.offsetSeconds
      const low = Math.max(event.lowUs / 1e6, known?.low ?? -Infinity)
      const high = Math.min(event.highUs / 1e6, known?.high ?? Infinity)
      const offsetSeconds =
        low <= high ? { low, high } : { low: event.lowUs / 1e6, high: event.highUs / 1e6 }
      clocks.set(node, { node, source, offsetSeconds })
    },
    requests: () => requests,
    clocks: () => [...clocks.values()],
  }
}
