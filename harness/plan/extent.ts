/** How many steps a round has, and what its digest is taken over. */
import { plain } from '../json.ts'
import type { Json, Step, Steps } from '../model/plan.ts'

export interface Extent {
  readonly count: number
  /** Plain data that all of the steps follow from. */
  readonly parts: readonly Json[]
}

/** What is made as it is read is known by what it is made from. */
export function extentOf(steps: Steps | readonly Step[]): Extent {
  if ('streams' in steps && steps.streams !== undefined) {
    const count = steps.streams.reduce((sum, { length }) => sum + length, 0)
    return { count, parts: steps.streams.map(({ recipe }) => recipe) }
  }
  const all = [...steps]
  return { count: all.length, parts: all.map(plain) }
}
