/** How a replay memory fails: what becomes of used assertions while a fault is in force. */
import type { Pairs } from '../model/counts.ts'
import type { FailureMode } from '../model/record.ts'
import type { Phase } from '../model/scenario.ts'
import { oneSided } from './interval.ts'

/** So many of one kind in a row leave less than 5 % for the other, at 95 %. */
const FEWEST = 59

/** A memory that refuses or takes less than this share, at 95 %, does the other thing. */
const RARELY = 0.05

/** When a first use may have been accepted: at a time when nothing was broken. */
const QUIET: readonly Phase[] = ['steady', 'before', 'after']

/**
 * One for each attack class of a scenario whose first uses were accepted in quiet and whose second ones met a fault,
 * apart by whether both went to one node.
 *
 * An answer with the server's own trouble counts: the server decided not to accept. `fail-closed` accepted none,
 * `fail-open` nearly all, `degraded` some; none of them is said of fewer than 59.
 */
export function failureModes(pairs: readonly Pairs[]): readonly FailureMode[] {
  const met = pairs.filter(({ first, second }) => QUIET.includes(first) && second === 'during')
  const groups = Map.groupBy(met, ({ scenario, attack, nodes }) =>
    JSON.stringify([scenario, attack, nodes]),
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first === undefined ? [] : [modeOf(first, group)]
  })
}

function modeOf({ scenario, attack, nodes }: Pairs, group: readonly Pairs[]): FailureMode {
  const sum = (name: 'accepted' | 'refused' | 'unavailable' | 'undecided'): number =>
    group.reduce((total, each) => total + each[name], 0)
  const [accepted, refused, unavailable] = [sum('accepted'), sum('refused'), sum('unavailable')]
  const determinate = accepted + refused + unavailable
  const { lower, upper } =
    determinate === 0 ? { lower: 0, upper: 1 } : oneSided(accepted, determinate)
  const counts = { accepted, refused, unavailable, undecided: sum('undecided') }
  const bounds = { lower95: lower, upper95: upper }
  const mode = determinate < FEWEST ? 'unclassified' : named(accepted, lower)
  return { scenario, attack, nodes, mode, ...counts, ...bounds }
}

function named(accepted: number, lower95: number): FailureMode['mode'] {
  if (accepted === 0) return 'fail-closed'
  return lower95 > 1 - RARELY ? 'fail-open' : 'degraded'
}
