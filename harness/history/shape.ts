/** Whether a line of a history is an event at all. Meaning is the judge's business. */
import type { FaultStage, Forgets, HistoryEvent } from '../model/history.ts'
import type { Usage } from '../model/plan.ts'

type Shape =
  | 'text'
  | 'text?'
  | 'whole'
  | 'number'
  | 'number?'
  | 'stamp?'
  | 'truth'
  | 'list'
  | 'object'
  | 'object?'
  | 'any'
  | 'usage'
  | 'stage'
  | 'forgets'

/** What a shape is, in words that follow 'expected'. */
const EXPECTED: Readonly<Record<Shape, string>> = {
  text: 'text',
  'text?': 'text or null',
  whole: 'a whole number',
  number: 'a number',
  'number?': 'a number or null',
  'stamp?': 'a time in microseconds or null',
  truth: 'true or false',
  list: 'a list',
  object: 'an object',
  'object?': 'an object or null',
  any: 'something',
  usage: 'a usage that there is',
  stage: 'a stage of a fault',
  forgets: 'nothing, node or shared',
}

/** A name outside these would be passed over: a fault that nobody saw, a credential that nothing is owed. */
const NAMES: Readonly<Record<'usage' | 'stage' | 'forgets', ReadonlySet<unknown>>> = {
  usage: new Set<Usage>([
    'client-authentication',
    'authorization-grant',
    'bearer-token',
    'dpop-proof',
  ]),
  stage: new Set<FaultStage>([
    'inflicting',
    'confirmed',
    'unconfirmed',
    'mending',
    'mended',
    'unmended',
  ]),
  forgets: new Set<Forgets>(['nothing', 'node', 'shared']),
}

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
    forgets: 'forgets',
    stage: 'stage',
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
  usage: 'usage',
  key: 'text?',
  last: 'truth',
  truth: 'object',
})

/** What a credential is by construction: a member that is missing would be taken for something that is wrong with it. */
const TRUTH = members({
  issuer: 'text?',
  subject: 'text?',
  audience: 'any',
  authentic: 'truth',
  algorithm: 'text?',
  jti: 'text?',
  expUs: 'number?',
  nbfUs: 'number?',
  iatUs: 'number?',
  defect: 'object?',
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
  const wrong = misshapen(value, EVENTS[kind]) ?? observedWrong(value) ?? clockWrong(value)
  if (wrong !== null) fail(wrong)
}

function isKind(kind: unknown): kind is HistoryEvent['kind'] {
  return typeof kind === 'string' && Object.hasOwn(EVENTS, kind)
}

function clockWrong({ kind, lowUs, highUs }: Loose): string | null {
  if (kind !== 'clock' || Number(lowUs) <= Number(highUs)) return null
  return 'its clock is further ahead at the least than at the most'
}

function observedWrong(value: Loose): string | null {
  if (value['kind'] !== 'observed') return null
  const { presented, answer } = value
  if (!isObject(answer)) return 'it has no answer'
  const shape = ANSWERS[String(answer['kind'])]
  if (shape === undefined) return `no answer is of kind ${JSON.stringify(answer['kind'])}`
  const wrong = stampsWrong(value, answer) ?? misshapen(answer, shape)
  if (wrong !== null || !Array.isArray(presented)) return wrong
  for (const part of presented) {
    const wrongPart = partWrong(part)
    if (wrongPart !== null) return wrongPart
  }
  return null
}

function stampsWrong({ begunUs, releasedUs, answeredUs }: Loose, { kind }: Loose): string | null {
  if (typeof begunUs === 'number' && typeof releasedUs === 'number' && begunUs > releasedUs) {
    return 'its first byte was written after its last'
  }
  if (typeof begunUs === 'number' && typeof answeredUs === 'number' && begunUs > answeredUs) {
    return 'its answer came before it was begun'
  }
  if (kind === 'reply' && (begunUs === null || answeredUs === null)) {
    return 'it was answered, and nobody says when it was begun and answered'
  }
  return null
}

function partWrong(part: unknown): string | null {
  if (!isObject(part)) return 'a part is no object'
  const { truth } = part
  return misshapen(part, PRESENTATION) ?? (isObject(truth) ? misshapen(truth, TRUTH) : null)
}

function misshapen(value: Loose, wanted: Members): string | null {
  for (const [name, shape] of wanted) {
    if (!fits(value[name], shape))
      return `its ${name} is ${told(value[name])}; expected ${EXPECTED[shape]}`
  }
  return null
}

function fits(value: unknown, shape: Shape): boolean {
  return FITS[shape](value)
}

const FITS: Readonly<Record<Shape, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  'text?': (value) => value === null || typeof value === 'string',
  whole: (value) => Number.isSafeInteger(value),
  number: (value) => Number.isFinite(value),
  'number?': (value) => value === null || Number.isFinite(value),
  'stamp?': (value) => value === null || Number.isFinite(value),
  truth: (value) => typeof value === 'boolean',
  list: (value) => Array.isArray(value),
  object: isObject,
  'object?': (value) => value === null || isObject(value),
  any: (value) => value !== undefined,
  usage: (value) => NAMES.usage.has(value),
  stage: (value) => NAMES.stage.has(value),
  forgets: (value) => NAMES.forgets.has(value),
}

function told(value: unknown): string {
  if (value === undefined) return 'missing'
  return typeof value === 'object' && value !== null ? 'of the wrong type' : JSON.stringify(value)
}

function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
