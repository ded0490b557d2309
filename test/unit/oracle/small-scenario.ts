/** A scenario of one stream, for histories that are about something else. */
import type { JudgedScenario, Judging } from '../../../harness/model/judging.ts'
import type { Guard } from '../../../harness/model/scenario.ts'
import type { Judgement } from '../../../harness/model/verdict.ts'
import { judgingWith, streamOf } from './histories.ts'

export const PAIRS: Guard = { name: 'pairs', counts: 'pairs', stream: 'stream', needed: 1 }

function scenario(more: Partial<JudgedScenario> = {}): JudgedScenario {
  return {
    name: 's',
    question: 'Is it right?',
    means: { conforms: 'It is.', violates: 'It is not.' },
    streams: [streamOf()],
    faults: [],
    guards: [PAIRS],
    gates: [],
    maxUndecided: 0,
    unsupported: null,
    ...more,
  }
}

export function judgingOf(
  more: Partial<JudgedScenario> = {},
  rest: Partial<Judging> = {},
): Judging {
  return judgingWith({ scenarios: [scenario(more)], ...rest })
}

export function verdictOf(judgement: Judgement): string | undefined {
  return judgement.scenarios[0]?.verdict
}

export function cellOf(judgement: Judgement, metric: string, frame = 'world') {
  const found = judgement.cells.find((each) => each.metric === metric && each.frame === frame)
  return found && { events: found.events, trials: found.trials, owed: found.owed }
}
