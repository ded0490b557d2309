/**
 * What besides the target's judgement may have turned away what a check owes an acceptance. The same excuses a refusal in
 * a scenario: who stands in the path and asks again, a fault, and a lock-out after other failures.
 */
import type { Path } from '../replay/group.ts'
import type { LockOuts } from '../refusals/lock-outs.ts'
import { attemptOf, type Sighting } from '../sighting.ts'

export interface Circumstances {
  readonly way: { readonly path: Path }
  readonly lockOuts: Pick<LockOuts, 'mayExplain'>
}

/** In words that follow 'refused, but'; null where nothing excuses it. */
export function excuseOf(refused: Sighting, { way, lockOuts }: Circumstances): string | null {
  const [fault] = refused.faultsInForce
  if (fault !== undefined) return `${fault} was in force`
  if (refused.key !== null && way.path !== 'direct') {
    return 'something between may have presented it twice: the target does not declare `path: direct`, or an answer said otherwise'
  }
  if (!lockOuts.mayExplain(attemptOf(refused))) return null
  return 'its sender may have been locked out for what had failed before it, at that node or everywhere'
}
