/** What the tests of targets share: a site to open them on, and one request at a time over real sockets. */
import { tmpdir } from 'node:os'
import { machineClock } from '../../../harness/clock.ts'
import { mint } from '../../../harness/jwt/mint.ts'
import type { Answer } from '../../../harness/model/history.ts'
import type { Defect, Json, Step } from '../../../harness/model/plan.ts'
import type { Read, Session, Site, Target } from '../../../harness/model/target.ts'
import { freshRunId, seeded } from '../../../harness/random.ts'
import { openWires } from '../../../harness/wire/wires.ts'

export const clock = machineClock()
export const runId = freshRunId()

/** A site that knows which processes are alive by its own books. */
export function testSite(): Site & { readonly booked: ReadonlyMap<number, string> } {
  const booked = new Map<number, string>()
  return {
    clock,
    random: seeded('test'),
    wires: openWires(clock, { answerMs: 5000, answerBytes: 65_536 }),
    signal: new AbortController().signal,
    folder: tmpdir(),
    note: () => undefined,
    adopt(pid, name) {
      booked.set(pid, name)
      return () => void booked.delete(pid)
    },
    booked,
  }
}

export interface Assertion {
  /** A principal of the target. */
  readonly by: string
  /** Whose key signs; the principal's own when absent. */
  readonly signer?: string
  readonly claims?: Readonly<Record<string, Json>>
  readonly drop?: readonly string[]
  readonly header?: Readonly<Record<string, Json>>
  readonly defect?: Defect
}

let made = 0

/** An assertion that the target must accept, but for what is changed. */
export function assertion(
  target: Target,
  { by, signer, claims = {}, drop = [], header = {}, defect }: Assertion,
): string {
  const { id, subject, usage, keys } = principal(target, by)
  const key = keys[0]
  if (key === undefined) throw new RangeError(`${by} has no key`)
  const audience = usage === 'bearer-token' ? target.facts.endpoints.resource : target.facts.issuer
  const right = {
    iss: id,
    sub: subject,
    aud: audience ?? null,
    iat: { $now: 0 },
    exp: { $now: 60 },
    jti: { $jti: `${made++}-` },
    ...claims,
  }
  const kept = Object.fromEntries(Object.entries(right).filter(([name]) => !drop.includes(name)))
  const typ = usage === 'bearer-token' ? { typ: 'at+jwt' } : {}
  return mint(
    {
      kind: 'minted',
      usage,
      signer: signer ?? key.name,
      header: { alg: 'ES256', kid: key.kid, ...typ, ...header },
      claims: kept,
      defect: defect ?? null,
      last: true,
    },
    clock.nowUs(),
    {
      keys: target.keys,
      owners: Object.fromEntries(
        target.facts.principals.flatMap((one) => one.keys.map(({ name }) => [name, one.id])),
      ),
      runId,
    },
  ).text
}

export function principal(target: Target, name: string): Target['facts']['principals'][number] {
  const found = target.facts.principals.find((one) => one.name === name)
  if (found === undefined) throw new RangeError(`there is no principal ${name}`)
  return found
}

export interface Request {
  readonly endpoint?: string
  readonly node?: string
  readonly params?: Step['params']
  /** The credentials by part name, in the order sent. */
  readonly parts: Readonly<Record<string, string>>
}

export const CLIENT_CREDENTIALS: Step['params'] = [
  ['grant_type', 'client_credentials'],
  ['client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'],
]
export const JWT_GRANT: Step['params'] = [
  ['grant_type', 'urn:ietf:params:oauth:grant-type:jwt-bearer'],
]

/** The step that such a request is, with what it would present. */
export function stepOf({ endpoint = 'token', node, params = [], parts }: Request): Step {
  return {
    name: 'test/r0/case/step',
    caseId: 'test',
    due: { atUs: 0 },
    endpoint,
    node: node ?? null,
    principal: 'honest',
    parts: Object.fromEntries(
      Object.keys(parts).map((name) => [
        name,
        { kind: 'taken', step: 'none', what: 'access-token' },
      ]),
    ),
    params,
    verifierNowSeconds: null,
    race: null,
    onChallenge: 'record',
  }
}

/** Sends one request over a connection of its own and reads the answer as the harness would. */
export async function ask(target: Target, session: Session, request: Request): Promise<Read> {
  const step = stepOf(request)
  const wire = await session.connect(request.node ?? null, 'honest')
  try {
    const { raw } = await wire.send(
      target.present(step, request.parts),
      new AbortController().signal,
    )
    return target.read(raw, step.endpoint, () => 'tag')
  } finally {
    await wire.close()
  }
}

/** `200`, or `400 invalid_client`: what a reader wants to know first. */
export function brief(answer: Answer): string {
  if (answer.kind === 'none') return answer.cause
  return answer.code === null ? String(answer.status) : `${answer.status} ${answer.code}`
}

/** The time in a Date header, in microseconds. */
export function timeIn(header: string | undefined): number {
  // oxlint-disable-next-line no-restricted-globals -- it parses a text and reads no clock
  return Date.parse(header ?? '') * 1000
}
