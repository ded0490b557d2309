/** How sure a proportion is: exact binomial intervals. */
import betaQuantile from '@stdlib/stats-base-dists-beta-quantile'

/**
 * Clopper-Pearson interval for a proportion, two-sided: exact, so its coverage is never below `confidence`.
 *
 * Chosen over Wilson's because gates stand on rare events, where approximate intervals are too short.
 *
 * @param events What was counted; an integer, 0 ≤ events ≤ trials.
 * @param trials What it was counted among; an integer ≥ 1.
 * @param confidence Two-sided level in (0, 1).
 * @throws {RangeError} When they are not such numbers.
 * @see Clopper & Pearson (1934), Biometrika 26:404–413, doi:10.1093/biomet/26.4.404
 */
export function clopperPearson(
  events: number,
  trials: number,
  confidence = 0.95,
): { readonly low: number; readonly high: number } {
  check(events, trials, confidence)
  const tail = (1 - confidence) / 2
  return { low: lowerBound(events, trials, tail), high: upperBound(events, trials, tail) }
}

/**
 * The one-sided bounds that gates stand on: with this confidence the proportion is not below `lower`; with the same
 * confidence, as a claim of its own, it is not above `upper`.
 *
 * Parameters and errors as of `clopperPearson`, but that `confidence` is the level of each bound.
 */
export function oneSided(
  events: number,
  trials: number,
  confidence = 0.95,
): { readonly lower: number; readonly upper: number } {
  check(events, trials, confidence)
  const tail = 1 - confidence
  return { lower: lowerBound(events, trials, tail), upper: upperBound(events, trials, tail) }
}

/**
 * The proportion at which `events` or more have probability `tail`. Neither number need be whole, so that a sample which
 * is worth fewer trials than it has can be given its interval (units.ts).
 */
export function lowerBound(events: number, trials: number, tail: number): number {
  if (events === 0) return 0
  if (events === trials) return Math.exp(Math.log(tail) / trials)
  return betaQuantile(tail, events, trials - events + 1)
}

/** The proportion at which `events` or fewer have probability `tail`; whole numbers or not. */
export function upperBound(events: number, trials: number, tail: number): number {
  if (events === trials) return 1
  if (events === 0) return -Math.expm1(Math.log(tail) / trials)
  return betaQuantile(1 - tail, events + 1, trials - events)
}

function check(events: number, trials: number, confidence: number): void {
  if (!Number.isSafeInteger(trials) || trials < 1) {
    throw new RangeError(`trials must be an integer of at least 1, not ${trials}`)
  }
  if (!Number.isSafeInteger(events) || events < 0 || events > trials) {
    throw new RangeError(`events must be an integer from 0 to ${trials}, not ${events}`)
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`confidence must lie between 0 and 1, not at ${confidence}`)
  }
}
