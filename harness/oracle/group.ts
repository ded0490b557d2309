/** What all presentations of one replay key prove together: phantoms, what is undecided, what was owed. */
import { doubleAccepts, type Doubles, type Evidence } from './doubles.ts'
import { mayPrecede, taking } from './excuses.ts'
import { answeredOf, begunOf, byBegun, type Group, type Phantom, type Use } from './use.ts'

export type Path = 'direct' | 'unknown'

/** A group that is settled but for its double accepts, which wait for the leeway that the run saw. */
export interface Settling {
  readonly group: Group
  /** Null where at most one use was accepted. */
  readonly doubles: Doubles | null
}

const NONE: readonly never[] = []

/** @param uses In the order in which they began. */
export function settleGroup(
  key: string,
  uses: readonly Use[],
  memory: Evidence,
  path: Path,
): Settling {
  const { accepted, refused, unknown, firstTakenUs, firstAcceptedUs } = sorted(uses)
  const [first] = accepted
  const doubles = accepted.length > 1 ? doubleAccepts(accepted, memory) : null
  const phantom = phantomOf(refused, uses, firstTakenUs, path)
  const group: Group = {
    key,
    uses,
    accepted,
    doubles: NONE,
    phantom,
    undecided: undecidedOf(
      refused,
      first === undefined ? unknown : NONE,
      firstTakenUs,
      firstAcceptedUs,
    ),
    owedAccept:
      phantom?.use ??
      (accepted.some(({ deserved }) => deserved === 'accept') ? (first ?? null) : null),
    owedRejects: first === undefined ? NONE : owedRejectsOf(doubles, refused, begunOf(first)),
    sameToken: doubles?.sameToken ?? NONE,
  }
  return { group, doubles }
}

interface Sorted {
  /** A of the oracle's rules: accepted, and not wrong for reasons of their own. */
  readonly accepted: readonly Use[]
  /** R: refused though they deserved acceptance apart from replay. */
  readonly refused: readonly Use[]
  readonly unknown: readonly Use[]
  /** When the first use that may have taken the key began. */
  readonly firstTakenUs: number
  /** When the first use that was accepted began, rightly or not. */
  readonly firstAcceptedUs: number
}

function sorted(uses: readonly Use[]): Sorted {
  const accepted: Use[] = []
  const refused: Use[] = []
  const unknown: Use[] = []
  let firstTakenUs = Infinity
  let firstAcceptedUs = Infinity
  for (const use of uses) {
    const took = taking(use)
    if (took !== 'never') firstTakenUs = Math.min(firstTakenUs, begunOf(use))
    if (took === 'accepted') firstAcceptedUs = Math.min(firstAcceptedUs, begunOf(use))
    if (took === 'unknown') unknown.push(use)
    if (took === 'accepted' && use.deserved !== 'reject') accepted.push(use)
    if (use.outcome === 'rejected' && use.deserved === 'accept') refused.push(use)
  }
  return { accepted, refused, unknown, firstTakenUs, firstAcceptedUs }
}

/**
 * The first refusal that nothing can excuse: whatever may have used the key up began only after it was answered.
 *
 * Faults count against every refusal that may have come before it as well: a lost reply and a repeated insert between
 * node and store burn the key under the refusal they happen to, and so explain all later ones.
 */
function phantomOf(
  refused: readonly Use[],
  uses: readonly Use[],
  firstTakenUs: number,
  path: Path,
): Phantom | null {
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
function undecidedOf(
  refused: readonly Use[],
  unknown: readonly Use[],
  firstTakenUs: number,
  firstAcceptedUs: number,
): readonly Use[] {
  if (refused.length === 0) return unknown
  const unsure = refused.filter(
    (use) => firstTakenUs <= answeredOf(use) && answeredOf(use) < firstAcceptedUs,
  )
  if (unknown.length === 0) return unsure
  return [...unsure, ...unknown].toSorted(byBegun)
}

/** Every issuance but the first, and every refusal answered after the first acceptance began. */
function owedRejectsOf(
  doubles: Doubles | null,
  refused: readonly Use[],
  firstBegunUs: number,
): readonly Use[] {
  const seconds = doubles?.seconds ?? NONE
  if (refused.length === 0) return seconds
  const turnedAway = refused.filter((use) => answeredOf(use) > firstBegunUs)
  return seconds.length === 0 ? turnedAway : [...seconds, ...turnedAway].toSorted(byBegun)
}
