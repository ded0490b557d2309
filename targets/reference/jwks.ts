/** The keys of a party that publishes them itself (RFC 7591 §2, `jwks_uri`): fetched, kept for a while, and fetched again. */
import { importJWK, type CryptoKey, type JWK } from 'jose'
import type { Json } from '../../harness/model/plan.ts'
import { keyCache, type KeyCare } from './key-cache.ts'

export interface VerifyingKey {
  readonly kid: string
  readonly algorithm: string
  readonly key: CryptoKey
  /** Published by its party, which is not registered for its algorithm. */
  readonly idle: boolean
}

export interface PublishedKeys {
  readonly keys: readonly VerifyingKey[]
  /** Fetches them where that is due, before they are looked at. Never rejects: what was known stays known. */
  ready(kid: Json | undefined): Promise<void>
}

/** As long as a fetch may take. */
export const FETCH_SECONDS = 0.4
/** No set of keys that is one is longer. */
const MOST_BYTES = 65_536

/** @param party Whose keys they are. */
export function publishedKeys(uri: string, care: KeyCare, party: string): PublishedKeys {
  const cache = keyCache<VerifyingKey>(care, party)
  let fetching: Promise<void> | null = null
  const fetchAgain = async (): Promise<void> => {
    cache.tried(nowSeconds())
    const fresh = await fetched(uri).catch(() => null)
    if (fresh !== null) cache.fetched(fresh, nowSeconds())
  }
  return {
    get keys() {
      return cache.keys
    },
    async ready(kid) {
      if (!cache.isDue(kid, nowSeconds())) return
      fetching ??= fetchAgain().finally(() => void (fetching = null))
      await fetching
    },
  }
}

/** No clock that anybody may set. */
function nowSeconds(): number {
  return performance.now() / 1000
}

async function fetched(uri: string): Promise<readonly VerifyingKey[]> {
  const response = await fetch(uri, { signal: AbortSignal.timeout(FETCH_SECONDS * 1000) })
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
