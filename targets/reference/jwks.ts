/** The keys of a party that publishes them itself (RFC 7591 §2, `jwks_uri`): fetched, kept for a while, and fetched again. */
import { importJWK, type CryptoKey, type JWK } from 'jose'
import type { Json } from '../../harness/model/plan.ts'

export interface VerifyingKey {
  readonly kid: string
  readonly algorithm: string
  readonly key: CryptoKey
  /** Published by its party, which is not registered for its algorithm. */
  readonly idle: boolean
}

/** How keys that are published elsewhere are kept. */
export interface KeyCare {
  /** After so many seconds they are fetched again. */
  readonly maxAgeSeconds: number
  /** Whether a `kid` that nobody knows is a reason to fetch them at once, and how often in seconds at most. */
  readonly unknownKid: { readonly cooldownSeconds: number } | null
  /** Whether those that are no longer published are still taken. */
  readonly keeps: boolean
}

/** Where rotation takes seconds, so that a run can see it. */
export const FAULTLESS_CARE: KeyCare = {
  maxAgeSeconds: 2,
  unknownKid: { cooldownSeconds: 1 },
  keeps: false,
}

export interface PublishedKeys {
  readonly keys: readonly VerifyingKey[]
  /** Fetches them where that is due, before they are looked at. Never rejects: what was known stays known. */
  ready(kid: Json | undefined): Promise<void>
}

const FETCH_MS = 400
/** No set of keys that is one is longer. */
const MOST_BYTES = 65_536

export function publishedKeys(uri: string, care: KeyCare): PublishedKeys {
  let known: readonly VerifyingKey[] = []
  let fetchedMs = -Infinity
  let triedMs = -Infinity
  let fetching: Promise<void> | null = null
  const fetchAgain = async (): Promise<void> => {
    triedMs = performance.now()
    const fresh = await fetched(uri).catch(() => null)
    if (fresh === null) return
    fetchedMs = performance.now()
    known = care.keeps ? together(known, fresh) : fresh
  }
  const isDue = (kid: Json | undefined): boolean => {
    const now = performance.now()
    if (fetchedMs === -Infinity) return true
    const since = (now - triedMs) / 1000
    if ((now - fetchedMs) / 1000 >= care.maxAgeSeconds) return since >= TRY_AGAIN_SECONDS
    const isUnknown = kid !== undefined && !known.some((key) => key.kid === kid)
    return isUnknown && care.unknownKid !== null && since >= care.unknownKid.cooldownSeconds
  }
  return {
    get keys() {
      return known
    },
    async ready(kid) {
      if (!isDue(kid)) return
      fetching ??= fetchAgain().finally(() => void (fetching = null))
      await fetching
    },
  }
}

/** Where they cannot be fetched, each request would wait for that anew. */
const TRY_AGAIN_SECONDS = 0.5

function together(
  known: readonly VerifyingKey[],
  fresh: readonly VerifyingKey[],
): readonly VerifyingKey[] {
  return [...fresh, ...known.filter(({ kid }) => !fresh.some((key) => key.kid === kid))]
}

async function fetched(uri: string): Promise<readonly VerifyingKey[]> {
  const response = await fetch(uri, { signal: AbortSignal.timeout(FETCH_MS) })
  const text = await response.text()
  if (!response.ok || text.length > MOST_BYTES) throw new RangeError('no set of keys')
  const set: { readonly keys: readonly JWK[] } = JSON.parse(text)
  return Promise.all(set.keys.map(verifyingKey))
}

async function verifyingKey(jwk: JWK): Promise<VerifyingKey> {
  const { kid = '', alg = '' } = jwk
  const key = await importJWK(jwk, alg)
  if (key instanceof Uint8Array) throw new TypeError('a party must not have a symmetric key')
  return { kid, algorithm: alg, key, idle: false }
}
