/** Where each node stops accepting what lies past an edge in time, all edges halved side by side. */
import type { ClockFound, EdgeFound, Interval } from '../model/probe.ts'
import { dated, type Ask, type Stimulus, type Told } from './asking.ts'

type Claim = EdgeFound['claim']

/** This far on the right side of an edge everybody accepts, short of a leeway of a minute taken the wrong way. */
const INSIDE_SECONDS = -50

/** What is accepted so far past an edge is not held back by it. */
const FURTHEST_SECONDS = 900

/** How exactly an edge is found, on the harness's clock, unless the way to the target takes longer. */
const EXACT_SECONDS = 0.1

const MOST_ROUNDS = 30

/** From here on it matters when in its second a request is sent. */
const COARSE_SECONDS = 4

interface Search {
  readonly claim: Claim
  readonly node: string | null
  readonly low: number | null
  readonly high: number | null
  readonly unsteady: boolean
  /** How wide the last answers were in time: a search can get no narrower. */
  readonly tookSeconds: number
}

/**
 * @param longestSeconds The longest life that is accepted: what lies ahead must end within it.
 * @param clocks By node.
 */
export async function edges(
  ask: Ask,
  nodes: readonly (string | null)[],
  longestSeconds: number,
  clocks: () => readonly ClockFound[],
): Promise<readonly EdgeFound[]> {
  const claims: readonly Claim[] = ['exp', 'nbf', 'iat']
  let searches = claims.flatMap((claim) => nodes.map((node) => fresh(claim, node)))
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const open = searches.filter((each) => nextOf(each, longestSeconds) !== null)
    if (open.length === 0) break
    const told = await ask(open.map((each) => stimulus(each, longestSeconds)))
    searches = searches.map((each) => {
      const index = open.indexOf(each)
      const answer = told[index]
      return answer === undefined ? each : heard(each, answer)
    })
  }
  return searches.map((each) => found(each, clocks()))
}

function fresh(claim: Claim, node: string | null): Search {
  return { claim, node, low: null, high: null, unsteady: false, tookSeconds: 0 }
}

/** How far past the edge to ask next, in seconds; null when enough is known. */
function nextOf(search: Search, longestSeconds: number): number | null {
  const { low, high, claim, unsteady } = search
  if (unsteady) return null
  const furthest = claim === 'exp' ? FURTHEST_SECONDS : furthestAhead(longestSeconds)
  if (low === null) return high === null || high > INSIDE_SECONDS + 1 ? INSIDE_SECONDS : null
  if (high === null) return low > furthest - 2 ? null : furthest
  if (high - low <= Math.max(EXACT_SECONDS, 2 * search.tookSeconds)) return null
  return (low + high) / 2
}

/** What begins later ends later, and must not meet the limit on lifetimes instead. */
function furthestAhead(longestSeconds: number): number {
  return Math.min(FURTHEST_SECONDS, longestSeconds - 2 * LEFT_SECONDS)
}

/** How long what begins ahead is good for once it has begun. */
const LEFT_SECONDS = 10

function stimulus(search: Search, longestSeconds: number): Stimulus {
  const { claim, node, low, high } = search
  const past = nextOf(search, longestSeconds) ?? 0
  const isFine = low !== null && high !== null && high - low < COARSE_SECONDS
  if (claim === 'exp') {
    const seconds = isFine ? Math.floor(past) : Math.round(past)
    return {
      node,
      change: dated({ exp: -seconds, iat: -seconds - 60 }),
      ...(isFine ? { phase: past - seconds } : {}),
    }
  }
  const seconds = isFine ? Math.ceil(past) : Math.round(past)
  const end = Math.min(longestSeconds, Math.max(60, seconds + LEFT_SECONDS))
  return {
    node,
    change: dated({ [claim]: seconds, exp: end }),
    ...(isFine ? { phase: seconds - past } : {}),
  }
}

/** An answer that tells nothing leaves the search where it is, and the next round asks again. */
function heard(search: Search, told: Told): Search {
  const range = pastOf(search.claim, told)
  if (range === null) return search
  const tookSeconds = range.high - range.low
  const next = { ...search, tookSeconds }
  if (told.outcome === 'accepted')
    return steady({ ...next, low: Math.max(search.low ?? -Infinity, range.low) })
  if (told.outcome === 'rejected')
    return steady({ ...next, high: Math.min(search.high ?? Infinity, range.high) })
  return next
}

function steady(search: Search): Search {
  const { low, high } = search
  return low !== null && high !== null && low > high ? { ...search, unsteady: true } : search
}

/** How far past the edge it was when the target looked at it. */
function pastOf(
  claim: Claim,
  { releasedUs, answeredUs, ...times }: Told,
): { readonly low: number; readonly high: number } | null {
  const us = { exp: times.expUs, nbf: times.nbfUs, iat: times.iatUs }[claim]
  if (us === null) return null
  return claim === 'exp'
    ? { low: (releasedUs - us) / 1e6, high: (answeredUs - us) / 1e6 }
    : { low: (us - answeredUs) / 1e6, high: (us - releasedUs) / 1e6 }
}

function found(search: Search, clocks: readonly ClockFound[]): EdgeFound {
  const { claim, node, low, high, unsteady } = search
  const clock = clocks.find((each) => each.node === node)
  const edgeSeconds = { low, high }
  const leewaySeconds = clock === undefined ? null : byItsClock(claim, edgeSeconds, clock)
  return { claim, node, edgeSeconds, leewaySeconds, unsteady }
}

/** A node that is ahead sees an end sooner and a beginning sooner too. */
function byItsClock(
  claim: Claim,
  { low, high }: Interval,
  { offsetSeconds }: ClockFound,
): Interval {
  const { low: least, high: most } = offsetSeconds
  const sum = (one: number | null, other: number | null): number | null =>
    one === null || other === null ? null : one + other
  return claim === 'exp'
    ? { low: sum(low, least), high: sum(high, most) }
    : {
        low: sum(low, most === null ? null : -most),
        high: sum(high, least === null ? null : -least),
      }
}
