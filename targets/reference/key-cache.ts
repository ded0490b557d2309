/** What a server keeps of the keys that a party publishes, and when it looks for them again. Pure; time is given. */
import type { Json } from '../../harness/model/plan.ts'

/** How keys that are published elsewhere are kept. */
export interface KeyCare {
  /** After so many seconds they are fetched again. */
  readonly maxAgeSeconds: number
  /** Whether a `kid` that nobody knows is a reason to fetch them at once, and how often in seconds at most. */
  readonly unknownKid: { readonly cooldownSeconds: number } | null
  /** Whether those that are no longer published are still taken. */
  readonly keeps: boolean
  /** Told of each fetch that succeeded: whose keys they are, and their names. Nobody wants to know where absent. */
  readonly fetched?: (party: string, kids: readonly string[]) => void
}

/** Where rotation takes seconds, so that a run can see it. */
export const FAULTLESS_CARE: KeyCare = {
  maxAgeSeconds: 2,
  unknownKid: { cooldownSeconds: 1 },
  keeps: false,
}

export interface KeyCache<Key> {
  readonly keys: readonly Key[]
  /** Whether they are to be fetched before a key of that name is looked for. */
  isDue(kid: Json | undefined, nowSeconds: number): boolean
  /** A fetch begins. */
  tried(nowSeconds: number): void
  /** A fetch has succeeded; one that fails leaves known what was known. */
  fetched(fresh: readonly Key[], nowSeconds: number): void
}

/** Where they cannot be fetched, each request would wait for that anew. */
const TRY_AGAIN_SECONDS = 0.5

/** @param party Whose keys they are. */
export function keyCache<Key extends { readonly kid: string }>(
  care: KeyCare,
  party: string,
): KeyCache<Key> {
  let known: readonly Key[] = []
  let fetchedSeconds = -Infinity
  let triedSeconds = -Infinity
  return {
    get keys() {
      return known
    },
    isDue(kid, nowSeconds) {
      if (fetchedSeconds === -Infinity) return true
      const since = nowSeconds - triedSeconds
      if (nowSeconds - fetchedSeconds >= care.maxAgeSeconds) return since >= TRY_AGAIN_SECONDS
      const isUnknown = kid !== undefined && !known.some((key) => key.kid === kid)
      return isUnknown && care.unknownKid !== null && since >= care.unknownKid.cooldownSeconds
    },
    tried(nowSeconds) {
      triedSeconds = nowSeconds
    },
    fetched(fresh, nowSeconds) {
      fetchedSeconds = nowSeconds
      known = care.keeps ? together(known, fresh) : fresh
      care.fetched?.(
        party,
        known.map(({ kid }) => kid),
      )
    },
  }
}

function together<Key extends { readonly kid: string }>(
  known: readonly Key[],
  fresh: readonly Key[],
): readonly Key[] {
  return [...fresh, ...known.filter(({ kid }) => !fresh.some((key) => key.kid === kid))]
}
