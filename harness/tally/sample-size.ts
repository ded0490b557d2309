/** How many units a limit on a rate takes. */
import { atMost } from './binomial.ts'
import { oneSided } from './interval.ts'

/** A target is planned for that is ten times better than the limit. */
const BETTER_BY = 10

export interface SampleSize {
  /** How many units may be events. */
  readonly errors: number
  /** The least number of units at which the limit is held with so many. */
  readonly units: number
  /** How likely a target at a tenth of the limit passes. */
  readonly chance: number
}

/**
 * The least number of units of which `errors` may be events, so that the one-sided 95 % bound still lies below the limit.
 *
 * @param limit In (0, 1).
 * @throws {RangeError} For other limits; 1 and more hold whatever is seen, 0 never.
 */
export function unitsFor(limit: number, errors: number): number {
  if (!(limit > 0 && limit < 1)) {
    throw new RangeError(`a limit must lie between 0 and 1, not at ${limit}`)
  }
  const holds = (units: number): boolean => oneSided(errors, units).upper < limit
  let short = errors
  let enough = Math.max(1, 2 * errors)
  while (!holds(enough)) {
    short = enough
    enough *= 2
  }
  while (enough - short > 1) {
    const middle = Math.floor((short + enough) / 2)
    if (holds(middle)) enough = middle
    else short = middle
  }
  return enough
}

/** What allowing so many events takes, and how likely it is to suffice. */
export function sampleSize(limit: number, errors: number): SampleSize {
  const units = unitsFor(limit, errors)
  return { errors, units, chance: atMost(errors, units, limit / BETTER_BY) }
}

/** The first sample size that a target at a tenth of the limit passes with this chance or more. */
export function planned(limit: number, chance = 0.95): SampleSize {
  for (let errors = 0; ; errors++) {
    const size = sampleSize(limit, errors)
    if (size.chance >= chance) return size
  }
}
