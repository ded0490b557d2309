/** A small world for the tests of the driver: time that jumps, a target that is a function, a minter that signs nothing. */
import { openDriver, type Driver } from '../../../harness/drive/driver.ts'
import type { Minter } from '../../../harness/drive/minting.ts'
import type { DriverOptions, Pace } from '../../../harness/drive/options.ts'
import { CupelError } from '../../../harness/errors.ts'
import type { Controls, Fault } from '../../../harness/model/fault.ts'
import type {
  FaultEvent,
  HistoryEvent,
  Observation,
  Truth,
} from '../../../harness/model/history.ts'
import type { Round, Source, Step } from '../../../harness/model/plan.ts'
import type {
  Clock,
  Message,
  RawAnswer,
  Session,
  Site,
  Target,
  Wires,
} from '../../../harness/model/target.ts'
import { seeded } from '../../../harness/random.ts'
import { openWires } from '../../../harness/wire/wires.ts'
import { jumpingClock } from './jumping-clock.ts'

/** What the target is asked: the endpoint and the parts of a step, as the message carries them. */
export interface Question {
  readonly step: string
  readonly node: string | null
  readonly parts: Readonly<Record<string, string>>
  readonly atUs: number
}

export type Verify = (question: Question, clock: Clock) => Promise<RawAnswer>

export interface World {
  readonly driver: Driver
  readonly clock: Clock
  /** Everything the target was asked, in order. */
  readonly asked: Question[]
  readonly stop: AbortController
  /** Drives a round to its end. */
  readonly drive: (
    steps: readonly Step[],
    round?: Partial<Round>,
  ) => Promise<readonly HistoryEvent[]>
}

export interface WorldOptions {
  readonly verify?: Verify
  readonly faults?: readonly Fault[]
  readonly controls?: Partial<Controls>
  readonly maxPerSecond?: number
  readonly maxFailures?: number
  readonly tooMany?: (why: string) => void
  readonly clockOf?: Session['clockOf']
  readonly clockIn?: NonNullable<Session['clockIn']>
  readonly minter?: Minter
  /** Time that is the machine's. */
  readonly clock?: Clock
  /** Time that is not. */
  readonly jumping?: Clock
  readonly wallUs?: () => number
  /** Nodes that nobody answers at. */
  readonly dead?: readonly string[]
  /** Opens the connection itself. */
  readonly connect?: (wires: Wires) => Session['connect']
  readonly speaks?: Target['speaks']
  readonly pace?: Pace
}

export const answer = (status = 200, body = '{}'): RawAnswer => ({
  status,
  headers: {},
  body: Buffer.from(body),
})

export function world(options: WorldOptions = {}): World {
  const clock = options.clock ?? options.jumping ?? jumpingClock()
  const asked: Question[] = []
  const stop = new AbortController()
  const wires = openWires(clock, { answerMs: 1000, answerBytes: 10_000 })
  const verify = options.verify ?? (async () => answer())
  const site: Site = {
    clock,
    random: seeded('test'),
    wires,
    signal: stop.signal,
    folder: '/nonexistent',
    note() {},
    adopt: () => () => {},
  }
  const target: Target = { ...TARGET, speaks: options.speaks ?? 'jwt', open: async () => session }
  const session: Session = {
    nodes: ['node-1', 'node-2'],
    controls: options.controls ?? {},
    // As in a run: null where time is the machine's.
    clock: options.clock === undefined ? clock : null,
    clocks: ['node-1', 'store'],
    connect: options.connect?.(wires) ?? connectTo,
    ...clocksOf(options),
    close: async () => {},
  }
  async function connectTo(node: string | null): ReturnType<Session['connect']> {
    if (node !== null && options.dead?.includes(node))
      throw new CupelError('ERR_TARGET_UNREACHABLE', 'nobody')
    return wires.call((message: Message) => {
      const question = {
        ...(JSON.parse(Buffer.from(message.body).toString()) as Question),
        atUs: clock.nowUs(),
      }
      asked.push(question)
      return verify(question, clock)
    })
  }
  const driver = openDriver({
    target,
    session,
    clock,
    site,
    minter: options.minter ?? plainMinter(),
    faults: options.faults ?? [],
    secret: Buffer.from('secret'),
    ...timesOf(options),
    limits: {
      maxPerSecond: options.maxPerSecond ?? null,
      maxFailures: options.maxFailures ?? null,
      tooMany: (why) => options.tooMany?.(why),
    },
  })
  return {
    driver,
    clock,
    asked,
    stop,
    drive: (steps, round = {}) =>
      collect(driver.drive({ scenario: 'test', round: 0, steps, faults: [], ...round })),
  }
}

function timesOf({ wallUs, pace = {} }: WorldOptions): Pick<DriverOptions, 'wallUs' | 'pace'> {
  return wallUs === undefined ? { pace } : { wallUs, pace }
}

function clocksOf({ clockOf, clockIn }: WorldOptions): Pick<Session, 'clockOf' | 'clockIn'> {
  return {
    clockOf:
      clockOf ??
      (async (node) => (node === 'store' ? null : { source: 'test', lowUs: -5, highUs: 5 })),
    ...(clockIn === undefined ? {} : { clockIn }),
  }
}

const TARGET: Omit<Target, 'speaks' | 'open'> = {
  facts: {
    name: 'test',
    kind: 'token-endpoint',
    usages: ['client-authentication'],
    issuer: 'https://issuer.example',
    endpoints: {},
    audiences: { values: [], complete: false },
    declares: {
      replay: null,
      leewaySeconds: null,
      maxLifetimeSeconds: null,
      path: 'unknown',
      survives: [],
    },
    principals: [],
    nodes: [],
    scope: null,
  },
  keys: {},
  present: (asked, made) => ({
    method: 'POST',
    path: `/${asked.endpoint}`,
    headers: {},
    body: Buffer.from(JSON.stringify({ step: asked.name, node: asked.node, parts: made })),
    heldBytes: 1,
  }),
  read(raw, _endpoint, tag) {
    if ('cause' in raw) return { answer: { kind: 'none', ...raw }, taken: {} }
    const text = Buffer.from(raw.body).toString()
    const token = /"token":"([^"]+)"/u.exec(text)?.[1]
    const seen = {
      code: null,
      active: null,
      headers: {},
      form: [],
      bytes: raw.body.byteLength,
      excerpt: '',
    }
    return {
      answer: {
        kind: 'reply',
        status: raw.status,
        ...seen,
        token: token === undefined ? null : tag(token),
      },
      taken: token === undefined ? {} : { 'access-token': token },
    }
  },
}

/** Bytes in the shape of a JWS, so that they can be altered; each minting has its number as jti. */
export function plainMinter(): Minter {
  let count = 0
  return {
    ready: Promise.resolve(),
    async mint(source, atUs) {
      const jti = `jti-${count++}`
      const segments = [{ alg: 'ES256' }, { jti, atUs }].map((each) =>
        Buffer.from(JSON.stringify(each)).toString('base64url'),
      )
      return {
        text: [...segments, 'c2lnbmF0dXJl'].join('.'),
        truth: { ...TRUTH, jti, issuer: source.signer },
      }
    },
    close: async () => {},
  }
}

export const TRUTH: Truth = {
  issuer: null,
  subject: null,
  audience: null,
  authentic: true,
  algorithm: 'ES256',
  jti: null,
  expUs: null,
  nbfUs: null,
  iatUs: null,
  defect: null,
}

export function step(name: string, due: number | string, change: Partial<Step> = {}): Step {
  return {
    name,
    caseId: name,
    due: typeof due === 'number' ? { atUs: due } : { after: due, plusUs: 0 },
    endpoint: 'token',
    node: 'node-1',
    principal: 'client',
    parts: { assertion: minted() },
    params: [],
    verifierNowSeconds: null,
    race: null,
    onChallenge: 'record',
    ...change,
  }
}

export function minted(last = true): Source {
  return {
    kind: 'minted',
    usage: 'client-authentication',
    signer: 'key',
    header: {},
    claims: {},
    defect: null,
    last,
  }
}

export function again(
  of: string,
  change: Partial<Extract<Source, { kind: 'again' }>> = {},
): Source {
  return { kind: 'again', step: of, part: 'assertion', altered: null, last: false, ...change }
}

export async function collect(
  events: AsyncIterable<readonly HistoryEvent[]>,
): Promise<HistoryEvent[]> {
  const all: HistoryEvent[] = []
  for await (const event of singly(events)) all.push(event)
  return all
}

/** One by one. Who stops reading stops the driver, as ever. */
export async function* singly(
  events: AsyncIterable<readonly HistoryEvent[]>,
): AsyncGenerator<HistoryEvent, void, undefined> {
  for await (const several of events) yield* several
}

export function observations(events: readonly HistoryEvent[]): readonly Observation[] {
  return events.filter((event) => event.kind === 'observed')
}

export function stages(events: readonly HistoryEvent[]): readonly FaultEvent['stage'][] {
  return events.filter((event) => event.kind === 'fault').map(({ stage }) => stage)
}

/** What came of a step, in a word. */
export function came({ answer: given }: Observation): string {
  return given.kind === 'none' ? given.cause : String(given.status)
}
