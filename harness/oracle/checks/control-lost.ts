/** A control that everybody was refused with after a block of stimuli, though it was accepted before. */
import type { Conviction } from '../../model/verdict.ts'
import type { Controls } from './blocks.ts'
import { witnessOf, type Telling } from '../charges/witness.ts'

/** Whatever the stimuli did, others pay for it; why cannot be told from here. */
export function controlLost({ before, after, afters }: Controls, telling: Telling): Conviction {
  const shown = [before, after, afters.at(-1) ?? null].filter((each) => each !== null)
  const { scenario = '', caseId = '' } = after?.observation ?? {}
  return {
    finding: 'robustness/control-lost-after-stimuli',
    obliges: false,
    obligation: 'derived',
    scenario,
    check: null,
    caseId,
    because: `The control was accepted before the block; after it ${afters.length} controls in a row were refused, by fresh parties too.`,
    spec: [],
    witness: witnessOf(shown, telling),
  }
}
