/** From plan to history: sends the steps of a round when they are due, breaks and mends what crosses it, tells what happened. */
import { createHmac } from 'node:crypto'
import { idle, spinUntil } from '../clock.ts'
import type { Controls, Fault } from '../model/fault.ts'
import type { HistoryEvent, Observation } from '../model/history.ts'
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
import { diligence, type Diligence } from './diligence.ts'
import { openFailures, type Failures } from './failures.ts'
import { feedsOf, type Feed } from './feed.ts'
import { inflict } from './inflict.ts'
import type { Surgery } from './inflict.ts'
import type { Minter } from './minting.ts'
import { openOver, type Over } from './over.ts'
import { isPressable, openLoad } from './pressure.ts'
import { race, WARM_UP_US } from './race.ts'
import { schedule } from './schedule.ts'
import { watchTime } from './time-watch.ts'
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
  readonly limits: Limits
  readonly pace?: Pace
}

export interface Limits {
  readonly maxPerSecond: number | null
  /** How many requests may fail before `tooMany` is called; null for any number. */
  readonly maxFailures?: number | null
  tooMany?(why: string): void
}

export interface Pace {
  /** Meets the time of each request by spinning, which takes a core, rather than by sleeping. */
  readonly spin?: boolean
  /** How far ahead of its time a credential is made, in microseconds. */
  readonly aheadUs?: number
  /** From the start of a round to its time zero, so that its first credentials are made when they are due. */
  readonly leadInUs?: number
}

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

const LEAD_IN_US = 50_000

/** Long enough for a thread that is busy, short beside any lifetime. */
const AHEAD_US = 2_000_000

/** More than a way through a network takes, and far less than a server waits for the rest of a request. */
const SETTLE_US = 30_000

export function openDriver(options: DriverOptions): Driver {
  const { target, session, clock, secret, limits } = options
  const closing = new AbortController()
  const connections = openConnections(session, clock)
  const lasting: Lasting = {
    ...options,
    closing: closing.signal,
    over: openOver(),
    unmended: [],
    failures: openFailures(limits.maxFailures ?? null, (why) => limits.tooMany?.(why)),
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
  readonly over: Over
  readonly unmended: string[]
  readonly failures: Failures
  readonly sending: Omit<Lane, 'scenario' | 'round' | 'stop' | 'giveUp' | 'heard'>
}

async function* driveRound(
  round: Round,
  lasting: Lasting,
): AsyncGenerator<readonly HistoryEvent[], void, undefined> {
  const { session, clock, minter, sending, site } = lasting
  const feeds = feedsOf(round.steps, lasting.over)
  sending.credentials.expect(round.steps.streams === undefined ? round.steps : [])
  const look = (): ReturnType<typeof readClocks> =>
    readClocks(session, clock, sending.cap, site.signal)
  yield await look()
  await minter.ready
  const watched = diligence(minter, sending.credentials, session.clock === null)
  const { events, failures, end } = setOff(round, feeds, { ...lasting, look, watched })
  try {
    yield* events
  } finally {
    // Whoever reads may have stopped. Then answers are not waited for, but the mending is.
    await end()
  }
  yield await look()
  const [atUs, { scenario }] = [clock.nowUs(), round]
  yield [...watched.conclude()].map(([name, value]) => ({
    ...({ kind: 'measured', name, scenario, node: null, value, atUs } as const),
  }))
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

interface Going extends Lasting {
  readonly look: () => ReturnType<typeof readClocks>
  readonly watched: Diligence
}

/** Starts everything that goes on side by side in a round. */
function setOff(round: Round, feeds: readonly Feed[], going: Going): UnderWay {
  const { clock, site, session, closing } = going
  const events = channel<HistoryEvent>(session.clock === null ? idle : undefined)
  const failures: unknown[] = []
  const [halt, away, done] = [new AbortController(), new AbortController(), new AbortController()]
  const stop = AbortSignal.any([site.signal, closing, halt.signal])
  const fail = (error: unknown): void => {
    failures.push(error)
    halt.abort()
  }
  const startUs = clock.nowUs() + (going.pace?.leadInUs ?? LEAD_IN_US)
  const look = async (): Promise<void> => {
    for (const reading of await going.look()) events.push(reading)
  }
  const time = watchTime(session, clock, events.push, look)
  const lane: Lane = {
    ...going.sending,
    scenario: round.scenario,
    round: round.round,
    stop,
    giveUp: AbortSignal.any([closing, away.signal]),
    heard: (node, exchange) => time.heard(node, exchange),
  }
  const see = (observation: Observation): void => {
    going.watched.see(observation)
    going.failures.see(observation)
    events.push(observation)
  }
  const sending = sendAll(feeds, { lane, startUs, see, events, fail, going })
  const breaking = round.faults.map((window) =>
    inflict(window, surgeryFor(round, { ...going, startUs, stop, events, lookNow: look })),
  )
  const all = Promise.all([sending, ...breaking].map((each) => each.catch(fail)))
  const watching = time.run(AbortSignal.any([done.signal, stop])).catch(fail)
  const ended = all.then(async () => {
    done.abort()
    await watching
    events.end()
  })
  return {
    events,
    failures,
    async end() {
      halt.abort()
      away.abort()
      await ended
    },
  }
}

interface Sending {
  readonly lane: Lane
  readonly startUs: number
  readonly see: (observation: Observation) => void
  readonly events: Channel<HistoryEvent>
  readonly fail: (error: unknown) => void
  readonly going: Going
}

function sendAll(feeds: readonly Feed[], sending: Sending): Promise<void> {
  const { lane, startUs, events, fail, going } = sending
  const { clock, session, over, pace = {} } = going
  const live = session.clock === null
  return schedule(feeds, {
    clock,
    startUs,
    over,
    stop: lane.stop,
    aheadUs: pace.aheadUs ?? AHEAD_US,
    wait:
      live && pace.spin === true
        ? (us, signal) => spinUntil(us, clock, signal)
        : (us, signal) => clock.sleepUntil(us, signal),
    breathe: live ? idle : async () => {},
    room: () => events.room(),
    leadUs,
    prepare: ({ step, dueUs }) => lane.credentials.begin(step, dueUs),
    start: (asked) => start(asked, sending).catch(fail),
  })
}

function surgeryFor(
  round: Round,
  going: Going &
    Pick<Surgery, 'startUs' | 'stop'> & {
      readonly events: Channel<HistoryEvent>
      readonly lookNow: () => Promise<void>
    },
): Surgery {
  const { faults, site, clock, unmended, startUs, stop, events, lookNow } = going
  return {
    scenario: round.scenario,
    faults,
    controls: controlsOf(round, going),
    site,
    clock,
    startUs,
    stop,
    tell: events.push,
    look: lookNow,
    unmended: (what) => unmended.push(what),
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

async function start(asked: readonly Asked[], { lane, see, events }: Sending): Promise<void> {
  const [first] = asked
  if (first === undefined) return
  if (first.step.race === null) {
    const observation = await ask(first, lane)
    if (observation !== null) see(observation)
    return
  }
  const { observations, spreadUs } = await race(asked, lane)
  for (const observation of observations) see(observation)
  if (spreadUs === null) return
  events.push({
    kind: 'measured',
    name: 'race/release-spread-ms',
    scenario: lane.scenario,
    node: first.step.node,
    value: spreadUs / 1000,
    atUs: lane.clock.nowUs(),
  })
}

function leadUs(unit: Unit): number {
  return unit.steps.some((step) => step.race !== null) ? WARM_UP_US : 0
}
