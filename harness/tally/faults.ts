/** What was broken, when, and whether it was seen to be. */
import type { FaultEvent, FaultStage, HistoryEvent } from '../model/history.ts'
import type { RecordedFault } from '../model/record.ts'

export interface Faults {
  see(event: HistoryEvent): void
  conclude(): readonly RecordedFault[]
  /** What is broken still, in words. */
  unmended(): readonly string[]
}

/**
 * What is done with these stands outside of all that ends with a run: where its history breaks off, as after `kill -9`, it
 * is in force until somebody takes it back.
 */
const OUTLIVES_ITS_RUN: ReadonlySet<string> = new Set(['exec', 'toxiproxy'])

interface Entry {
  readonly first: FaultEvent
  readonly stages: Map<FaultStage, number>
  last: FaultEvent
}

/**
 * Folds fault events into one entry for each time a fault was inflicted. Stages are in milliseconds from the start of
 * the run, which the header gives.
 */
export function faults(): Faults {
  const entries: Entry[] = []
  const open = new Map<string, Entry>()
  let startedUs = 0
  return {
    see(event) {
      if (event.kind === 'header') startedUs = event.startedUs
      if (event.kind !== 'fault') return
      const key = JSON.stringify([event.scenario, event.fault, event.on])
      let entry = open.get(key)
      if (entry === undefined || event.stage === 'inflicting') {
        entry = { first: event, stages: new Map(), last: event }
        entries.push(entry)
        open.set(key, entry)
      }
      entry.last = event
      entry.stages.set(event.stage, (event.atUs - startedUs) / 1000)
    },
    conclude: () =>
      entries.map((entry) => ({
        scenario: entry.first.scenario,
        name: entry.first.fault,
        on: entry.first.on,
        rung: entry.first.rung,
        forgets: entry.first.forgets,
        stages: {
          ...Object.fromEntries(entry.stages),
          ...(isForsaken(entry) ? { unmended: (entry.last.atUs - startedUs) / 1000 } : {}),
        },
      })),
    unmended: () => entries.flatMap(leftIn),
  }
}

function isForsaken({ last }: Entry): boolean {
  return !['mended', 'unmended'].includes(last.stage) && OUTLIVES_ITS_RUN.has(last.rung)
}

function leftIn(entry: Entry): readonly string[] {
  const { fault, on, rung, stage, seen } = entry.last
  const what = `${fault} on ${on}`
  if (isForsaken(entry)) return [`${what}: its run ended before it was mended (${rung})`]
  return stage === 'unmended' ? [`${what}: ${typeof seen === 'string' ? seen : stage}`] : []
}
