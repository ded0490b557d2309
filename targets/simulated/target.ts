/** The reference server in simulated time. */
import type { Random, Target } from '../../harness/model/target.ts'

export function simulatedReference(_random: Random): Target {
  throw new RangeError('not yet')
}
