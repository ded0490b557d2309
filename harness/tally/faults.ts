/** What was broken, when, and whether it was seen to be. */
import type { FaultEvent, FaultStage, HistoryEvent } from '../model/history.ts'
import type { RecordedFault } from '../model/record.ts'

export interface Faults {
  see(event: HistoryEvent): void
  conclude(): readonly RecordedFault[]
}

/**
 * Folds fault events into one entry for each time a fault was inflicted. Stages are in milliseconds from the start of
 * the run, which the header gives.
 */
export function faults(): Faults {
  const entries: { readonly first: FaultEvent; readonly stages: Map<FaultStage, number> }[] = []
  const open = new Map<string, (typeof entries)[number]>()
  let startedUs = 0
  return {
    see(event) {
      if (event.kind === 'header') startedUs = event.startedUs
      if (event.kind !== 'fault') return
      const key = JSON.stringify([event.scenario, event.fault, event.on])
      let entry = open.get(key)
      if (entry === undefined || event.stage === 'inflicting') {
        entry = { first: event, stages: new Map() }
        entries.push(entry)
        open.set(key, entry)
      }
      entry.stages.set(event.stage, (event.atUs - startedUs) / 1000)
    },
    conclude: () =>
      entries.map(({ first, stages }) => ({
        scenario: first.scenario,
        name: first.fault,
        on: first.on,
        rung: first.rung,
        forgets: first.forgets,
        stages: Object.fromEntries(stages),
      })),
  }
}
