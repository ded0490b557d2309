/** One round: everything that goes on side by side in it, and what is told of it. */
import { idle, spinUntil } from '../clock.ts'
import type { Controls } from '../model/fault.ts'
import type { FaultEvent, HistoryEvent, Observation } from '../model/history.ts'
import type { Round } from '../model/plan.ts'
import { ask } from './ask.ts'
import type { Asked, Lane } from './ask.ts'
import { channel } from './channel.ts'
import type { Channel } from './channel.ts'
import { watchCrowds } from './crowds.ts'
import { readClocks } from './clocks.ts'
import { diligence, type Diligence } from './diligence.ts'
import type { Failures } from './failures.ts'
import { feedsOf, type Feed } from './feed.ts'
import { inflict, movesClocks } from './inflict.ts'
import type { Surgery } from './inflict.ts'
import { linked } from './linked.ts'
import type { DriverOptions, Pace } from './options.ts'
import type { Over } from './over.ts'
import { isPressable, openLoad } from './pressure.ts'
import { race, WARM_UP_US } from './race.ts'
import { schedule } from './schedule.ts'
import { watchTime } from './time-watch.ts'
import type { Unit } from './units.ts'
import { watchWall, type Wall } from './wall-watch.ts'

const LEAD_IN_US = 50_000

/** Long enough for a thread that is busy, short beside any lifetime. */
const AHEAD_US = 2_000_000

/** A second and more of the highest rate that a harness keeps, and some 60 MiB. */
const MOST_AHEAD = 32_768

/** What outlives a round. */
export interface Lasting extends DriverOptions {
  readonly closing: AbortSignal
  readonly over: Over
  readonly unmended: string[]
  readonly failures: Failures
  readonly wall: Wall | null
  readonly sending: Omit<Lane, 'scenario' | 'round' | 'stop' | 'giveUp' | 'heard'>
}

export async function* driveRound(
  round: Round,
  lasting: Lasting,
): AsyncGenerator<readonly HistoryEvent[], void, undefined> {
  const { session, clock, minter, sending, site } = lasting
  const feeds = feedsOf(round.steps, lasting.over)
  sending.credentials.expect(round.steps)
  const look = (): ReturnType<typeof readClocks> =>
    readClocks(session, clock, sending.cap, site.signal)
  yield await look()
  await minter.ready
  const before = await countersOf(session)
  const watched = diligence(
    minter,
    sending.credentials,
    sending.connections,
    session.clock === null,
  )
  const { events, failures, end } = setOff(round, feeds, { ...lasting, look, watched })
  try {
    yield* events
  } finally {
    // Whoever reads may have stopped. Then answers are not waited for, but the mending is.
    await end()
  }
  yield await look()
  const [atUs, { scenario }] = [clock.nowUs(), round]
  const counted = await countersOf(session)
  const gained = [...counted].map(
    ([name, value]) => [name, value - (before.get(name) ?? 0)] as const,
  )
  yield [...watched.conclude(), ...gained].map(([name, value]) => ({
    ...({ kind: 'measured', name, scenario, node: null, value, atUs } as const),
  }))
  if (failures.length > 0) throw failures[0]
}

/** What the target is counted by; nothing where it cannot be asked any more. */
async function countersOf({ counters }: Lasting['session']): Promise<ReadonlyMap<string, number>> {
  const counted = await counters?.().catch(() => ({}))
  return new Map(Object.entries(counted ?? {}))
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
  const stop = linked([site.signal, closing, halt.signal], done.signal)
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
    giveUp: linked([closing, away.signal], done.signal),
    heard: (node, exchange) => time.heard(node, exchange),
  }
  const see = (observation: Observation): void => {
    going.watched.see(observation)
    going.failures.see(observation)
    events.push(observation)
  }
  const sending = sendAll(feeds, { lane, startUs, see, events, fail, going })
  const tell = (event: FaultEvent): void => {
    if (movesClocks(event)) time.disturb()
    events.push(event)
  }
  const breaking = round.faults.map((window) =>
    inflict(window, surgeryFor(round, { ...going, startUs, stop, tell, lookNow: look })),
  )
  const all = Promise.all([sending, ...breaking].map((each) => each.catch(fail)))
  const over = linked([done.signal, stop])
  const wall = going.wall && watchWall(going.wall, clock, round.scenario, events.push)
  const watching = Promise.all([time.run(over), wall?.run(over)]).catch(fail)
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
  const { connections, cap, credentials, stop } = lane
  const crowds = live
    ? watchCrowds({ clock, stop, most: cap.most, open: (places) => connections.open(places), fail })
    : null
  return schedule(feeds, {
    clock,
    startUs,
    over,
    stop,
    aheadUs: pace.aheadUs ?? AHEAD_US,
    mostAhead: pace.mostAhead ?? MOST_AHEAD,
    wait:
      live && pace.spin === true
        ? (us, signal) => spinUntil(us, clock, signal)
        : (us, signal) => clock.sleepUntil(us, signal),
    breathe: live ? idle : async () => {},
    room: () => events.room(),
    leadUs: (unit) => leadUs(unit, pace),
    prepare(step, due) {
      crowds?.see(step, due)
      return { step, dueUs: due, begun: credentials.begin(step, due) }
    },
    start: (asked) => start(asked, sending).catch(fail),
  })
}

function surgeryFor(
  round: Round,
  going: Going &
    Pick<Surgery, 'startUs' | 'stop' | 'tell'> & { readonly lookNow: () => Promise<void> },
): Surgery {
  const { faults, site, clock, unmended, over, startUs, stop, tell, lookNow } = going
  return {
    scenario: round.scenario,
    faults,
    controls: controlsOf(round, going),
    site,
    clock,
    startUs,
    over,
    stop,
    tell,
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

function leadUs({ steps: [first] }: Unit, { handOverUs = 0 }: Pace): number {
  return first === undefined || first.race === null ? handOverUs : WARM_UP_US
}
