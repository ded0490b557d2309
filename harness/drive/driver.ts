/** From plan to history: sends the steps of a round when they are due, breaks and mends what crosses it, tells what happened. */
import { createHmac } from 'node:crypto'
import { idle, watchEventLoop } from '../clock.ts'
import type { Controls, Fault } from '../model/fault.ts'
import type { HistoryEvent } from '../model/history.ts'
import type { Round } from '../model/plan.ts'
import type { Clock, Session, Site, Target } from '../model/target.ts'
import { ask } from './ask.ts'
import type { Asked, Lane } from './ask.ts'
import { openCap } from './cap.ts'
import { channel } from './channel.ts'
import type { Channel } from './channel.ts'
import { readClocks } from './clocks.ts'
import { openConnections } from './connections.ts'
import { openCredentials } from './credentials.ts'
import { inflict } from './inflict.ts'
import type { Surgery } from './inflict.ts'
import type { Minter } from './minting.ts'
import { isPressable, openLoad } from './pressure.ts'
import { race, WARM_UP_US } from './race.ts'
import { schedule } from './schedule.ts'
import { unitsOf } from './units.ts'
import type { Unit } from './units.ts'

export interface DriverOptions {
  readonly target: Target
  readonly session: Session
  /** The session's own time, or the site's. */
  readonly clock: Clock
  readonly site: Site
  readonly minter: Minter
  readonly faults: readonly Fault[]
  /** The key of token tags; it dies with the process. */
  readonly secret: Uint8Array
  readonly limits: { readonly maxPerSecond: number | null }
}

export interface Driver {
  /**
   * Sends a round. Yields clock readings, exactly one observation for each step that was sent, and every stage of every
   * fault, in the order in which they happened; a race's observations once all of it is answered.
   *
   * When the site's signal aborts, nothing more is sent, what was sent is still observed, and every fault is mended
   * before it ends. Whoever stops reading also waits for the mending.
   *
   * @throws {RangeError} When a step could never become due.
   */
  drive(round: Round): AsyncIterable<HistoryEvent>
  /** What could not be mended, in words. */
  readonly unmended: readonly string[]
  /** Gives up what is in flight and closes all connections. */
  close(): Promise<void>
}

/** From the start of a round to its time zero, so that its first credentials are made when they are due. */
const LEAD_IN_US = 50_000

/** More than a way through a network takes, and far less than a server waits for the rest of a request. */
const SETTLE_US = 30_000

const EVENT_LOOP = 'generator/event-loop-delay-p99-ms'

export function openDriver(options: DriverOptions): Driver {
  const { target, session, clock, secret, limits } = options
  const closing = new AbortController()
  const connections = openConnections(session)
  const lasting: Lasting = {
    ...options,
    closing: closing.signal,
    over: new Map(),
    unmended: [],
    sending: {
      target,
      clock,
      connections,
      credentials: openCredentials(options.minter, target.speaks),
      cap: openCap(limits.maxPerSecond, clock, closing.signal),
      // In simulated time nothing travels.
      settleUs: session.clock === null ? SETTLE_US : 0,
      tag: (token) => createHmac('sha256', secret).update(token).digest('hex').slice(0, 16),
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

/** What outlives a round. */
interface Lasting extends DriverOptions {
  readonly closing: AbortSignal
  /** When each step was over. */
  readonly over: Map<string, number>
  readonly unmended: string[]
  readonly sending: Omit<Lane, 'scenario' | 'round' | 'stop' | 'giveUp'>
}

async function* driveRound(
  round: Round,
  lasting: Lasting,
): AsyncGenerator<HistoryEvent, void, undefined> {
  const { session, clock, minter } = lasting
  const steps = [...round.steps]
  const units = unitsOf(steps, lasting.over)
  lasting.sending.credentials.expect(steps)
  yield* await readClocks(session, clock)
  await minter.ready
  const loop = watchEventLoop()
  const { events, failures, end } = setOff(round, units, lasting)
  try {
    yield* events
  } finally {
    // Whoever reads may have stopped. Then answers are not waited for, but the mending is.
    await end()
  }
  yield* await readClocks(session, clock)
  const value = loop.stop().p99
  yield { kind: 'measured', name: EVENT_LOOP, node: null, value, atUs: clock.nowUs() }
  if (failures.length > 0) throw failures[0]
}

interface UnderWay {
  /** Ends when everything sent is observed and everything broken is mended. */
  readonly events: Channel<HistoryEvent>
  /** Errors of the harness; the first of them stops the round. */
  readonly failures: readonly unknown[]
  /** Sends nothing more, waits for no answer, mends. */
  readonly end: () => Promise<void>
}

/** Starts everything that goes on side by side in a round. */
function setOff(round: Round, units: readonly Unit[], lasting: Lasting): UnderWay {
  const { clock, site, session, faults, unmended, closing, over } = lasting
  const { scenario } = round
  const events = channel<HistoryEvent>()
  const failures: unknown[] = []
  const halt = new AbortController()
  const away = new AbortController()
  const stop = AbortSignal.any([site.signal, closing, halt.signal])
  const giveUp = AbortSignal.any([closing, away.signal])
  const fail = (error: unknown): void => {
    failures.push(error)
    halt.abort()
  }
  const startUs = clock.nowUs() + LEAD_IN_US
  const lane: Lane = { ...lasting.sending, scenario, round: round.round, stop, giveUp }
  const sending = schedule(units, {
    clock,
    startUs,
    over,
    stop,
    breathe: session.clock === null ? idle : async () => {},
    leadUs,
    prepare: ({ step, dueUs }) => lane.credentials.begin(step, dueUs),
    start: (asked) => start(asked, lane, events).catch(fail),
  })
  const surgery: Surgery = {
    scenario,
    faults,
    controls: controlsOf(round, lasting),
    site,
    clock,
    startUs,
    stop,
    tell: events.push,
    look: async () => {
      for (const reading of await readClocks(session, clock)) events.push(reading)
    },
    unmended: (what) => unmended.push(what),
  }
  const breaking = round.faults.map((window) => inflict(window, surgery))
  const all = Promise.all([sending, ...breaking].map((each) => each.catch(fail)))
  void all.then(events.end)
  return {
    events,
    failures,
    async end() {
      halt.abort()
      away.abort()
      await all
    },
  }
}

/** The target's levers and the harness's own. */
function controlsOf({ pressure }: Round, lasting: Lasting): Partial<Controls> {
  const { session, target, minter, clock, limits } = lasting
  if (pressure === undefined || !isPressable(session, limits.maxPerSecond)) return session.controls
  return {
    ...session.controls,
    load: openLoad({ template: pressure, session, target, minter, clock }),
  }
}

async function start(
  asked: readonly Asked[],
  lane: Lane,
  events: Channel<HistoryEvent>,
): Promise<void> {
  const [first] = asked
  if (first === undefined) return
  if (first.step.race !== null) {
    for (const observation of await race(asked, lane)) events.push(observation)
    return
  }
  const observation = await ask(first, lane)
  if (observation !== null) events.push(observation)
}

function leadUs(unit: Unit): number {
  return unit.steps.some((step) => step.race !== null) ? WARM_UP_US : 0
}
