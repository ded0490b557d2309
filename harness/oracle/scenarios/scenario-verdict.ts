/** What the facts of a scenario come to. The judge asks it of one history, a merge of the sums over several. */
import type { Json } from '../../model/plan.ts'
import type { GuardResult, ScenarioFacts, Verdict } from '../../model/verdict.ts'

/** What a scenario is held to. */
export interface Terms {
  readonly means: { readonly conforms: string; readonly violates: string }
  readonly maxUndecided: number
}

/**
 * Gates are not among the reasons: they stand on bounds of rates, which are computed after the judge.
 *
 * @param complete Whether the history has its footer.
 */
export function scenarioVerdict(
  facts: ScenarioFacts,
  guards: readonly GuardResult[],
  { means, maxUndecided }: Terms,
  complete: boolean,
): { readonly verdict: Verdict; readonly because: string } {
  const { judged, undecided, unclocked, unpromised = 0, intolerable, ended, violated } = facts
  if (violated) return { verdict: 'violates', because: means.violates }
  const share = judged === 0 ? 0 : undecided / judged
  const unmet = guards.filter(({ needed, seen }) => seen < needed)
  const doubts = [
    ...(complete ? [] : ['the history has no footer']),
    ...(complete && !ended ? ['it did not run to its end'] : []),
    ...(judged === 0 ? ['nothing was judged'] : []),
    ...(unclocked > 0
      ? [
          `${unclocked} second acceptances cannot be held against it, for no clock of the target was measured (clock: in the target file)`,
        ]
      : []),
    ...intolerable,
    ...unmet.map(({ name, needed, seen }) => `${name}: ${seen} of ${needed}`),
    ...(share > maxUndecided
      ? [`${undecided} of ${judged} stayed undecided, more than ${maxUndecided * 100} %`]
      : []),
  ]
  if (doubts.length > 0) return { verdict: 'inconclusive', because: doubts.join('; ') }
  if (unpromised === 0) return { verdict: 'conforms', because: means.conforms }
  const because = `Nothing promises that an assertion is good for one use only. Second acceptances: ${unpromised}.`
  return { verdict: 'conforms', because }
}

/** What an experiment has to say of itself, as a sentence to be put after another; empty where it says nothing. */
export function saidIn(conclusion: Json): string {
  if (typeof conclusion !== 'object' || conclusion === null || !('says' in conclusion)) return ''
  const { says } = conclusion
  return typeof says === 'string' ? ` It was ${says}.` : ''
}
