/**
 * A flaw of a cluster or of its store, or none, in one scenario: live and in simulated time. What is proved of both must be
 * the same, or the simulator shows another system than the one it stands for.
 */
import type { RunRecord } from '../harness/model/record.ts'
import { FLAWS } from '../targets/index.ts'

/** Null is the faultless reference. */
export const CLUSTERED: readonly (string | null)[] = [
  null,
  'no-replay-check',
  'replay-check-then-set',
  'memory-per-node',
  'partition-falls-back-to-local',
  'fails-open',
  'fails-closed-as-client-error',
  'small-memory',
  'forgets-before-leeway-ends',
  'forgets-after-a-minute',
  'memory-per-endpoint',
  'jwks-never-refreshed',
  'removed-key-lives',
  'junk-costs-a-fetch',
  'revoked-client-lives',
  'revoked-token-lives',
]

/** The names of the two targets; over a real Redis there is none of a flaw that lives in the reference's own store. */
export function twinsOf(
  flaw: string | null,
  over: 'embedded' | 'redis',
): { readonly live: string; readonly simulated: string } {
  const simulated = `simulated:${flaw ?? 'reference'}`
  if (over === 'redis') return { live: flaw === null ? 'redis' : `redis:${flaw}`, simulated }
  return { live: flaw === null ? 'embedded' : `flawed:${flaw}`, simulated }
}

export type Likeness =
  | { readonly kind: 'alike'; readonly findings: readonly string[] }
  | {
      readonly kind: 'unlike'
      readonly live: readonly string[]
      readonly simulated: readonly string[]
    }
  /** One of them saw too little, or cannot be asked. */
  | { readonly kind: 'unknown'; readonly because: string }

type Told = Pick<RunRecord, 'findings' | 'scenarios'>

/** What a flaw shows by chance alone is left out of both; the reference shows nothing. */
export function likeness(flaw: string | null, live: Told, simulated: Told): Likeness {
  const unsure = [live, simulated]
    .flatMap(({ scenarios }) => scenarios)
    .find(({ verdict }) => verdict === 'unsupported' || verdict === 'inconclusive')
  const [one, other] = [certain(flaw, live), certain(flaw, simulated)]
  if (one.join(' ') === other.join(' ') && unsure === undefined)
    return { kind: 'alike', findings: one }
  if (unsure !== undefined)
    return { kind: 'unknown', because: `${unsure.verdict}: ${unsure.because}` }
  return { kind: 'unlike', live: one, simulated: other }
}

function certain(flaw: string | null, { findings }: Told): readonly string[] {
  const may = FLAWS.find(({ name }) => name === flaw)?.may ?? []
  return findings
    .flatMap(({ id, obliges }) => (obliges && !may.includes(id) ? [id] : []))
    .toSorted()
}
