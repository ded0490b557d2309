/** Whether one proportion is larger than another, where both are samples, and many are looked at. */
import { drawnAtLeast } from './binomial.ts'
import { effectiveTrials, type Sample } from './units.ts'

/**
 * How likely a difference this large or larger is by chance, if the second proportion is not above the first: Fisher's
 * exact test, one-sided.
 *
 * Samples whose trials share causes enter with as many trials as they are worth, and with the same share of their
 * events (Rao & Scott 1992), rounded to whole numbers towards no difference.
 *
 * @throws {RangeError} Without a trial in either.
 * @see Fisher, Statistical Methods for Research Workers, section 21.02
 * @see Rao & Scott (1992), Biometrics 48:577–585
 */
export function largerByChance(first: Sample, second: Sample): number {
  if (!(first.trials > 0 && second.trials > 0)) throw new RangeError('nothing to compare')
  if (second.events / second.trials <= first.events / first.trials) return 1
  const [one, other] = [worth(first), worth(second)]
  const before = { trials: Math.floor(one.trials), events: Math.ceil(one.events) }
  const after = { trials: Math.ceil(other.trials), events: Math.floor(other.events) }
  return drawnAtLeast(after.events, {
    drawn: after.trials,
    of: Math.min(before.events, before.trials) + after.events,
    among: before.trials + after.trials,
  })
}

function worth(sample: Sample): { readonly trials: number; readonly events: number } {
  const trials = effectiveTrials(sample)
  return { trials: settled(trials), events: settled((sample.events / sample.trials) * trials) }
}

/** A whole number that arithmetic has missed by a little must not be rounded to its neighbour. */
function settled(value: number): number {
  const whole = Math.round(value)
  return Math.abs(value - whole) < 1e-9 * Math.max(1, whole) ? whole : value
}

/**
 * Of many tests those that stand when no more than this share of what is found may be found by chance (Benjamini and
 * Hochberg's false discovery rate), by their adjusted values: the share at which each would just be found.
 *
 * @param chances One for each test, in [0, 1].
 * @returns The adjusted values, in the same order.
 * @see Benjamini & Hochberg (1995), J. R. Statist. Soc. B 57:289–300
 */
export function adjusted(chances: readonly number[]): readonly number[] {
  const order = chances.map((_, index) => index).toSorted((a, b) => at(chances, b) - at(chances, a))
  const values: number[] = []
  let least = 1
  for (const [larger, index] of order.entries()) {
    least = Math.min(least, (at(chances, index) * chances.length) / (chances.length - larger))
    values[index] = least
  }
  return values
}

function at(list: readonly number[], index: number): number {
  return list[index] ?? 1
}
