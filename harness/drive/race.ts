/** Sends the steps of a race: all connected and written but for their tails, then released in one turn. */
import type { Observation } from '../model/history.ts'
import type { Exchange, Message } from '../model/target.ts'
import { messageOf, observe } from './ask.ts'
import type { Asked, Lane } from './ask.ts'
import type { Filled } from './credentials.ts'

/** How long before a race is due its connections are opened; well inside the second for which an idle one may be used. */
export const WARM_UP_US = 250_000

interface Runner {
  readonly asked: Asked
  readonly filled: Filled
  readonly message: Message
}

/**
 * Observations in the order of the steps, once the last is answered; only those that were sent when the lane is stopped.
 *
 * A race of more requests than the target's rate allows at once is released in as many parts as it takes: the rate is a
 * promise to its owner, and the stamps say what happened.
 */
export async function race(
  entrants: readonly Asked[],
  lane: Lane,
): Promise<readonly Observation[]> {
  const dueUs = Math.max(...entrants.map((each) => each.dueUs))
  const [filling] = await Promise.all([
    Promise.all(entrants.map((each) => lane.credentials.fill(each.step, each.dueUs))),
    lane.connections.warm(entrants.map(({ step }) => step)),
  ])
  const observations = new Map<Asked, Observation>()
  const runners: Runner[] = []
  for (const [index, filled] of filling.entries()) {
    const asked = entrants[index]
    if (asked === undefined) continue
    const message = messageOf(asked.step, filled, lane)
    if (message === null) observations.set(asked, observe(asked, filled, null, lane))
    else runners.push({ asked, filled, message })
  }
  await lane.clock.sleepUntil(dueUs, lane.stop)
  while (runners.length > 0 && !lane.stop.aborted) {
    const together = runners.splice(0, Math.min(runners.length, lane.cap.most))
    const exchanges = await releaseTogether(together, lane)
    for (const [index, exchange] of exchanges.entries()) {
      const runner = together[index]
      if (runner !== undefined)
        observations.set(runner.asked, observe(runner.asked, runner.filled, exchange, lane))
    }
  }
  return entrants.map((each) => observations.get(each)).filter((each) => each !== undefined)
}

/** An exchange for each runner, null where nobody could be connected to; none at all when stopped before the start. */
async function releaseTogether(
  runners: readonly Runner[],
  lane: Lane,
): Promise<readonly (Exchange | null)[]> {
  const leave = await lane.cap.enter(runners.length, lane.stop)
  if (leave === null) return []
  const places = runners.map(({ asked }) => asked.step)
  const wires = await Promise.all(places.map((place) => lane.connections.take(place)))
  const giveBack = (): void => {
    for (const [index, wire] of wires.entries()) {
      const place = places[index]
      if (wire && place) lane.connections.give(place, wire)
    }
  }
  if (lane.stop.aborted) {
    leave.unused()
    giveBack()
    return []
  }
  const held = await Promise.all(
    runners.map(
      async ({ message }, index) => (await wires[index]?.hold(message, lane.giveUp)) ?? null,
    ),
  )
  await lane.clock.sleepUntil(lane.clock.nowUs() + lane.settleUs)
  // One turn of the event loop: nothing is awaited between the first release and the last.
  const exchanges = held.map(async (each) => each?.release() ?? null)
  leave.used()
  const done = await Promise.all(exchanges)
  giveBack()
  return done
}
