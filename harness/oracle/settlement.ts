/** All presentations of one credential once nothing more can come of them, and who they belong to. */
import type { Observation } from '../model/history.ts'
import type { JudgedScenario, Judging } from '../model/judging.ts'
import type { Stream } from '../model/scenario.ts'
import type { Group, Use } from './ledger.ts'
import type { Sighting } from './sighting.ts'

export interface Settlement {
  /** In the order in which they began. */
  readonly sightings: readonly Sighting[]
  /** What the ledger says of them; null for a credential without a replay key, which is presented once. */
  readonly group: Group | null
  readonly place: Place | null
}

/** The stream that a request belongs to. */
export interface Place {
  readonly scenario: JudgedScenario
  readonly stream: Stream
}

/** Finds the stream of a request by its case id, `scenario/stream/arrival`; null for the requests of checks. */
export function placeFinder(judging: Judging): (observation: Observation) => Place | null {
  const places = new Map<string, Place>()
  for (const scenario of judging.scenarios) {
    for (const stream of scenario.streams) {
      places.set(`${scenario.name}/${stream.name}`, { scenario, stream })
    }
  }
  return ({ caseId }) => places.get(caseId.slice(0, caseId.lastIndexOf('/'))) ?? null
}

/** One name for one presentation, in the ledger as among sightings. */
export function useName({ step, part }: Pick<Use, 'step' | 'part'>): string {
  return `${step}\n${part}`
}

/** The step of an attempt, as the ledger knows it: unique even where a challenge was answered. */
export function stepName({ step, attempt }: Observation): string {
  return attempt > 1 ? `${step}#${attempt}` : step
}

export function sightingName({ observation, presentation: { part } }: Sighting): string {
  return useName({ step: stepName(observation), part })
}
