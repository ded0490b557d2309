/** What a harness would do besides asking, in a simulation: it reads clocks, and breaks and mends what the plan says. */
import type { FaultEvent, FaultStage, HistoryEvent } from '../../harness/model/history.ts'
import type { Random } from '../../harness/model/target.ts'
import type { Cluster } from './cluster.ts'
import { operationOf, placeOf } from './operations.ts'
import type { EventQueue } from './queue.ts'
import type { PlannedFault, Readings } from './world.ts'

export interface Watch {
  readonly queue: EventQueue
  readonly startUs: number
  readonly scenario: string
  readonly cluster: Cluster
  readonly tell: (event: HistoryEvent) => void
  readonly random: Random
}

/** Tells what every clock reads now, between bounds that hold. */
export function readClocks(
  { queue, cluster, tell, random }: Watch,
  { slackUs, unread }: Readings,
): void {
  for (const [node, clock] of cluster.clocks) {
    if (unread.includes(node)) continue
    const offsetUs = clock.offsetUs()
    tell({
      kind: 'clock',
      node,
      source: 'simulated',
      atUs: queue.nowUs(),
      lowUs: offsetUs - Math.round(random.next() * slackUs),
      highUs: offsetUs + Math.round(random.next() * slackUs),
    })
  }
}

/** Reads the clocks again and again while anything else is booked. */
export function keepReading(watch: Watch, readings: Readings): void {
  const again = (): void => {
    readClocks(watch, readings)
    if (watch.queue.size > 0) watch.queue.after(readings.everySeconds * 1e6, again)
  }
  again()
}

/** How long it takes at most until an order is obeyed, and until that was seen. */
const ORDER_US = 50_000

/**
 * Books one fault. The stamps of what was seen enclose what happened, and clocks that it moves are read on either side,
 * as the driver does (harness/drive/inflict.ts).
 */
export function planFault(fault: PlannedFault, watch: Watch, readings: Readings): void {
  const { queue, startUs, cluster, random } = watch
  const { forgets, inflict, mend } = operationOf(fault)
  const place = placeOf(fault)
  const moves = fault.fault.startsWith('clock.')
  const look = (): void => {
    if (moves) readClocks(watch, readings)
  }
  const tell = teller(fault, forgets, watch)
  const { confirmed, mended } = fault.seen
  const begin = (): void => inflict(cluster, place)
  const nothing = (): void => undefined
  inOrder(watch, startUs + fault.startSeconds * 1e6, [
    () => (look(), tell('inflicting')),
    confirmed ? begin : nothing,
    () => (tell(confirmed ? 'confirmed' : 'unconfirmed'), look()),
  ])
  // What nobody saw in force may come at any time until it is mended.
  const lastsUs = (fault.endSeconds - fault.startSeconds) * 1e6
  const lateUs = startUs + fault.startSeconds * 1e6 + random.next() * lastsUs
  if (!confirmed) queue.at(Math.round(lateUs), begin)
  inOrder(watch, startUs + fault.endSeconds * 1e6, [
    () => (look(), tell('mending')),
    () => {
      if (mended) mend(cluster, place)
    },
    () => (tell(mended ? 'mended' : 'unmended'), look()),
  ])
}

/** One act after the other, with a moment between. */
function inOrder({ queue, random }: Watch, atUs: number, acts: readonly (() => void)[]): void {
  let us = Math.round(atUs)
  for (const act of acts) {
    queue.at(us, act)
    us += 1 + Math.floor(random.next() * ORDER_US)
  }
}

function teller(
  { fault, on }: PlannedFault,
  forgets: FaultEvent['forgets'],
  { queue, scenario, tell }: Watch,
): (stage: FaultStage) => void {
  return (stage) =>
    tell({
      kind: 'fault',
      scenario,
      fault,
      on,
      rung: 'simulated',
      forgets,
      stage,
      atUs: queue.nowUs(),
      seen: null,
    })
}
