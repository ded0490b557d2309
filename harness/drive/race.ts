/** Sends the steps of a race: all connected and written but for their tails, then released in one turn. */
import { idle } from '../clock.ts'
import type { Observation } from '../model/history.ts'
import type { Exchange, Message, Wire } from '../model/target.ts'
import { messageOf, observe, unsent } from './ask.ts'
import type { Asked, Lane, Unsent } from './ask.ts'
import type { Nobody } from './connections.ts'
import type { Filled } from './filled.ts'

/** How long before a race is due its connections are opened; well inside the second for which an idle one may be used. */
export const WARM_UP_US = 250_000

export interface Raced {
  /** In the order of the steps; only those that were sent when the lane is stopped. */
  readonly observations: readonly Observation[]
  /** From the first release to the last, of those that were released together; null where fewer than two were. */
  readonly spreadUs: number | null
}

/**
 * Resolves once the last is answered.
 *
 * A race of more requests than the target's rate allows at once is released in as many parts as it takes: the rate is a
 * promise to its owner, and the stamps say what happened.
 */
export async function race(entrants: readonly Asked[], lane: Lane): Promise<Raced> {
  const dueUs = Math.max(...entrants.map((each) => each.dueUs))
  const begun = entrants.map((each) => ({
    ...each,
    begun: each.begun ?? lane.credentials.begin(each.step, dueUs),
  }))
  await lane.connections.warm(entrants.map(({ step }) => step))
  await lane.clock.sleepUntil(dueUs, lane.stop)
  const waiting = [...begun]
  const parts: Observation[][] = []
  let spreadUs: number | null = null
  while (waiting.length > 0 && !lane.stop.aborted) {
    const together = waiting.splice(0, Math.min(waiting.length, lane.cap.most))
    const observations = await releaseTogether(together, lane)
    parts.push(observations)
    spreadUs = Math.max(spreadUs ?? 0, spreadOf(observations))
  }
  return { observations: parts.flat(), spreadUs: entrants.length < 2 ? null : spreadUs }
}

interface Runner {
  readonly asked: Asked
  readonly filled: Filled
  readonly message: Message | null
  readonly wire: Wire | Nobody | null
}

/** None at all when stopped before the start. */
async function releaseTogether(together: readonly Asked[], lane: Lane): Promise<Observation[]> {
  const leave = await lane.cap.enter(together.length, lane.stop)
  if (leave === null) return []
  const nowUs = lane.clock.nowUs()
  const filling = together.map((each) => lane.credentials.fill(each.step, nowUs, each.begun))
  const runners = await Promise.all(
    together.map(async (asked, index): Promise<Runner> => {
      const filled = (await filling[index]) ?? NOTHING
      const message = messageOf(asked.step, filled, lane)
      const wire = message === null ? null : await lane.connections.take(asked.step)
      return { asked, filled, message, wire }
    }),
  )
  if (lane.stop.aborted) {
    leave.unused()
    giveBack(runners, lane)
    return []
  }
  const held = await Promise.all(
    runners.map(async ({ message, wire }) =>
      message === null || wire === null || 'nobody' in wire
        ? null
        : wire.hold(message, lane.giveUp),
    ),
  )
  await lane.clock.sleepUntil(lane.clock.nowUs() + lane.settleUs)
  // What was answered before its release is read before it, so that the stamps show it.
  if (lane.settleUs > 0) await idle()
  // One turn of the event loop: nothing is awaited between the first release and the last.
  const exchanges = held.map(async (each) => each?.release() ?? null)
  const done = await Promise.all(exchanges)
  leave.used()
  giveBack(runners, lane)
  return runners.map(({ asked, filled, wire }, index) => {
    const nobody = wire !== null && 'nobody' in wire ? { unsent: wire.nobody } : null
    const exchange: Exchange | Unsent = done[index] ?? nobody ?? unsent(filled)
    return observe(asked, filled, exchange, lane)
  })
}

const NOTHING: Filled = { texts: null, presented: [], missing: 'not-made' }

function giveBack(runners: readonly Runner[], { connections }: Lane): void {
  for (const { asked, wire } of runners)
    if (wire !== null && !('nobody' in wire)) connections.give(asked.step, wire)
}

function spreadOf(observations: readonly Observation[]): number {
  const released = observations.flatMap(({ releasedUs }) =>
    releasedUs === null ? [] : [releasedUs],
  )
  return released.length < 2 ? 0 : Math.max(...released) - Math.min(...released)
}
