/** Asks one step, and says what came of it. */
import type { Answer, Observation } from '../model/history.ts'
import type { Step } from '../model/plan.ts'
import type { Clock, Exchange, Message, Target, Wire } from '../model/target.ts'
import type { Cap } from './cap.ts'
import type { Connections } from './connections.ts'
import type { Begun, Credentials } from './credentials.ts'
import type { Filled } from './filled.ts'

/** A step that is due. */
export interface Asked {
  readonly step: Step
  readonly dueUs: number
  /** What was made for it ahead; null where nothing was. */
  readonly begun: Begun
}

/** What sending needs; one for each round. */
export interface Lane {
  readonly scenario: string
  readonly round: number
  readonly target: Target
  readonly clock: Clock
  readonly credentials: Credentials
  readonly connections: Connections
  readonly cap: Cap
  readonly tag: (token: string) => string
  /** How long the written requests of a race are given to arrive and be read, so that only their tails are missing. */
  readonly settleUs: number
  /** Aborts when nothing more may be sent. */
  readonly stop: AbortSignal
  /** Aborts when answers are not waited for any more. */
  readonly giveUp: AbortSignal
  /** Told of every exchange with a node, as it ends. */
  readonly heard: (node: string | null, exchange: Exchange, answer: Answer) => void
}

/** The observation of the step; null when the lane was stopped before anything of it was sent. */
export async function ask(asked: Asked, lane: Lane): Promise<Observation | null> {
  const { step } = asked
  const { clock, connections, cap, credentials, stop } = lane
  // Leave and connection come first: a credential that is made for this moment is not to wait for them.
  const leave = await cap.enter(1, stop)
  if (leave === null) return null
  const wire = await connections.take(step)
  const filling = credentials.fill(step, clock.nowUs(), asked.begun)
  const filled = filling instanceof Promise ? await filling : filling
  if ('nobody' in wire) {
    leave.unused()
    // What would have been presented is told: it is owed an answer, and got none.
    return observe(asked, filled, { unsent: wire.nobody }, lane)
  }
  const message = messageOf(step, filled, lane)
  if (message === null || stop.aborted) {
    leave.unused()
    connections.give(step, wire)
    return message === null ? observe(asked, filled, unsent(filled), lane) : null
  }
  const done = await send(wire, message, asked, lane)
  if (done === null) leave.unused()
  else leave.used()
  connections.give(step, wire)
  return done === null ? null : observe(asked, filled, done, lane)
}

/** At its time, where it was begun before that; null when the lane was stopped meanwhile. */
async function send(
  wire: Wire,
  message: Message,
  { dueUs }: Asked,
  { clock, giveUp, stop }: Lane,
): Promise<Exchange | null> {
  if (clock.nowUs() >= dueUs) return wire.send(message, giveUp)
  if (wire.sendAt !== undefined) {
    const done = await wire.sendAt(dueUs, message, { signal: giveUp, stop })
    return stop.aborted && isUnsent(done) ? null : done
  }
  await clock.sleepUntil(dueUs, stop)
  return stop.aborted ? null : wire.send(message, giveUp)
}

function isUnsent({ raw }: Exchange): boolean {
  return 'cause' in raw && raw.cause === 'unsent'
}

/** The step as the target wants it; null when a part of it is not to be had. */
export function messageOf(step: Step, { texts }: Filled, { target }: Lane): Message | null {
  return texts === null ? null : target.present(step, texts)
}

/** Why nothing was sent: a part of it was not to be had. */
export function unsent({ missing = 'unknown' }: Filled): Unsent {
  return { unsent: missing }
}

export interface Unsent {
  readonly unsent: string
}

/** What came of a step. Without an exchange nothing was sent. */
export function observe(
  { step, dueUs }: Asked,
  { presented }: Filled,
  exchange: Exchange | Unsent,
  lane: Lane,
): Observation {
  const { begunUs, releasedUs, answeredUs, connection, reused } = stampsOf(exchange)
  return {
    kind: 'observed',
    step: step.name,
    attempt: 1,
    caseId: step.caseId,
    scenario: lane.scenario,
    round: lane.round,
    endpoint: step.endpoint,
    node: step.node,
    principal: step.principal,
    connection,
    reused,
    dueUs,
    begunUs,
    releasedUs,
    answeredUs,
    presented,
    answer: answerOf(step, exchange, lane),
    ...('after' in step.due ? AWAITED : {}),
  }
}

const AWAITED = { awaited: true } as const

const NO_STAMPS = { begunUs: null, releasedUs: null, answeredUs: null }

type Stamps = Pick<Observation, keyof typeof NO_STAMPS | 'connection' | 'reused'>

/** What was never written has no stamps. */
function stampsOf(exchange: Exchange | Unsent): Stamps {
  if ('unsent' in exchange) return { ...NO_STAMPS, connection: -1, reused: false }
  const { connection, reused } = exchange
  if (isUnsent(exchange)) return { ...NO_STAMPS, connection, reused }
  return exchange
}

function answerOf(step: Step, exchange: Exchange | Unsent, lane: Lane): Answer {
  if ('unsent' in exchange) return { kind: 'none', cause: 'unsent', detail: exchange.unsent }
  const { target, tag, credentials } = lane
  const { answer, taken } = target.read(exchange.raw, step.endpoint, tag)
  credentials.keep(step.name, taken)
  lane.heard(step.node, exchange, answer)
  return answer
}
