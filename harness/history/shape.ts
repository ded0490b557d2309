/** Whether a line of a history is an event at all. Meaning is the judge's business. */
import type { HistoryEvent } from '../model/history.ts'

type Shape = 'text' | 'text?' | 'whole' | 'number' | 'stamp?' | 'truth' | 'list' | 'object' | 'any'

/** A list rather than a record: every line of a history is held against one. */
type Members = readonly (readonly [name: string, shape: Shape])[]

const members = (shapes: Readonly<Record<string, Shape>>): Members => Object.entries(shapes)

const OBSERVED = members({
  step: 'text',
  attempt: 'whole',
  caseId: 'text',
  scenario: 'text',
  round: 'whole',
  endpoint: 'text',
  node: 'text?',
  principal: 'text',
  connection: 'whole',
  reused: 'truth',
  dueUs: 'number',
  begunUs: 'stamp?',
  releasedUs: 'stamp?',
  answeredUs: 'stamp?',
  presented: 'list',
  answer: 'object',
})

const EVENTS: Readonly<Record<HistoryEvent['kind'], Members>> = {
  header: members({
    format: 'whole',
    tool: 'text',
    runId: 'text',
    seed: 'text',
    startedUs: 'number',
    judging: 'object',
  }),
  round: members({ scenario: 'text', round: 'whole', steps: 'whole', digest: 'text' }),
  observed: OBSERVED,
  fault: members({
    scenario: 'text',
    fault: 'text',
    on: 'text',
    rung: 'text',
    forgets: 'text',
    stage: 'text',
    atUs: 'number',
    seen: 'any',
  }),
  clock: members({
    node: 'text',
    source: 'text',
    atUs: 'number',
    lowUs: 'number',
    highUs: 'number',
  }),
  measured: members({ name: 'text', node: 'text?', value: 'number', atUs: 'number' }),
  concluded: members({ scenario: 'text', result: 'any' }),
  footer: members({ steps: 'whole', observed: 'whole', digest: 'text' }),
}

const PRESENTATION = members({
  part: 'text',
  usage: 'text',
  key: 'text?',
  last: 'truth',
  truth: 'object',
})

const ANSWERS: Readonly<Record<string, Members>> = {
  reply: members({
    status: 'whole',
    code: 'text?',
    headers: 'object',
    token: 'text?',
    form: 'list',
    bytes: 'whole',
  }),
  none: members({ cause: 'text' }),
}

type Loose = Readonly<Record<string, unknown>>

/**
 * Asserts that a value is an event; stamps that are no finite number, NaN among them, are none.
 *
 * @param fail Throws, given what is wrong in words.
 */
export function assertEvent(
  value: unknown,
  fail: (what: string) => never,
): asserts value is HistoryEvent {
  if (!isObject(value)) return fail('it is no JSON object')
  const kind = value['kind']
  if (!isKind(kind)) return fail(`no event is of kind ${JSON.stringify(kind)}`)
  const wrong = misshapen(value, EVENTS[kind]) ?? observedWrong(value)
  if (wrong !== null) fail(wrong)
}

function isKind(kind: unknown): kind is HistoryEvent['kind'] {
  return typeof kind === 'string' && Object.hasOwn(EVENTS, kind)
}

function observedWrong(value: Loose): string | null {
  if (value['kind'] !== 'observed') return null
  const { begunUs, releasedUs, answeredUs, presented, answer } = value
  if (typeof begunUs === 'number' && typeof releasedUs === 'number' && begunUs > releasedUs) {
    return 'its first byte was written after its last'
  }
  if (typeof begunUs === 'number' && typeof answeredUs === 'number' && begunUs > answeredUs) {
    return 'its answer came before it was begun'
  }
  if (!isObject(answer)) return 'it has no answer'
  const shape = ANSWERS[String(answer['kind'])]
  if (shape === undefined) return `no answer is of kind ${JSON.stringify(answer['kind'])}`
  const parts = Array.isArray(presented) ? presented : []
  const wrongs = parts.map((part) =>
    isObject(part) ? misshapen(part, PRESENTATION) : 'a part is no object',
  )
  return misshapen(answer, shape) ?? wrongs.find((wrong) => wrong !== null) ?? null
}

function misshapen(value: Loose, wanted: Members): string | null {
  for (const [name, shape] of wanted) {
    if (!fits(value[name], shape)) return `its ${name} is ${told(value[name])}`
  }
  return null
}

function fits(value: unknown, shape: Shape): boolean {
  switch (shape) {
    case 'text':
      return typeof value === 'string'
    case 'text?':
      return value === null || typeof value === 'string'
    case 'whole':
      return Number.isSafeInteger(value)
    case 'number':
      return Number.isFinite(value)
    case 'stamp?':
      return value === null || Number.isFinite(value)
    case 'truth':
      return typeof value === 'boolean'
    case 'list':
      return Array.isArray(value)
    case 'object':
      return isObject(value)
    case 'any':
      return value !== undefined
  }
}

function told(value: unknown): string {
  if (value === undefined) return 'missing'
  return typeof value === 'object' && value !== null ? 'of the wrong type' : JSON.stringify(value)
}

function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
