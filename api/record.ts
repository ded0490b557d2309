/** What is counted beside the judges while events pass: latency, honesty, faults; and the record made of it all. */
import { hash } from 'node:crypto'
import { isoTime } from '../harness/clock.ts'
import type { ExpectedFailure, Skip } from '../harness/model/expected.ts'
import type { HistoryEvent } from '../harness/model/history.ts'
import type { Judging } from '../harness/model/judging.ts'
import type { RunRecord } from '../harness/model/record.ts'
import type { Clock } from '../harness/model/target.ts'
import type { Judgement } from '../harness/model/verdict.ts'
import { faults } from '../harness/tally/faults.ts'
import { honesty } from '../harness/tally/honesty.ts'
import { latencies } from '../harness/tally/latency.ts'
import { assemble } from '../harness/tally/record.ts'
import { VERSION } from './version.ts'

export interface Ending {
  readonly header: Extract<HistoryEvent, { kind: 'header' }>
  readonly interrupted: string | null
  readonly expected?: readonly ExpectedFailure[]
  readonly skipped?: readonly Skip[]
}

export interface Books {
  see(event: HistoryEvent): void
  /** What is broken still, in words. */
  unmended(): readonly string[]
  record(judgements: readonly Judgement[], ending: Ending): RunRecord
}

const NOT_MENDED = 'not mended: '

/** What a record says is broken still, in words. */
export function unmendedIn({ notes }: Pick<RunRecord, 'notes'>): readonly string[] {
  return notes
    .filter((note) => note.startsWith(NOT_MENDED))
    .map((note) => note.slice(NOT_MENDED.length))
}

/** @param clock Tells when the record ends; null takes the last time that stands in the history. */
export function openBooks(judging: Judging, clock: Clock | null): Books {
  const folds = { latency: latencies(), generator: honesty(), faults: faults() }
  let lastUs = 0
  return {
    see(event) {
      for (const fold of Object.values(folds)) fold.see(event)
      lastUs = Math.max(lastUs, timeOf(event))
    },
    unmended: () => folds.faults.unmended(),
    record(judgements, { header, interrupted, expected, skipped }) {
      return assemble({
        judgements,
        header,
        judging,
        endedUs: clock?.nowUs() ?? lastUs,
        isoTime,
        digest: (text) => hash('sha256', text, 'base64url'),
        versions: { cupel: VERSION, node: process.version },
        latency: folds.latency.conclude(),
        generator: folds.generator.conclude(),
        faults: folds.faults.conclude(),
        interrupted,
        notes: folds.faults.unmended().map((each) => `${NOT_MENDED}${each}`),
        ...(expected === undefined ? {} : { expected }),
        ...(skipped === undefined ? {} : { skipped }),
      })
    },
  }
}

function timeOf(event: HistoryEvent): number {
  switch (event.kind) {
    case 'header':
      return event.startedUs
    case 'observed':
      return event.answeredUs ?? event.begunUs ?? event.dueUs
    case 'fault':
    case 'clock':
    case 'measured':
      return event.atUs
    case 'round':
    case 'concluded':
    case 'footer':
      return 0
  }
}
