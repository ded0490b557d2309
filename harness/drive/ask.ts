/** Asks one step, and says what came of it. */
import type { Answer, Observation } from '../model/history.ts'
import type { Step } from '../model/plan.ts'
import type { Clock, Exchange, Message, Target } from '../model/target.ts'
import type { Cap } from './cap.ts'
import type { Connections } from './connections.ts'
import type { Credentials, Filled } from './credentials.ts'

/** A step that is due. */
export interface Asked {
  readonly step: Step
  readonly dueUs: number
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
}

/** The observation of the step; null when the lane was stopped before anything of it was sent. */
export async function ask(asked: Asked, lane: Lane): Promise<Observation | null> {
  const { step, dueUs } = asked
  const filled = await lane.credentials.fill(step, dueUs)
  const message = messageOf(step, filled, lane)
  if (message === null) return observe(asked, filled, null, lane)
  const leave = await lane.cap.enter(1, lane.stop)
  if (leave === null) return null
  const wire = await lane.connections.take(step)
  if (wire === null || lane.stop.aborted) {
    leave.unused()
    if (wire === null) return observe(asked, filled, null, lane)
    lane.connections.give(step, wire)
    return null
  }
  const exchange = wire.send(message, lane.giveUp)
  leave.used()
  const done = await exchange
  lane.connections.give(step, wire)
  return observe(asked, filled, done, lane)
}

/** The step as the target wants it; null when a part of it is not to be had. */
export function messageOf(step: Step, { texts }: Filled, { target }: Lane): Message | null {
  return texts === null ? null : target.present(step, texts)
}

/** What came of a step. Without an exchange nothing was sent. */
export function observe(
  { step, dueUs }: Asked,
  { presented }: Filled,
  exchange: Exchange | null,
  lane: Lane,
): Observation {
  const { connection, reused } = exchange ?? NO_CONNECTION
  const { begunUs, releasedUs, answeredUs } = stampsOf(exchange)
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
    answer: exchange === null ? UNSENT : answerOf(step, exchange, lane),
  }
}

const NO_CONNECTION = { connection: -1, reused: false }
const NO_STAMPS = { begunUs: null, releasedUs: null, answeredUs: null }
const UNSENT: Answer = { kind: 'none', cause: 'unsent' }

/** What was never written has no stamps. */
function stampsOf(exchange: Exchange | null): Pick<Observation, keyof typeof NO_STAMPS> {
  if (exchange === null || ('cause' in exchange.raw && exchange.raw.cause === 'unsent')) {
    return NO_STAMPS
  }
  return exchange
}

function answerOf(step: Step, exchange: Exchange, { target, tag, credentials }: Lane): Answer {
  const { answer, taken } = target.read(exchange.raw, step.endpoint, tag)
  credentials.keep(step.name, taken)
  return answer
}
