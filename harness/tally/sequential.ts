/** Deciding while samples come in: Wald's sequential test, and a bound that holds however often one looks. */
import { lnBeta } from './binomial.ts'
import type { Sequential } from '../model/scenario.ts'

/** Whole numbers, or what a sample is worth. */
export interface Counted {
  readonly events: number
  readonly trials: number
}

/** The rate of a target that must be failed, and what the test is asked for. */
export type SequentialPlan = Sequential & { readonly limit: number }

/**
 * Wald's sequential probability ratio test of a rate of `good` against one of `limit`. It passes a target at the limit
 * with a chance of about `beta`, and fails one that is as good as hoped for with one of about `alpha`.
 *
 * It looks at the counts alone, so that it may be asked after each unit, or only at the end: then a boundary that had been
 * crossed and left again counts for nothing.
 *
 * @see Wald (1945), Ann. Math. Statist. 16:117–186
 */
export function sequentialTest(
  plan: SequentialPlan,
  { events, trials }: Counted,
): 'passed' | 'failed' | 'undecided' {
  const { event, other, pass, fail } = steps(plan)
  const ratio = events * event + (trials - events) * other
  if (ratio >= fail) return 'failed'
  return ratio <= pass ? 'passed' : 'undecided'
}

/** The units after which the test passes a target of which nothing was an event. */
export function unitsToPass(plan: SequentialPlan): number {
  const { other, pass } = steps(plan)
  return Math.ceil(pass / other)
}

/**
 * The units that the test takes on average of a target with this rate, by Wald's approximation, which leaves out how far
 * a boundary is overshot.
 *
 * @param rate In (0, 1).
 */
export function expectedUnits(plan: SequentialPlan, rate: number): number {
  const { event, other, pass, fail } = steps(plan)
  const drift = rate * event + (1 - rate) * other
  const exponent = driftExponent({ event, other }, rate)
  if (exponent === null) {
    // Without drift the walk must cover both boundaries by its own spread.
    return (-pass * fail) / (rate * event ** 2 + (1 - rate) * other ** 2)
  }
  const toPass =
    Math.expm1(exponent * fail) / (Math.exp(exponent * fail) - Math.exp(exponent * pass))
  return (toPass * pass + (1 - toPass) * fail) / drift
}

/** What an event and any other unit add to the logarithm of the likelihood ratio, and where it decides. */
function steps({ good, limit, alpha, beta }: SequentialPlan) {
  return {
    event: Math.log(limit / good),
    other: Math.log1p(-limit) - Math.log1p(-good),
    fail: Math.log((1 - beta) / alpha),
    pass: Math.log(beta / (1 - alpha)),
  }
}

/** The h other than 0 with p e^(h·event) + (1 - p) e^(h·other) = 1; null where the walk has no drift. */
function driftExponent(
  { event, other }: { readonly event: number; readonly other: number },
  rate: number,
): number | null {
  const drift = rate * event + (1 - rate) * other
  if (Math.abs(drift) < 1e-12) return null
  const excess = (h: number): number =>
    rate * Math.expm1(h * event) + (1 - rate) * Math.expm1(h * other)
  // The function is convex, 0 at 0, and slopes with the drift: its other root lies on the far side of its valley.
  const sign = drift > 0 ? -1 : 1
  let near = 0
  let far = sign
  while (excess(far) < 0) far *= 2
  for (let turn = 0; turn < 200; turn++) {
    const middle = (near + far) / 2
    if (excess(middle) < 0) near = middle
    else far = middle
  }
  return far
}

/**
 * The rate that a target does not exceed, with this confidence *at every moment of a run at once*: one may look at it after
 * each unit, and stop when one likes.
 *
 * All rates at which a mixture of rates (Jeffreys' beta distribution) explains what was seen less than 1 / (1 - confidence)
 * times better than they do. By Ville's inequality the true one is ever left out with a chance of no more than
 * 1 - confidence.
 *
 * @see Robbins (1970), Ann. Math. Statist. 41:1397–1409
 * @see Howard, Ramdas, McAuliffe & Sekhon (2021), Ann. Statist. 49:1055–1080
 */
export function timeUniformUpper({ events, trials }: Counted, confidence = 0.95): number {
  if (events >= trials) return 1
  const mixed = lnBeta(events + 0.5, trials - events + 0.5) - lnBeta(0.5, 0.5)
  const explains = (rate: number): number =>
    events * Math.log(rate) + (trials - events) * Math.log1p(-rate)
  const least = mixed + Math.log(1 - confidence)
  let low = events / trials
  let high = 1
  for (let turn = 0; turn < 100; turn++) {
    const middle = (low + high) / 2
    if (explains(middle) > least) low = middle
    else high = middle
  }
  return high
}
