/** A simulated system, and assertions as it is handed them. */
import { truthOf } from '../../../../harness/jwt/mint.ts'
import type { Json } from '../../../../harness/model/plan.ts'
import type { Session, Target } from '../../../../harness/model/target.ts'
import { seeded } from '../../../../harness/random.ts'
import { simulated } from '../../../../targets/simulated/target.ts'
import { brief, CLIENT_CREDENTIALS, principal, stepOf, testSite } from '../system.ts'

export interface System {
  readonly target: Target
  readonly session: Session
}

/** What comes of one assertion at one node. */
export async function answerAt(
  system: System,
  node: string,
  client_assertion: string,
): Promise<string> {
  const { target, session } = system
  const request = { params: CLIENT_CREDENTIALS, parts: { client_assertion } }
  const wire = await session.connect(node, 'honest')
  const { raw } = await wire.send(
    target.present(stepOf(request), request.parts),
    new AbortController().signal,
  )
  return brief(target.read(raw, 'token', (token) => token).answer)
}

export interface Change {
  readonly claims?: Readonly<Record<string, Json>>
  /** The name of the key that signs; the party's own when absent. */
  readonly signer?: string
  /** What the header calls it; nothing when absent. */
  readonly kid?: string
}

let made = 0

/** The truth of an assertion that must be accepted, but for what is changed; as JSON, which simulated targets speak. */
export function truth(
  { target, session }: System,
  by: string,
  { claims = {}, signer, kid }: Change = {},
): string {
  const { id, subject, usage, keys } = principal(target, by)
  const owners = Object.fromEntries(
    target.facts.principals.flatMap((one) => one.keys.map(({ name }) => [name, one.id])),
  )
  const aud =
    usage === 'bearer-token' ? (target.facts.endpoints.resource ?? '') : target.facts.issuer
  const right = {
    iss: id,
    sub: subject,
    aud,
    iat: { $now: 0 },
    exp: { $now: 60 },
    jti: { $jti: `${made++}-` },
  }
  const source = {
    kind: 'minted',
    usage,
    signer: signer ?? keys[0]?.name ?? '',
    header: { alg: 'ES256' },
    claims: { ...right, ...claims },
    defect: null,
    last: true,
  } as const
  const atUs = session.clock?.nowUs() ?? 0
  const told = truthOf(source, atUs, { keys: target.keys, owners, runId: 'the-run' })
  return JSON.stringify({ ...told, signed: { kid: kid ?? null, key: source.signer } })
}

export async function opened(seed = 'simulated'): Promise<System> {
  const target = simulated(seeded(seed))
  return { target, session: await target.open(testSite()) }
}
