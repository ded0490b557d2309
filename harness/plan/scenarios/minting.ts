/** The credentials of a stream's requests: all but their identifiers is made once, and shared by the requests. */
import type { Change } from '../../model/check.ts'
import { isObject } from '../../json.ts'
import type { Source } from '../../model/plan.ts'
import type { Policy } from '../../model/policy.ts'
import type { Stream } from '../../model/scenario.ts'
import type { KeyFacts, Principal, Random, TargetFacts } from '../../model/target.ts'
import {
  companion,
  controlAudience,
  controlClaims,
  controlHeader,
  controlSource,
  PART_OF,
} from '../control.ts'
import { anotherThan } from '../principals.ts'
import { changed, changedHeader } from '../request.ts'
import { stem } from '../stem.ts'

export interface Minting {
  readonly stream: Stream
  readonly by: Principal
  readonly facts: TargetFacts
  readonly policy: Policy
  readonly random: Random
}

/** What the client that must stand beside a grant authenticates with, freshly for each request; nothing where none must. */
export function besides(place: Minting): (name: string) => Readonly<Record<string, Source>> {
  const { stream, facts, policy, random } = place
  const making = { facts, policy, role: stream.by }
  const client = companion(stream.usage, making)
  if (client === undefined) return () => ALONE
  const usage = 'client-authentication'
  return (name) => ({
    [PART_OF[usage]]: controlSource(usage, client, stem(random, name), making),
  })
}

const ALONE = {}

/** Stands for the part of an identifier that each arrival has of its own. */
const UNNAMED = '(each its own)'

/** The source of each minted copy with one change: all but its identifier is the same object for all of them. */
export function mintingOf(
  minting: Minting,
  change: Change | undefined,
): (stem: string, last: boolean) => Source {
  const { stream, by, facts, policy } = minting
  const signing = signerFor(by, change, facts)
  if (signing === null) throw new RangeError(`nobody signs ${stream.name}`)
  const { lifetimeSeconds, usage } = stream
  const audience = controlAudience(usage, policy, facts)
  const claims = changed(
    controlClaims(usage, by, { audience, stem: UNNAMED, lifetimeSeconds, ...clientOf(minting) }),
    change,
    facts,
  )
  const named = isObject(claims['jti']) && claims['jti']['$jti'] === UNNAMED
  const header = changedHeader(controlHeader(usage, signing.key, { policy, facts }), change)
  const defect = change?.defect ?? null
  return (jti, last) => ({
    kind: 'minted',
    usage,
    signer: signing.key.name,
    header,
    claims: named ? { ...claims, jti: { $jti: jti } } : claims,
    defect,
    last,
  })
}

/** The client that a grant has to name, where one stands beside it. */
function clientOf({ stream, facts, policy }: Minting): { readonly clientId?: string } {
  const clientId = companion(stream.usage, { facts, policy, role: stream.by })?.id
  return clientId === undefined ? {} : { clientId }
}

export function signerFor(
  by: Principal,
  change: Change | undefined,
  facts: TargetFacts,
): { readonly signer: Principal; readonly key: KeyFacts } | null {
  const signer = change?.signedBy === undefined ? by : anotherThan(facts, by)
  const wanted = change?.algorithm
  const key = signer?.keys.find(
    ({ algorithm, mark }) => mark === change?.key && (wanted === undefined || wanted === algorithm),
  )
  return signer === undefined || key === undefined ? null : { signer, key }
}
