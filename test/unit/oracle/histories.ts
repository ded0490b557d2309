/** Short ways to write small histories down. Times are seconds from the start of the run, so that a case reads as a timeline. */
import type {
  Answer,
  FaultStage,
  HistoryEvent,
  Observation,
  Presentation,
  Truth,
} from '../../../harness/model/history.ts'
import type { JudgedTarget, Judging } from '../../../harness/model/judging.ts'
import type { Declarations, Policy } from '../../../harness/model/policy.ts'
import type { Stream } from '../../../harness/model/scenario.ts'
import type { Judgement } from '../../../harness/model/verdict.ts'
import { openJudge } from '../../../harness/oracle/judge.ts'
import { PROFILES } from '../../../suites/profiles/index.ts'

export const SECOND_US = 1_000_000
export const START_US = 1_800_000_000 * SECOND_US
export const RUN_ID = 'RUNRUNRUNRUNRUNRUNRUNR'

export const ISSUER = 'https://as.example'
export const TOKEN_ENDPOINT = 'https://as.example/token'
export const RESOURCE = 'https://api.example'

export function policyNamed(name: string): Policy {
  const found = PROFILES.find((each) => each.name === name)
  if (found === undefined) throw new RangeError(name)
  return found.policy
}

type Promises = Pick<
  Declarations,
  'replay' | 'leewaySeconds' | 'maxLifetimeSeconds' | 'path' | 'survives'
>

export const QUIET: Promises = {
  replay: null,
  leewaySeconds: null,
  maxLifetimeSeconds: null,
  path: 'direct',
  survives: [],
}

export function targetWith(declares: Partial<Promises> = {}, complete = false): JudgedTarget {
  const client = (id: string) =>
    ({ id, subject: id, usage: 'client-authentication', roles: ['honest'] }) as const
  return {
    name: 'small',
    kind: 'token-endpoint',
    issuer: ISSUER,
    tokenEndpoint: TOKEN_ENDPOINT,
    resource: RESOURCE,
    audiences: { values: [ISSUER], complete },
    declares: { ...QUIET, ...declares },
    nodes: ['node-1', 'node-2'],
    clocks: ['node-1', 'node-2'],
    principals: {
      honest: client('client-1'),
      hostile: client('client-2'),
      spare: client('client-3'),
      grants: {
        id: 'https://idp.example',
        subject: 'alice',
        usage: 'authorization-grant',
        roles: ['honest'],
      },
    },
  }
}

/** A right assertion of client-1, minted at `at` seconds for a minute. */
export function truthAt(at: number, more: Partial<Truth> = {}): Truth {
  const iatUs = START_US + Math.floor(at) * SECOND_US
  return {
    issuer: 'client-1',
    subject: 'client-1',
    audience: ISSUER,
    authentic: true,
    algorithm: 'ES256',
    jti: `aa11bb22${RUN_ID}`,
    expUs: iatUs + 60 * SECOND_US,
    nbfUs: null,
    iatUs,
    defect: null,
    ...more,
  }
}

export function presented(truth: Truth, more: Partial<Presentation> = {}): Presentation {
  return {
    part: 'client_assertion',
    usage: 'client-authentication',
    key: truth.jti,
    last: true,
    truth,
    ...more,
  }
}

type Reply = Extract<Answer, { kind: 'reply' }>

export function reply(status: number, more: Partial<Reply> = {}): Reply {
  return {
    kind: 'reply',
    status,
    code: null,
    active: null,
    headers: {},
    token: null,
    form: [],
    bytes: 100,
    excerpt: '',
    ...more,
  }
}

let tokens = 0
/** A 200 with a token that no other answer has. */
export function granted(more: Partial<Reply> = {}): Reply {
  return reply(200, { token: `token-${tokens++}`, ...more })
}
export const REFUSED = reply(401, { code: 'invalid_client' })
export const BUSY = reply(503, { code: 'temporarily_unavailable' })
export const LOST: Answer = { kind: 'none', cause: 'timeout' }

export interface Asked extends Partial<Observation> {
  readonly step: string
  readonly at: number
  readonly answer: Answer
}

/** One request, answered within 10 ms unless it says otherwise. */
export function asked({ step, at, answer, ...more }: Asked): Observation {
  const begunUs = START_US + Math.round(at * SECOND_US)
  const none = answer.kind === 'none'
  return {
    kind: 'observed',
    step,
    attempt: 1,
    caseId: step.slice(0, step.lastIndexOf('/')).replace('/r0/', '/'),
    scenario: step.slice(0, step.indexOf('/')),
    round: 0,
    endpoint: 'token',
    node: 'node-1',
    principal: 'honest',
    connection: 1,
    reused: true,
    dueUs: begunUs,
    begunUs,
    releasedUs: begunUs,
    answeredUs: none ? null : begunUs + 10_000,
    presented: [presented(truthAt(at, { jti: `${step}${RUN_ID}` }))],
    answer,
    ...more,
  }
}

export function judgingWith(more: Partial<Judging> = {}): Judging {
  return {
    policies: Object.fromEntries(PROFILES.map(({ name, policy }) => [name, policy])),
    asked: ['rfc7523bis'],
    strict: false,
    target: targetWith({ replay: 'single-use' }),
    blocks: [],
    checks: [],
    scenarios: [],
    ...more,
  }
}

export function streamOf(more: Partial<Stream> = {}): Stream {
  return {
    name: 'stream',
    attack: 'replay',
    usage: 'client-authentication',
    by: 'honest',
    arrivals: { kind: 'in-turn', count: 1 },
    copies: 2,
    release: 'in-turn',
    gapSeconds: 0,
    nodes: 'rotate',
    lifetimeSeconds: 60,
    ...more,
  }
}

/** All copies of one assertion of the stream `s/stream`, arrival `index`, minted when the first was sent. */
export function copies(
  index: number,
  sent: readonly { readonly at: number; readonly answer: Answer; readonly node?: string }[],
  more: Partial<Asked> = {},
): readonly Observation[] {
  const truth = truthAt(sent[0]?.at ?? 0, { jti: `jti-${index}-${RUN_ID}` })
  return sent.map(({ at, answer, node = 'node-1' }, copy) =>
    asked({
      step: `s/r0/stream/${index}/c${copy}`,
      at,
      answer,
      node,
      presented: [presented(truth, { last: copy === sent.length - 1 })],
      ...more,
    }),
  )
}

export function fault(
  stage: FaultStage,
  at: number,
  more: { forgets?: 'node' } = {},
): HistoryEvent {
  return {
    kind: 'fault',
    scenario: 's',
    fault: 'link.cut',
    on: 'node-2>store',
    rung: 'tcp-proxy',
    forgets: more.forgets ?? 'nothing',
    stage,
    atUs: START_US + at * SECOND_US,
    seen: null,
  }
}

/** A clock that is 50 ms ahead, so that an iat of the sending second is behind it for certain. */
function clocksAt(at: number): readonly HistoryEvent[] {
  return ['node-1', 'node-2'].map((node) => ({
    kind: 'clock',
    node,
    source: 'hook',
    atUs: START_US + at * SECOND_US,
    lowUs: 50_000,
    highUs: 51_000,
  }))
}

/** What a run writes around its events: a header, clocks read before and after, and a footer. */
export function whole(events: readonly HistoryEvent[]): readonly HistoryEvent[] {
  return [
    {
      kind: 'header',
      format: 1,
      tool: 'cupel test',
      runId: RUN_ID,
      seed: '1',
      startedUs: START_US,
      judging: null,
    },
    ...clocksAt(0),
    ...events,
    ...clocksAt(40),
    { kind: 'concluded', scenario: 's', result: null },
    { kind: 'footer', steps: 0, observed: 0, digest: '' },
  ]
}

export function judged(
  judging: Judging,
  events: readonly HistoryEvent[],
  profile = 'rfc7523bis',
): Judgement {
  const judge = openJudge(judging, profile)
  for (const event of events) judge.see(event)
  return judge.conclude()
}
