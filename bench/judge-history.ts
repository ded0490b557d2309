/** A history to judge at speed: honest traffic and replays of it, as one node after another sees them. */
import type { Answer, HistoryEvent, Observation, Truth } from '../harness/model/history.ts'
import type { Judging } from '../harness/model/judging.ts'
import type { JudgedTarget } from '../harness/model/judging.ts'
import type { Stream } from '../harness/model/scenario.ts'
import { PROFILES } from '../suites/profiles/index.ts'

const SECOND_US = 1_000_000
const START_US = 1_800_000_000 * SECOND_US
const ISSUER = 'https://as.example'
const RUN_ID = 'RUNRUNRUNRUNRUNRUNRUNR'
const NODES = ['node-1', 'node-2', 'node-3']

export interface Shape {
  readonly observations: number
  /** The share of keys that are presented two to four times; the others once. */
  readonly replayed: number
  /** Between the first presentation of a key and its last lie so many others, at most. */
  readonly spread: number
  readonly perSecond: number
  readonly lifetimeSeconds: number
}

const stream = (name: string, copies: number): Stream => ({
  name,
  attack: copies === 1 ? null : 'replay',
  usage: 'client-authentication',
  by: 'honest',
  arrivals: { kind: 'in-turn', count: 1 },
  copies,
  release: 'in-turn',
  gapSeconds: 0,
  nodes: 'spread',
  lifetimeSeconds: 300,
})

const STREAMS = [stream('honest', 1), stream('twice', 2), stream('thrice', 3), stream('often', 4)]

const TARGET: JudgedTarget = {
  name: 'bench',
  kind: 'token-endpoint',
  issuer: ISSUER,
  tokenEndpoint: `${ISSUER}/token`,
  resource: null,
  audiences: { values: [ISSUER], complete: true },
  declares: {
    replay: 'single-use',
    leewaySeconds: { grant: 10, refuse: 10 },
    maxLifetimeSeconds: 300,
    path: 'direct',
    survives: [],
  },
  nodes: NODES,
  clocks: NODES,
  principals: {
    honest: {
      id: 'honest',
      subject: 'honest',
      usage: 'client-authentication',
      roles: ['honest'],
    },
  },
}

export const JUDGING: Judging = {
  policies: Object.fromEntries(PROFILES.map(({ name, policy }) => [name, policy])),
  asked: ['rfc7523bis'],
  strict: false,
  target: TARGET,
  blocks: [],
  checks: [],
  scenarios: [
    {
      name: 'load',
      question: 'How fast is it judged?',
      means: { conforms: 'Right.', violates: 'Wrong.' },
      streams: STREAMS,
      faults: [],
      guards: [
        { name: 'pairs', counts: 'pairs', needed: 30 },
        { name: 'honest', counts: 'owed-accepts', stream: 'honest', needed: 30 },
      ],
      gates: [],
      maxUndecided: 0.01,
      unsupported: null,
    },
  ],
}

/** Events in the order of a file. Deterministic: a linear congruential generator draws. */
export function* history(shape: Shape): Iterable<HistoryEvent> {
  const { observations, replayed, spread, perSecond, lifetimeSeconds } = shape
  const draw = drawing(7)
  yield {
    kind: 'header',
    format: 1,
    tool: 'cupel bench',
    runId: RUN_ID,
    seed: '7',
    startedUs: START_US,
    judging: JSON.parse(JSON.stringify(JUDGING)),
  }
  /** Presentations to come, by their number. */
  const due = new Map<number, Pending[]>()
  let keys = 0
  let clockAtUs = -Infinity
  for (let at = 0; at < observations; at++) {
    const nowUs = START_US + Math.floor((at * SECOND_US) / perSecond)
    if (nowUs - clockAtUs >= SECOND_US) {
      clockAtUs = nowUs
      for (const node of NODES)
        yield { kind: 'clock', node, source: 'hook', atUs: nowUs, lowUs: -500, highUs: 700 }
    }
    const waiting = due.get(at)
    if (waiting !== undefined) due.delete(at)
    const again = waiting?.pop()
    if (waiting !== undefined && waiting.length > 0) {
      const next = due.get(at + 1)
      if (next === undefined) due.set(at + 1, waiting)
      else next.push(...waiting)
    }
    if (again !== undefined) {
      yield observed(again, at, nowUs, 'refused')
      continue
    }
    const copies = draw() < replayed ? 2 + Math.floor(draw() * 3) : 1
    const key = keys++
    const fresh: Pending = { key, copies, copy: 0, bornUs: nowUs, lifetimeSeconds }
    yield observed(fresh, at, nowUs, 'granted')
    for (let copy = 1; copy < copies; copy++) {
      const when = at + Math.ceil((spread * copy) / (copies - 1))
      const pending = { ...fresh, copy }
      const list = due.get(when)
      if (list === undefined) due.set(when, [pending])
      else list.push(pending)
    }
  }
  for (const node of NODES)
    yield {
      kind: 'clock',
      node,
      source: 'hook',
      atUs: START_US + Math.floor((observations * SECOND_US) / perSecond) + 60 * SECOND_US,
      lowUs: -500,
      highUs: 700,
    }
  yield { kind: 'concluded', scenario: 'load', result: null }
  yield { kind: 'footer', steps: observations, observed: observations, digest: '' }
}

interface Pending {
  readonly key: number
  readonly copies: number
  readonly copy: number
  readonly bornUs: number
  readonly lifetimeSeconds: number
}

const HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' }

const REFUSED = {
  kind: 'reply',
  status: 401,
  code: 'invalid_client',
  active: null,
  headers: HEADERS,
  token: null,
  form: [],
  bytes: 60,
  excerpt: '',
} satisfies Answer

function granted(token: string): Answer {
  return { ...REFUSED, status: 200, code: null, token, bytes: 200 }
}

function observed(
  { key, copies, copy, bornUs, lifetimeSeconds }: Pending,
  at: number,
  nowUs: number,
  what: 'granted' | 'refused',
): Observation {
  const iatUs = Math.floor(bornUs / SECOND_US) * SECOND_US
  const jti = `load/${key}/${RUN_ID}`
  const truth: Truth = {
    issuer: 'honest',
    subject: 'honest',
    audience: ISSUER,
    authentic: true,
    algorithm: 'ES256',
    jti,
    expUs: iatUs + lifetimeSeconds * SECOND_US,
    nbfUs: null,
    iatUs,
    defect: null,
  }
  const name = STREAMS[copies - 1]?.name ?? ''
  return {
    kind: 'observed',
    step: `load/r0/${name}/${key}/c${copy}`,
    attempt: 1,
    caseId: `load/${name}/${key}`,
    scenario: 'load',
    round: 0,
    endpoint: 'token',
    node: NODES[at % NODES.length] ?? null,
    principal: 'honest',
    connection: at % 50,
    reused: true,
    dueUs: nowUs,
    begunUs: nowUs,
    releasedUs: nowUs,
    answeredUs: nowUs + 900,
    presented: [
      {
        part: 'client_assertion',
        usage: 'client-authentication',
        key: `["token","client-authentication","honest","${jti}"]`,
        last: copy === copies - 1,
        truth,
      },
    ],
    answer: what === 'granted' ? granted(`t${key}`) : REFUSED,
  }
}

function drawing(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
