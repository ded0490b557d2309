/** How sure a proportion is whose trials do not stand alone: intervals over the units that share a cause. */
import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import type { Cell } from '../model/counts.ts'
import { lowerBound, upperBound } from './interval.ts'

/** What an interval over units needs to know of a cell. */
export type Sample = Pick<Cell, 'unit' | 'events' | 'trials' | 'over'>

/** From so many batches on, presentations that deserve the same are asked whether they behave so. */
const FEWEST_BATCHES = 30

/**
 * The variance of the proportion between units over that of as many independent trials. 1 where every unit has one
 * trial, and where nothing can be said: without two units, or where all trials or none were events.
 *
 * Between units it is the linearised variance of a ratio, k / (k - 1) · Σ(e - p n)² / (Σn)²; of independent trials
 * p (1 - p) / (Σn - 1), both without bias, so that their quotient is 1 for trials that are independent.
 *
 * @see Kish, Survey Sampling (1965), sections 6.3 and 8.2
 */
export function designEffect({ events, trials, over }: Sample): number {
  const { units, eventsSquared, eventsByTrials, trialsSquared } = over
  if (units < 2 || events === 0 || events === trials) return 1
  const p = events / trials
  const apart = Math.max(0, eventsSquared - 2 * p * eventsByTrials + p ** 2 * trialsSquared)
  const between = ((units / (units - 1)) * apart) / trials ** 2
  return between / ((p * (1 - p)) / (trials - 1))
}

/**
 * How many independent trials a sample is worth, before it is taken into account that few units tell so only roughly.
 * Never more than it has, and never less than if the trials of each unit were all alike.
 */
export function effectiveTrials(sample: Sample): number {
  const independent = sample.trials / Math.max(1, designEffect(sample))
  return standing(sample) ?? within(sample, independent)
}

/**
 * The two-sided interval that is shown.
 *
 * Clopper and Pearson's, at the effective number of trials and corrected for how few units that was estimated from
 * (Student's t). Where no trial was an event, or each was, nothing is seen to vary, and what counts is whole: each
 * presentation where its answer depends on itself alone, else each unit.
 *
 * @throws {RangeError} Without a trial, and when `confidence` is no number between 0 and 1.
 * @see Korn & Graubard (1998), Survey Methodology 24:193–201
 */
export function intervalOver(
  sample: Sample,
  confidence = 0.95,
): { readonly low: number; readonly high: number } {
  const { lower, upper } = boundsOver(sample, 1 - (1 - confidence) / 2)
  return { low: lower, high: upper }
}

/** The one-sided bounds that gates stand on, each a claim of its own. As `intervalOver`. */
export function boundsOver(
  sample: Sample,
  confidence = 0.95,
): { readonly lower: number; readonly upper: number } {
  const { events, trials } = sample
  if (!(trials > 0)) throw new RangeError('there is no interval without a trial')
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`confidence must lie between 0 and 1, not at ${confidence}`)
  }
  const tail = 1 - confidence
  const worth = correctedTrials(sample, tail)
  const counted = (events / trials) * worth
  const [lower, upper] = [lowerBound(counted, worth, tail), upperBound(counted, worth, tail)]
  if (sample.unit === 'presentation' || events === 0 || events === trials) return { lower, upper }
  // What one unit shows by chance must not make a bound tighter than if nothing had been seen in any.
  const alike = trialsIfAlike(sample)
  return {
    lower: Math.min(lower, lowerBound(alike, alike, tail)),
    upper: Math.max(upper, upperBound(0, alike, tail)),
  }
}

/** The number of trials that an interval with this much outside of each of its ends stands on. */
export function correctedTrials(sample: Sample, tail: number): number {
  const { trials, over } = sample
  const known = standing(sample)
  if (known !== null) return known
  if (over.units < 2) return within(sample, 0)
  const few = tQuantile(1 - tail, trials - 1) / tQuantile(1 - tail, over.units - 1)
  return within(sample, (trials / Math.max(1, designEffect(sample))) * few ** 2)
}

/** The number of trials where nothing has to be estimated; null where the variance between units decides. */
function standing(sample: Sample): number | null {
  const { unit, events, trials, over } = sample
  const alike = events === 0 || events === trials
  if (unit !== 'presentation') return alike ? over.units : null
  const agree = alike || over.units < FEWEST_BATCHES || designEffect(sample) <= 1
  return agree ? trials : null
}

function within(sample: Sample, worth: number): number {
  return Math.min(sample.trials, Math.max(worth, trialsIfAlike(sample)))
}

/** One for each unit where they are equally large, and fewer where they are not (Kish). */
function trialsIfAlike({ trials, over: { trialsSquared } }: Sample): number {
  return trials ** 2 / trialsSquared
}
