/** Conducts a planned property against a predicate in place of a target. */
import type { Json, Source, Step } from '../../../harness/model/plan.ts'
import type { Experiment } from '../../../harness/model/experiment.ts'

export type Minted = Extract<Source, { kind: 'minted' }>

export interface Conducted {
  readonly rounds: readonly (readonly Step[])[]
  readonly conclusion: Json
}

/** @param fails Whether a case proves its statement wrong, each time it is asked. Controls never do. */
export function conduct(experiment: Experiment, fails: (source: Minted) => boolean): Conducted {
  return conductAll(experiment, (steps) =>
    steps.filter((step) => !isControl(step) && fails(mintedIn(step))).map(({ caseId }) => caseId),
  )
}

/** @param failing The cases of a round, asked in this order, that prove their statements wrong. */
export function conductAll(
  experiment: Experiment,
  failing: (steps: readonly Step[]) => readonly string[],
): Conducted {
  const rounds: (readonly Step[])[] = []
  let next = experiment.start()
  while ('ask' in next) {
    const steps = [...next.ask]
    rounds.push(steps)
    // What passes between rounds is JSON, or a run could not be worked out again.
    const state: Json = JSON.parse(JSON.stringify(next.state))
    next = experiment.next(state, { failing: failing(steps) })
  }
  return { rounds, conclusion: next.conclude }
}

export function isControl({ caseId }: Step): boolean {
  return caseId.includes('/control/')
}

export function mintedIn({ name, parts }: Step): Minted {
  const [source] = Object.values(parts)
  if (source?.kind === 'minted') return source
  throw new RangeError(`${name} mints nothing`)
}

/** The claims in the order in which they are written. */
export function claimNames({ claims }: Minted): readonly string[] {
  return Object.keys(Object(claims))
}
