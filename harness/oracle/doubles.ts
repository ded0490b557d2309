/** Which acceptances of one replay key were too many, and which of those no memory and no clock can explain. */
import { answeredOf, begunOf, type DoubleAccept, type Manner, type Use } from './use.ts'

/** One token issued: the acceptance that began first, and the span in which it was issued. */
interface Issuance {
  readonly use: Use
  readonly begunUs: number
  /** No answer can carry a token that was not issued yet, so this is the earliest answer with it. */
  readonly answeredUs: number
}

/** What a double accept is measured against; times in microseconds. */
export interface Memory {
  /** The largest offset of any clock of the target, nodes and stores, at some time in the span. */
  readonly highestUs: (fromUs: number, toUs: number) => number
  /** The faults met in the span after which any memory would be empty, but for those the target says it survives. */
  readonly forgetting: (fromUs: number, toUs: number) => readonly string[]
}

/** What double accepts are told by: the memory that a right target has, and what its tokens say. */
export interface Evidence extends Memory {
  /** Whether its token was given out for another assertion as well, and so does not tell one issuance from another. */
  readonly shared: (use: Use) => boolean
}

/** Acceptances after the first, to be settled once the leeway that the target grants is known. */
export interface Doubles {
  readonly sameToken: readonly (readonly [Use, Use])[]
  /** The second and later issuances, by their first use. */
  readonly seconds: readonly Use[]
  /** Whether a longer leeway than this one can still turn a `world` into a `code`. */
  dependsOn(leewayUs: number): boolean
  /** The double accepts, if the target is known to accept until `leewayUs` past exp. */
  settle(leewayUs: number): readonly DoubleAccept[]
}

/** The quantum in which a target may round times and lifetimes: one second. */
const QUANTUM_US = 1_000_000

/**
 * Finds the double accepts among the acceptances of one replay key.
 *
 * Two issuances contradict each other if in the whole span from the earlier beginning to the later answer no memory can
 * rightly have ended: no clock of the target had come to a second before the end of the leeway, and no fault that
 * forgets was met. The target may have judged either one first, so both answers must lie within that bound, not only
 * that of the one that began later [one judged at once and one held up until past exp].
 *
 * Where exp is not known the memory's end is not: a server may bound what it accepts, and so what it remembers, by iat or
 * by a lifetime of its own, and nodes whose clocks differ then accept twice at that edge. Two uses with different exp are
 * two signed objects of one issuer, which may not happen (RFC 7519 §4.1.7) and has no one memory to measure against. Both
 * are false for the world alone.
 *
 * Contradiction is transitive, so it cuts the issuances into classes; the first of each may have been right, every other
 * member is false in the code's frame too. One sweep by answer finds the classes: of those answered before, the one that
 * began last makes the shortest span. O(n log n).
 *
 * @param accepted In the order in which they began; at least two.
 */
export function doubleAccepts(accepted: readonly Use[], memory: Evidence): Doubles {
  const { issuances, sameToken } = byToken(accepted, memory.shared)
  const links = linked(issuances, memory)
  const [first, ...seconds] = issuances
  const straddles = seconds.map((second) =>
    first === undefined ? [] : memory.forgetting(...span(first, second)),
  )
  return {
    sameToken,
    seconds: seconds.map(({ use }) => use),
    dependsOn: (leewayUs) => links.some(({ needsUs }) => needsUs >= leewayUs && needsUs < Infinity),
    settle: (leewayUs) => {
      if (first === undefined) return []
      const classes = classesOf(links, leewayUs)
      const leaders = new Map<number | undefined, Issuance>([[classes.get(first), first]])
      return seconds.map((second, index) => {
        const leader = leaders.get(classes.get(second))
        if (leader !== undefined) return double(leader.use, second.use, 'code', [])
        leaders.set(classes.get(second), second)
        return double(first.use, second.use, 'world', straddles[index] ?? [])
      })
    },
  }
}

/**
 * Answers with the identical token are one issuance, unless the target keeps a token for a client and hands it to every
 * request: then the token says nothing of the assertion.
 */
function byToken(
  accepted: readonly Use[],
  shared: Evidence['shared'],
): {
  issuances: readonly Issuance[]
  sameToken: [Use, Use][]
} {
  const issuances: Issuance[] = []
  const sameToken: [Use, Use][] = []
  const indexes = new Map<string, number>()
  for (const use of accepted) {
    const token = shared(use) ? null : use.token
    const index = token === null ? undefined : indexes.get(token)
    const known = index === undefined ? undefined : issuances[index]
    if (index === undefined || known === undefined) {
      if (token !== null) indexes.set(token, issuances.length)
      issuances.push({ use, begunUs: begunOf(use), answeredUs: answeredOf(use) })
    } else {
      issuances[index] = { ...known, answeredUs: Math.min(known.answeredUs, answeredOf(use)) }
      sameToken.push([known.use, use])
    }
  }
  return { issuances, sameToken }
}

/** One issuance and the earlier answered one it contradicts as soon as the leeway is longer than `needsUs`. */
interface Link {
  readonly issuance: Issuance
  readonly partner: Issuance | null
  readonly needsUs: number
}

function linked(issuances: readonly Issuance[], memory: Memory): readonly Link[] {
  const latest = new Map<number | null, Issuance>()
  return issuances
    .toSorted((a, b) => a.answeredUs - b.answeredUs || a.begunUs - b.begunUs)
    .map((issuance) => {
      const { expUs } = issuance.use
      const partner = latest.get(expUs) ?? null
      if (partner === null || partner.begunUs < issuance.begunUs) latest.set(expUs, issuance)
      return {
        issuance,
        partner,
        needsUs: partner === null ? Infinity : leewayNeeded(partner, issuance, memory),
      }
    })
}

function leewayNeeded(
  partner: Issuance,
  issuance: Issuance,
  { highestUs, forgetting }: Memory,
): number {
  const { expUs } = issuance.use
  if (expUs === null) return Infinity
  const [fromUs, toUs] = span(partner, issuance)
  if (forgetting(fromUs, toUs).length > 0) return Infinity
  return toUs + highestUs(fromUs, toUs) + QUANTUM_US - expUs
}

function span(a: Issuance, b: Issuance): [fromUs: number, toUs: number] {
  return [Math.min(a.begunUs, b.begunUs), Math.max(a.answeredUs, b.answeredUs)]
}

/** A number for each issuance, equal for those that contradict each other. */
function classesOf(links: readonly Link[], leewayUs: number): ReadonlyMap<Issuance, number> {
  const classes = new Map<Issuance, number>()
  for (const { issuance, partner, needsUs } of links) {
    const joined = partner !== null && needsUs < leewayUs ? classes.get(partner) : undefined
    classes.set(issuance, joined ?? classes.size)
  }
  return classes
}

function double(
  first: Use,
  second: Use,
  frame: 'code' | 'world',
  straddles: readonly string[],
): DoubleAccept {
  return { first, second, frame, manner: mannerOf(first, second), straddles }
}

function mannerOf(first: Use, second: Use): Manner {
  if (begunOf(second) <= answeredOf(first) && begunOf(first) <= answeredOf(second))
    return 'concurrently'
  if (second.faultsInForce.length > 0) return 'during-fault'
  if (first.node !== null && second.node !== null && first.node !== second.node)
    return 'on-another-node'
  return 'sequentially'
}
