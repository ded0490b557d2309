/** Honest requests that go ahead of everything else: where they are not let in, nothing more is asked. */
import type { Experiment, Next } from '../../model/experiment.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { TargetFacts } from '../../model/target.ts'
import { liveFigures, NO_FIGURES, type LiveFigures } from './live-figures.ts'
import { planScenario } from './scenario.ts'
import type { StreamContext } from './stream.ts'

export const CANARY = 'canary'

/** Of so many that were sent so many were let in: so many have to be for whatever comes next to be asked. */
const NEEDED_SHARE = 0.5

/** The scenario that a canary is judged as: so many right assertions, one after the other. */
export function canaryScenario(count: number, { usages }: TargetFacts): Scenario {
  return {
    name: CANARY,
    question: 'Are honest requests let in, one by one, before anything else is asked?',
    means: {
      conforms: 'They were let in, every time before more was asked.',
      violates: 'The target refuses what is right, though nothing else was asked of it.',
    },
    needs: [],
    nodes: 1,
    streams: [
      {
        name: 'honest',
        attack: null,
        usage: usages[0] ?? 'client-authentication',
        by: 'honest',
        arrivals: { kind: 'in-turn', count },
        copies: 1,
        release: 'in-turn',
        gapSeconds: 0,
        nodes: 'rotate',
        lifetimeSeconds: 60,
      },
    ],
    faults: [],
    guards: [
      { name: 'honest requests judged', counts: 'owed-accepts', stream: 'honest', needed: 1 },
    ],
    gates: [],
    maxUndecided: NEEDED_SHARE,
  }
}

type State = { readonly round: number; readonly before: LiveFigures }

/**
 * Each of its rounds is for the pipeline to put before whatever comes next. It concludes only once fewer than half of a
 * round were let in, and says so.
 *
 * A refusal counts like silence: whoever refuses what is right can be asked nothing else, whatever the reason.
 */
export function canaryExperiment(
  count: number,
  context: Omit<StreamContext, 'scenario' | 'round' | 'repetition'>,
): Experiment<State> {
  const scenario = canaryScenario(count, context.facts)
  const ask = (round: number, before: LiveFigures): Next<State> => {
    const next = planScenario(scenario, context, [round]).start()
    return 'ask' in next ? { ...next, state: { round, before } } : next
  }
  return {
    name: CANARY,
    question: scenario.question,
    start: () => ask(0, NO_FIGURES),
    next({ round, before }, judged) {
      const now = liveFigures(judged)
      const fell = whyIn(count, before, now)
      return fell === null ? ask(round + 1, now) : { conclude: fell }
    },
  }
}

/** What a round came to where too few were let in; null where enough were. */
function whyIn(count: number, before: LiveFigures, now: LiveFigures): string | null {
  const since = (name: keyof LiveFigures): number => now[name] - before[name]
  const refused = since('falseRejects')
  const letIn = since('judged') - refused - since('unavailable') - since('undecided')
  if (letIn >= count * NEEDED_SHARE) return null
  return `of ${count} honest requests ${letIn} were let in and ${refused} refused, and ${count - letIn - refused} got no answer that tells`
}
