/** Numbers as people read them. */
import type { Rate } from '../harness/model/record.ts'

/** A share in percent with three digits; what is less than all never reads as 100 %. */
export function percent(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`
  const text = (share * 100).toPrecision(3)
  return Number(text) >= 100 ? '> 99.9 %' : `${text} %`
}

/** Thousands apart, as in 12,345. */
export function count(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** One word with its number, such as `1 check`, `2 checks`. */
export function plural(number: number, word: string): string {
  return `${count(number)} ${word}${number === 1 ? '' : 's'}`
}

/** Milliseconds with what precision they deserve. */
export function milliseconds(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`
  return `${ms.toFixed(ms >= 100 ? 0 : ms >= 10 ? 1 : 2)} ms`
}

/** A moment of a run, to the microsecond, from milliseconds since its start. */
export function moment(ms: number): string {
  return `${(ms / 1000).toFixed(6)} s`
}

/**
 * A rate with its uncertainty: the two-sided 95 % interval, and of a rate without events the one-sided bound, since
 * that is all that can be said of it.
 */
export function estimate(rate: Rate): string {
  const { events, trials, low, high, upper95 } = rate
  if (trials === 0) return 'nothing known: 0 of 0'
  const counts = countsOf(rate)
  if (events === 0) return `${counts} (at most ${percent(upper95)} at 95 %)`
  return `${counts} = ${rough(events / trials)} % (${rough(low)} to ${rough(high)} %)`
}

/** The counts alone, such as `0 of 30 in 6 node-seconds`. */
export function countsOf(rate: Rate): string {
  return `${count(rate.events)} of ${count(rate.trials)}${inUnits(rate)}`
}

/** In how many units, where those and not the trials are what counts, such as `in 1 window`. */
function inUnits({ unit, trials, over: { units } }: Rate): string {
  return unit === 'presentation' || units === trials ? '' : ` in ${plural(units, unit)}`
}

/** Percent without its sign; below one percent two digits are enough for an estimate. */
function rough(share: number): string {
  const text = share > 0 && share < 0.01 ? (share * 100).toPrecision(2) : percent(share)
  return text.replace(' %', '')
}
