/** The search for a smallest counterexample, in rounds: fast-check's own runner over the answers that are known so far. */
import fc from 'fast-check'
import type { Json } from '../../model/plan.ts'

/** What was drawn, by its JSON, and whether it proved the statement wrong. */
export type Known = ReadonlyMap<string, boolean>

export interface Drawing<Value extends Json> {
  readonly arbitrary: fc.Arbitrary<Value>
  /** A 32-bit integer. */
  readonly seed: number
  readonly cases: number
  /** Cases that come before those drawn, and count among them. */
  readonly examples?: readonly Value[]
}

export interface Searched<Value extends Json> {
  /** The first failing case, made as small as what is known allows; null while none is known to fail. */
  readonly smallest: Value | null
  /** What would have to be known to go on, each once; empty at the end of the search. */
  readonly unknown: readonly Value[]
}

/** How many smaller cases are looked at on the way to the smallest; a drawn JSON text alone has thousands of them. */
const MOST_SMALLER = 500

/**
 * Runs from the beginning each time. Whatever is unknown passes for now, so the runner comes to the smallest case known
 * to fail and then looks at all that is smaller by one step: that is what must be asked next. The same seed and the same
 * answers lead to the same questions, and a state between rounds needs to hold nothing but answers.
 */
export function search<Value extends Json>(
  { arbitrary, seed, cases, examples = [] }: Drawing<Value>,
  known: Known,
): Searched<Value> {
  const unknown = new Map<string, Value>()
  const passes = (value: Value): boolean => {
    const key = JSON.stringify(value)
    const failed = known.get(key)
    if (failed === undefined) unknown.set(key, value)
    return failed !== true
  }
  const details = fc.check(fc.property(fc.limitShrink(arbitrary, MOST_SMALLER), passes), {
    seed,
    numRuns: cases,
    examples: examples.map((each): [Value] => [each]),
    endOnFailure: false,
  })
  return {
    smallest: details.counterexample?.[0] ?? null,
    unknown: [...unknown.values()],
  }
}

/** The version that a history's rounds can be worked out again with: its draws differ between minor versions. */
export const DRAWN_BY = `fast-check ${fc.__version}`
