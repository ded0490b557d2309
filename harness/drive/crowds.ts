/** Connections for many requests that are due in the same moment are opened ahead of it. */
import type { Step } from '../model/plan.ts'
import type { Clock } from '../model/target.ts'
import type { Place } from './connections.ts'

export interface Crowds {
  /** Told of each step with a time of its own as it is read, those of one moment one after the other. */
  see(step: Step, dueUs: number): void
}

/** Fewer connect soon enough when they are due. */
const CROWD = 8

/** Time for some thousand connections, and well inside the second for which an idle one may be used. */
const AHEAD_US = 400_000

export interface Opening {
  readonly clock: Clock
  readonly stop: AbortSignal
  /** How many can be sent at once. */
  readonly most: number
  /** Opens connections; rejects for a mistake of the harness alone. */
  readonly open: (places: readonly Place[]) => Promise<void>
  readonly fail: (error: unknown) => void
}

/**
 * A burst that has to connect first arrives as fast as connections are made, which is an attack on whatever accepts them.
 *
 * The steps of a race are none of it: theirs are opened with the race.
 */
export function watchCrowds({ clock, stop, most, open, fail }: Opening): Crowds {
  let crowd: { readonly dueUs: number; readonly places: Place[] } | null = null
  const openAhead = async (dueUs: number, places: readonly Place[]): Promise<void> => {
    await clock.sleepUntil(dueUs - AHEAD_US, stop)
    // By now all of them were read.
    if (!stop.aborted) await open(places.slice(0, most))
  }
  return {
    see({ race, node, principal }, dueUs) {
      if (race !== null) return
      if (crowd === null || crowd.dueUs !== dueUs) crowd = { dueUs, places: [] }
      crowd.places.push({ node, principal })
      if (crowd.places.length === CROWD) openAhead(dueUs, crowd.places).catch(fail)
    },
  }
}
