/** What all presentations of one replay key prove together: phantoms, what is undecided, what was owed. */
import { doubleAccepts, type Evidence } from './doubles.ts'
import { mayPrecede, taking } from './excuses.ts'
import { answeredOf, begunOf, byBegun, type Group, type Phantom, type Use } from './use.ts'

export type Path = 'direct' | 'unknown'

const NONE: readonly never[] = []

/** @param uses In the order in which they began. */
export function settleGroup<U extends Use>(
  key: string,
  uses: readonly U[],
  memory: Evidence,
  path: Path,
): Group<U> {
  const { accepted, refused, unknown, firstTakenUs, firstAcceptedUs } = sorted(uses)
  const [first] = accepted
  const { doubles, sameToken } =
    accepted.length > 1 ? doubleAccepts(accepted, memory) : { doubles: NONE, sameToken: NONE }
  const phantom = phantomOf(refused, uses, firstTakenUs, path)
  const unsure = first === undefined ? unknown : NONE
  return {
    key,
    uses,
    accepted,
    doubles,
    phantom,
    undecided: undecidedOf(refused, unsure, firstTakenUs, firstAcceptedUs),
    sameToken,
  }
}

interface Sorted<U extends Use> {
  /** A of the oracle's rules: accepted, and not wrong for reasons of their own. */
  readonly accepted: readonly U[]
  /** R: refused though they deserved acceptance apart from replay. */
  readonly refused: readonly U[]
  readonly unknown: readonly U[]
  /** When the first use that may have taken the key began. */
  readonly firstTakenUs: number
  /** When the first use that was accepted began, rightly or not. */
  readonly firstAcceptedUs: number
}

function sorted<U extends Use>(uses: readonly U[]): Sorted<U> {
  // Lists are made of one that there is: an empty one makes room for seventeen when the first is put into it.
  let accepted: U[] | null = null
  let refused: U[] | null = null
  let unknown: U[] | null = null
  let firstTakenUs = Infinity
  let firstAcceptedUs = Infinity
  for (const use of uses) {
    const took = taking(use)
    if (took !== 'never') firstTakenUs = Math.min(firstTakenUs, begunOf(use))
    if (took === 'accepted') firstAcceptedUs = Math.min(firstAcceptedUs, begunOf(use))
    if (took === 'unknown') unknown = listed(unknown, use)
    if (took === 'accepted' && use.deserved !== 'reject') accepted = listed(accepted, use)
    if (use.outcome === 'rejected' && use.deserved === 'accept') refused = listed(refused, use)
  }
  return {
    accepted: accepted ?? NONE,
    refused: refused ?? NONE,
    unknown: unknown ?? NONE,
    firstTakenUs,
    firstAcceptedUs,
  }
}

function listed<U>(list: U[] | null, one: U): U[] {
  if (list === null) return [one]
  list.push(one)
  return list
}

/**
 * The first refusal that nothing can excuse: whatever may have used the key up began only after it was answered.
 *
 * Faults count against every refusal that may have come before it as well: a lost reply and a repeated insert between
 * node and store burn the key under the refusal they happen to, and so explain all later ones.
 */
function phantomOf<U extends Use>(
  refused: readonly U[],
  uses: readonly U[],
  firstTakenUs: number,
  path: Path,
): Phantom<U> | null {
  if (refused.length === 0) return null
  const use = refused.find((each) => answeredOf(each) < firstTakenUs)
  if (use === undefined) return null
  return {
    use,
    implementation:
      path === 'direct' &&
      refused.every((each) => each.faultsInForce.length === 0 || !mayPrecede(each, use)) &&
      !isContended(use, uses),
    afterForgery: uses.some(
      (each) => !each.authentic && each.outcome !== 'unsent' && mayPrecede(each, use),
    ),
  }
}

/**
 * Whether another authentic presentation may have been under way. A server that refuses all of several copies that meet
 * lets nobody in who should stay out; it was the client that sent them at once.
 */
function isContended(use: Use, uses: readonly Use[]): boolean {
  return uses.some(
    (each) => each !== use && each.authentic && each.outcome !== 'unsent' && mayPrecede(each, use),
  )
}

/** Refusals that are excused, but by nothing that was accepted; and where nothing was accepted, what perhaps took the key. */
function undecidedOf<U extends Use>(
  refused: readonly U[],
  unknown: readonly U[],
  firstTakenUs: number,
  firstAcceptedUs: number,
): readonly U[] {
  if (refused.length === 0) return unknown
  const unsure = refused.filter(
    (use) => firstTakenUs <= answeredOf(use) && answeredOf(use) < firstAcceptedUs,
  )
  if (unknown.length === 0) return unsure
  return [...unsure, ...unknown].toSorted(byBegun)
}
