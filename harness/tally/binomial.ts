/** Chances of counts. */
import lnGamma from '@stdlib/math-base-special-gammaln'
import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf'

/** How likely no more than `events` of `trials` are, each with this chance of its own. */
export function atMost(events: number, trials: number, chance: number): number {
  return binomialCdf(events, trials, chance)
}

/** The least count that no more than `trials` of this chance each come to with at least this `probability`. */
export function binomialQuantile(probability: number, trials: number, chance: number): number {
  let below = -1
  let reached = trials
  while (reached - below > 1) {
    const middle = Math.floor((below + reached) / 2)
    if (atMost(middle, trials, chance) >= probability) reached = middle
    else below = middle
  }
  return reached
}

/**
 * How likely `events` or more of the `drawn` are, when so many of all `trials` are events and which of them is chance:
 * the upper tail of the hypergeometric distribution. Whole numbers.
 */
export function drawnAtLeast(
  events: number,
  { drawn, of, among }: { readonly drawn: number; readonly of: number; readonly among: number },
): number {
  const least = Math.max(0, drawn + of - among)
  if (events <= least) return 1
  let sum = 0
  for (let count = Math.min(drawn, of); count >= events; count--) {
    sum += Math.exp(
      lnChoose(of, count) + lnChoose(among - of, drawn - count) - lnChoose(among, drawn),
    )
  }
  return Math.min(1, sum)
}

function lnChoose(of: number, chosen: number): number {
  return lnGamma(of + 1) - lnGamma(chosen + 1) - lnGamma(of - chosen + 1)
}

/** The logarithm of Euler's beta function. */
export function lnBeta(a: number, b: number): number {
  return lnGamma(a) + lnGamma(b) - lnGamma(a + b)
}
