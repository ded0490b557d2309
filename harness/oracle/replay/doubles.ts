/** Which acceptances of one replay key were too many, and which of those no memory and no clock can explain. */
import { answeredOf, begunOf, type DoubleAccept, type Use } from './use.ts'

/** One token issued: the acceptance that began first, and the span in which it was issued. */
interface Issuance<U extends Use> {
  readonly use: U
  /** Its place among all of the key, in the order in which they began. */
  readonly rank: number
  readonly begunUs: number
  /** No answer can carry a token that was not issued yet, so this is the earliest answer with it. */
  answeredUs: number
}

/** What a double accept is measured against; times in microseconds. */
export interface Memory {
  /** By how much a right memory may have ended before its time in the span, for the sake of its clocks. */
  readonly earlyUs: (fromUs: number, toUs: number) => number
  /** The faults met in the span after which any memory would be empty, but for those the target says it survives. */
  readonly forgetting: (fromUs: number, toUs: number) => readonly string[]
}

/** What double accepts are told by: the memory that a right target has, and what its tokens say. */
export interface Evidence extends Memory {
  /** Whether its token was given out for another assertion as well, and so does not tell one issuance from another. */
  readonly shared: (use: Use) => boolean
}

export interface Doubles<U extends Use> {
  readonly sameToken: readonly (readonly [U, U])[]
  /** One for each issuance but the first, in the order in which they began. */
  readonly doubles: readonly DoubleAccept<U>[]
}

/** The quantum in which a target may round times and lifetimes: one second. */
const QUANTUM_US = 1_000_000

/**
 * Finds the double accepts among the acceptances of one replay key.
 *
 * Two issuances contradict each other if in the whole span from the earlier beginning to the later answer no memory can
 * rightly have ended: its clocks had not come to a second before the end of the leeway, and no fault that forgets was
 * met. The target may have judged either one first, so both answers must lie within that bound, not only
 * that of the one that began later [one judged at once and one held up until past exp].
 *
 * Where exp is not known the memory's end is not: a server may bound what it accepts, and so what it remembers, by iat or
 * by a lifetime of its own, and nodes whose clocks differ then accept twice at that edge. Two uses that differ in exp, nbf
 * or iat are two signed objects of one issuer, which may not happen (RFC 7519 §4.1.7): there is no one memory to measure
 * them against, and a server may remember the objects themselves. Both are false for the world alone.
 *
 * Contradiction is transitive, so it cuts the issuances into classes, fewer and larger ones the longer the leeway is. The
 * first of each class may have been right; every other member is false in the code's frame too. One sweep by answer
 * finds what each one contradicts: of those answered before, the one that began last makes the shortest span. Classes
 * then grow by their links in the order of the leeway that these need. O(n log n).
 *
 * @param accepted In the order in which they began; at least two.
 */
export function doubleAccepts<U extends Use>(accepted: readonly U[], memory: Evidence): Doubles<U> {
  const { issuances, sameToken } = byToken(accepted, memory.shared)
  const [first, ...seconds] = issuances
  if (first === undefined) return { doubles: [], sameToken }
  const joined = joinings(issuances, memory)
  const doubles = seconds.map((second) => {
    const { needsUs, partner } = joined.get(second) ?? NEVER
    return {
      first: first.use,
      second: second.use,
      needsUs,
      partner,
      straddles: memory.forgetting(...span(first, second)),
    }
  })
  return { doubles, sameToken }
}

/**
 * Answers with the identical token are one issuance, unless the target keeps a token for a client and hands it to every
 * request: then the token says nothing of the assertion.
 */
function byToken<U extends Use>(
  accepted: readonly U[],
  shared: Evidence['shared'],
): {
  issuances: readonly Issuance<U>[]
  sameToken: [U, U][]
} {
  const issuances: Issuance<U>[] = []
  const sameToken: [U, U][] = []
  const withToken = new Map<string | null, Issuance<U>>()
  for (const use of accepted) {
    const token = shared(use) ? null : use.token
    const known = withToken.get(token)
    if (known === undefined) {
      const rank = issuances.length
      const issuance = { use, rank, begunUs: begunOf(use), answeredUs: answeredOf(use) }
      issuances.push(issuance)
      if (token !== null) withToken.set(token, issuance)
    } else {
      known.answeredUs = Math.min(known.answeredUs, answeredOf(use))
      sameToken.push([known.use, use])
    }
  }
  return { issuances, sameToken }
}

/** From which leeway on an issuance is no longer the first of its class, and which one is. */
interface Joining<U extends Use> {
  readonly needsUs: number
  readonly partner: U | null
}

const NEVER = { needsUs: Infinity, partner: null } as const

interface Link<U extends Use> {
  readonly one: Issuance<U>
  readonly other: Issuance<U>
  readonly needsUs: number
}

function joinings<U extends Use>(
  issuances: readonly Issuance<U>[],
  memory: Memory,
): ReadonlyMap<Issuance<U>, Joining<U>> {
  const leaders = new Map<Issuance<U>, Issuance<U>>()
  /** Each second step of the way up is left out for whoever asks next, so that no way stays long. */
  const leaderOf = (issuance: Issuance<U>): Issuance<U> => {
    let leader = issuance
    for (let above = leaders.get(leader); above !== undefined; above = leaders.get(leader)) {
      const further = leaders.get(above)
      if (further !== undefined) leaders.set(leader, further)
      leader = further ?? above
    }
    return leader
  }
  const joined = new Map<Issuance<U>, Joining<U>>()
  // Each issuance is linked to one that was answered before it, so that no link lies within a class.
  for (const { one, other, needsUs } of links(issuances, memory)) {
    const [a, b] = [leaderOf(one), leaderOf(other)]
    const [leader, follower] = a.rank < b.rank ? [a, b] : [b, a]
    leaders.set(follower, leader)
    joined.set(follower, { needsUs, partner: leader.use })
  }
  return joined
}

/** Each issuance with the one it contradicts first, the least leeway first; those that contradict nothing are left out. */
function links<U extends Use>(
  issuances: readonly Issuance<U>[],
  memory: Memory,
): readonly Link<U>[] {
  const latest = new Map<string, Issuance<U>>()
  const found: Link<U>[] = []
  for (const issuance of issuances.toSorted(byAnswer)) {
    const { expUs, nbfUs, iatUs } = issuance.use
    const object = `${expUs} ${nbfUs} ${iatUs}`
    const partner = latest.get(object)
    if (partner === undefined || partner.begunUs < issuance.begunUs) latest.set(object, issuance)
    if (partner === undefined) continue
    const needsUs = leewayNeeded(partner, issuance, memory)
    if (needsUs < Infinity) found.push({ one: partner, other: issuance, needsUs })
  }
  return found.toSorted((a, b) => a.needsUs - b.needsUs)
}

function byAnswer(a: Issuance<Use>, b: Issuance<Use>): number {
  return a.answeredUs - b.answeredUs
}

function leewayNeeded(
  partner: Issuance<Use>,
  issuance: Issuance<Use>,
  { earlyUs, forgetting }: Memory,
): number {
  const { expUs } = issuance.use
  const [fromUs, toUs] = span(partner, issuance)
  if (expUs === null) return Infinity
  if (forgetting(fromUs, toUs).length > 0) return Infinity
  return toUs + earlyUs(fromUs, toUs) + QUANTUM_US - expUs
}

function span(a: Issuance<Use>, b: Issuance<Use>): [fromUs: number, toUs: number] {
  return [Math.min(a.begunUs, b.begunUs), Math.max(a.answeredUs, b.answeredUs)]
}
