/** What simulated clients have in common: one request is sent, and its observation told. */
import type {
  Answer,
  HistoryEvent,
  Observation,
  Presentation,
} from '../../harness/model/history.ts'
import type { Stream } from '../../harness/model/scenario.ts'
import type { Random } from '../../harness/model/target.ts'
import type { Ask } from './requests.ts'
import type { Minted } from './minting.ts'
import type { EventQueue } from './queue.ts'

/** Where clients live, and whom they tell. */
export interface Field {
  readonly queue: EventQueue
  /** When the round began. */
  readonly startUs: number
  readonly scenario: string
  readonly nodes: readonly string[]
  readonly ask: Ask
  readonly tell: (event: HistoryEvent) => void
  /** Takes one of the requests that may still be sent; false when there is none. */
  readonly enter: () => boolean
}

/** How what belongs to one stream begins. */
export interface Label {
  readonly step: string
  readonly caseId: string
  /** Of identifiers. */
  readonly stem: string
}

export function labelOf(stream: string, { scenario }: Field): Label {
  return { step: `${scenario}/r0/${stream}/`, caseId: `${scenario}/${stream}/`, stem: `${stream}-` }
}

/** What a request is asked as, where that is not a copy of a stream's credential. */
export interface AskedAs {
  readonly scenario: string
  readonly step: string
  readonly caseId: string
}

/** One copy of one credential of a stream. */
export interface Sending {
  readonly as?: AskedAs
  readonly label: Label
  readonly arrival: number
  readonly copy: number
  readonly last: boolean
  readonly principal: string
  readonly credential: Minted
  /** What goes with it in the same request. */
  readonly beside: Minted | null
  readonly node: string
  /** Whether the client asked for that node. */
  readonly named: boolean
  readonly dueUs: number
  readonly draws: Random | null
}

/** Sends a copy now, tells what came of it, and calls `then`; neither if nothing more may be sent. */
export function send(sending: Sending, field: Field, then: () => void): void {
  if (!field.enter()) return
  const begunUs = field.queue.nowUs()
  field.ask(sending, (answer) => {
    field.tell(observationOf(sending, field, begunUs, answer))
    then()
  })
}

function observationOf(
  { as, label, arrival, copy, last, principal, credential, beside, node, named, dueUs }: Sending,
  { scenario, queue }: Field,
  begunUs: number,
  answer: Answer,
): Observation {
  const own = presentationOf(credential, last)
  return {
    kind: 'observed',
    step: as?.step ?? `${label.step}${arrival}/c${copy}`,
    attempt: 1,
    caseId: as?.caseId ?? label.caseId + arrival,
    scenario: as?.scenario ?? scenario,
    round: 0,
    endpoint: 'token',
    node: named ? node : null,
    principal,
    connection: 1,
    reused: true,
    dueUs,
    begunUs,
    releasedUs: begunUs,
    answeredUs: answer.kind === 'none' ? null : queue.nowUs(),
    presented: beside === null ? [own] : [presentationOf(beside, last), own],
    answer,
  }
}

function presentationOf({ part, usage, key, truth }: Minted, last: boolean): Presentation {
  return { part, usage, key, last, truth }
}

/** Which node a copy goes to, as a plan would say (harness/plan/scenarios/stream.ts). */
export function nodeFor(
  rule: Stream['nodes'],
  arrival: number,
  copy: number,
  nodes: readonly string[],
): string {
  const at = (index: number): string => nodes[index % nodes.length] ?? ''
  if (typeof rule === 'object') return copy === 0 ? rule.first : rule.then
  switch (rule) {
    case 'rotate':
      return at(arrival)
    case 'first-then-others':
      return at(arrival + copy)
    case 'spread':
      return at(copy)
  }
}
