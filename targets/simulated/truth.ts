/** What a simulated node reads: the truth of a credential in place of its bytes, and the tokens that it issued itself. */
import type { Truth } from '../../harness/model/history.ts'
import type { Defect } from '../../harness/model/plan.ts'
import type { TargetFacts } from '../../harness/model/target.ts'
import type { Assertion, AssertionUsage, Party } from '../reference/decide.ts'
import type { Credential, Read } from '../reference/reading.ts'

/** Finds the registered party of a usage by the exact text of its `iss`. */
export type PartyOf = (usage: AssertionUsage, issuer: string | null) => Party | null

export function partiesOf({ principals }: Pick<TargetFacts, 'principals'>): PartyOf {
  const parties = new Map<string, Map<string, Party>>()
  for (const { id, subject, usage, keys } of principals) {
    if (usage === 'dpop-proof') continue
    const ofUsage = parties.get(usage) ?? new Map<string, Party>()
    parties.set(usage, ofUsage)
    const registered = keys.filter(({ mark }) => mark === undefined)
    const algorithms = registered.map(({ algorithm }) => algorithm)
    ofUsage.set(id, { id, subject, usage, algorithms })
  }
  return (usage, issuer) => (issuer === null ? null : (parties.get(usage)?.get(issuer) ?? null))
}

/** @param text What stands for its bytes, and differs where they would. */
export function readTruth(truth: Truth, { text, usage }: Credential, partyOf: PartyOf): Read {
  const { issuer, defect } = truth
  return {
    assertion: assertionOf(truth, { text, usage }),
    party: partyOf(usage, issuer),
    type: usage === 'bearer-token' && defect?.kind !== 'type' ? 'at+jwt' : null,
    claims: NO_CLAIMS,
  }
}

/** Nothing is known of what the harness did not make: the driver hands over JSON of the truth (Target.speaks). */
export function truthIn(text: string): Truth | null {
  try {
    const value: unknown = JSON.parse(text)
    return isTruth(value) ? value : null
  } catch {
    return null
  }
}

/** What the bytes of a credential would show of keys. */
export interface Signed {
  /** The name that the header gives; null where it gives none. */
  readonly kid: string | null
  /** The name of the key that signed. */
  readonly key: string
}

/** What the minter hands over with the truth (harness/drive/minting.ts); null of what it did not make. */
export function signedIn(text: string): Signed | null {
  try {
    const { signed }: { readonly signed?: Signed } = JSON.parse(text)
    return signed ?? null
  } catch {
    return null
  }
}

export const NO_TRUTH: Truth = {
  issuer: null,
  subject: null,
  audience: null,
  authentic: false,
  algorithm: null,
  jti: null,
  expUs: null,
  nbfUs: null,
  iatUs: null,
  defect: null,
}

function isTruth(value: unknown): value is Truth {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(NO_TRUTH).every((member) => member in value)
  )
}

function assertionOf(truth: Truth, { text, usage }: Credential): Assertion {
  const { issuer, subject, audience, jti, algorithm, authentic, defect } = truth
  return {
    usage,
    issuer,
    subject,
    audience,
    jti,
    algorithm,
    expSeconds: inSeconds(truth.expUs),
    nbfSeconds: inSeconds(truth.nbfUs),
    iatSeconds: inSeconds(truth.iatUs),
    verified: authentic && isReadable(defect, usage),
    malformed: NONE,
    text,
  }
}

const NONE: readonly string[] = []
const NO_CLAIMS = {}

function inSeconds(us: number | null): number | null {
  return us === null ? null : us / 1e6
}

/** Signed by the right key, and refused all the same by whoever reads the bytes (targets/reference/verify.ts). */
const UNREADABLE: ReadonlySet<string> = new Set([
  'b64-false',
  'claim-type',
  'crit-malformed',
  'crit-unknown',
  'header-text',
  'header-type',
  'nested',
  'nested-signed',
  'padded',
  'payload-text',
  'payload-unencoded',
  'respelt',
  'surrounded',
])

function isReadable(defect: Defect | null, usage: AssertionUsage): boolean {
  if (defect === null) return true
  // Of a bearer token the endpoints look at the type, and of a grant nobody.
  return defect.kind === 'type' ? usage !== 'client-authentication' : !UNREADABLE.has(defect.kind)
}
