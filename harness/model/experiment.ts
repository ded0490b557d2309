/** Asking in rounds. A scenario of one plan is an experiment whose first answer concludes. */
import type { FaultWindow, Json, Part, Step } from './plan.ts'

export type Next<State extends Json> =
  | {
      readonly ask: Iterable<Step>
      readonly faults: readonly FaultWindow[]
      /** See Round. */
      readonly pressure?: Step
      /** Asked whatever came of what was asked before: it belongs to the round before it, of which it is this part. */
      readonly part?: Part
      readonly state: State
    }
  | { readonly conclude: Json }

/** A pure function from what has been judged so far to the next small plan, or to a conclusion. */
export interface Experiment<State extends Json = Json> {
  readonly name: string
  readonly question: string
  start(): Next<State>
  next(state: State, judged: Json): Next<State>
}
