/** How well the driver did its own job in a round: without it a slow harness reads as a slow target. */
import { cpu, histogram, watchEventLoop } from '../clock.ts'
import { isDropped } from '../dropped.ts'
import type { Observation } from '../model/history.ts'
import type { Connections } from './connections.ts'
import type { Credentials } from './credentials.ts'
import type { Minter } from './minting.ts'

export interface Diligence {
  see(observation: Observation): void
  /** By name, in milliseconds, shares and counts, once the round is over. */
  conclude(): ReadonlyMap<string, number>
}

/**
 * @param live Whether time is the machine's. In simulated time nothing takes any of it, and nothing of the machine is
 *   told, so that the same seed tells the same.
 */
export function diligence(
  minter: Minter,
  { counts }: Credentials,
  connections: Pick<Connections, 'waited'>,
  live: boolean,
): Diligence {
  const [late, fromDue, fromBegun] = [histogram(), histogram(), histogram()]
  const before = { ...counts, waited: connections.waited }
  const machine = live ? watchMachine() : null
  let dropped = 0
  let backlog = 0
  return {
    see({ begunUs, dueUs, answeredUs, answer, awaited }) {
      backlog = Math.max(backlog, minter.backlog ?? 0)
      if (begunUs !== null && answeredUs !== null) {
        fromDue.record(answeredUs - dueUs)
        fromBegun.record(answeredUs - begunUs)
      }
      if (begunUs !== null) {
        if (awaited !== true) late.record(begunUs - dueUs)
      } else if (isDropped(answer)) dropped++
    },
    conclude: () =>
      new Map([
        ['generator/due-to-begun-p50-ms', late.percentile(50) / 1000],
        ['generator/due-to-begun-p99-ms', late.percentile(99) / 1000],
        ['generator/due-to-begun-max-ms', late.most() / 1000],
        ['generator/dropped', dropped],
        ['generator/waited-for-a-connection', connections.waited - before.waited],
        ['latency/from-due-p50-ms', fromDue.percentile(50) / 1000],
        ['latency/from-due-p99-ms', fromDue.percentile(99) / 1000],
        ['latency/from-begun-p50-ms', fromBegun.percentile(50) / 1000],
        ['latency/from-begun-p99-ms', fromBegun.percentile(99) / 1000],
        ['generator/not-minted-in-time', counts.late - before.late],
        ['generator/minted-again', counts.again - before.again],
        ...(machine === null
          ? []
          : ([['generator/minting-backlog-max', backlog], ...machine.conclude()] as const)),
        ...(minter.measured?.() ?? []),
      ]),
  }
}

function watchMachine(): { conclude(): readonly (readonly [string, number])[] } {
  const loop = watchEventLoop()
  const work = cpu()
  return {
    conclude() {
      const { p99, most } = loop.stop()
      const { share, loopShare } = work()
      return [
        ['generator/event-loop-delay-p99-ms', p99],
        ['generator/event-loop-delay-max-ms', most],
        ['generator/cpu-share', share],
        ['generator/event-loop-share', loopShare],
        // The other threads work meanwhile, so it is this much at least.
        ['generator/waited-for-a-core-share', Math.max(0, loopShare - share)],
      ]
    },
  }
}
