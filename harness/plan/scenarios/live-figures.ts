/** The figures that a judge tells of a scenario as it goes on. */
import { memberOf, numberIn } from '../../json.ts'
import type { Json } from '../../model/plan.ts'

export type LiveFigures = Readonly<
  Record<'judged' | 'falseAccepts' | 'falseRejects' | 'unavailable' | 'undecided', number>
>

/** Before anything was asked. */
export const NO_FIGURES: LiveFigures = liveFigures(null)

/** @param judged What `Judge.soFar` gives. */
export function liveFigures(judged: Json): LiveFigures {
  const live = memberOf(judged, 'live')
  return {
    judged: numberIn(live, 'judged'),
    falseAccepts: numberIn(live, 'falseAccepts'),
    falseRejects: numberIn(live, 'falseRejects'),
    unavailable: numberIn(live, 'unavailable'),
    undecided: numberIn(live, 'undecided'),
  }
}
