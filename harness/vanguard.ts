/** A canary goes ahead of each round of the others, for as long as it lives. */
import { askRound, type Asking } from './asking.ts'
import type { Experiment } from './model/experiment.ts'
import type { Json } from './model/plan.ts'

export interface Canary {
  /** Concludes only when it has fallen, and says why. */
  readonly experiment: Experiment
  /** Told why it fell, and what it went ahead of: sees to it that no further round begins. */
  readonly fell: (why: string, before: string) => void
}

export interface Vanguard {
  /** Asks the next of its rounds, ahead of one of this experiment. */
  goBefore(experiment: string): Promise<void>
  /** Nothing more will be asked. */
  end(): Promise<void>
}

export function openVanguard({ experiment, fell }: Canary, asking: Asking): Vanguard {
  let next = experiment.start()
  let round = 0
  return {
    async goBefore(other) {
      if (!('ask' in next)) return
      next = await askRound(experiment, next, round++, asking)
      if ('conclude' in next) fell(wordsOf(next.conclude), other)
    },
    async end() {
      const result = 'conclude' in next ? next.conclude : null
      await asking.keep([{ kind: 'concluded', scenario: experiment.name, result }])
    },
  }
}

function wordsOf(conclusion: Json): string {
  return typeof conclusion === 'string' ? conclusion : JSON.stringify(conclusion)
}
