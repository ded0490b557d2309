/** From plan to history: sends the steps of a round when they are due, breaks and mends what crosses it, tells what happened. */
import type { HistoryEvent } from '../model/history.ts'
import type { Round } from '../model/plan.ts'
import { openCap } from './cap.ts'
import { openConnections } from './connections.ts'
import { openCredentials } from './credentials.ts'
import { openFailures } from './failures.ts'
import type { DriverOptions } from './options.ts'
import { Over } from './over.ts'
import { driveRound, type Lasting } from './round.ts'
import { tagger } from './tag.ts'
import { openWall } from './wall-watch.ts'

export interface Driver {
  /**
   * Sends a round. Yields, a handful at a time and in the order in which they happened: clock readings, exactly one
   * observation for each step that was sent, and every stage of every fault; a race's observations once all of it is
   * answered.
   *
   * When the site's signal aborts, nothing more is sent, what was sent is still observed, and every fault is mended
   * before it ends. Whoever stops reading also waits for the mending.
   *
   * @throws {RangeError} When a step could never become due.
   */
  drive(round: Round): AsyncIterable<readonly HistoryEvent[]>
  /** What could not be mended, in words. */
  readonly unmended: readonly string[]
  /** Gives up what is in flight and closes all connections. */
  close(): Promise<void>
}

/** More than a way through a network takes, and far less than a server waits for the rest of a request. */
const SETTLE_US = 30_000

export function openDriver(options: DriverOptions): Driver {
  const { target, session, clock, secret, limits } = options
  const closing = new AbortController()
  const connections = openConnections(session, clock, options.pace?.connections)
  const lasting: Lasting = {
    ...options,
    closing: closing.signal,
    over: new Over(),
    unmended: [],
    wall: options.wallUs === undefined ? null : openWall(options.wallUs, clock),
    failures: openFailures(limits.maxFailures ?? null, (why) => limits.tooMany?.(why)),
    sending: {
      target,
      clock,
      connections,
      credentials: openCredentials(options.minter, target),
      cap: openCap(limits.maxPerSecond, clock, closing.signal),
      // In simulated time nothing travels.
      settleUs: session.clock === null ? SETTLE_US : 0,
      tag: tagger(secret),
    },
  }
  return {
    drive: (round) => driveRound(round, lasting),
    unmended: lasting.unmended,
    async close() {
      closing.abort()
      await connections.close()
    },
  }
}
