/** `cupel replay`. */
import { drawnIn } from '../api/case.ts'
import type { OnlyCase } from '../harness/model/judging.ts'
import { readRecord } from '../api/record-file.ts'
import { replay } from '../api/replay.ts'
import { reportsFor } from '../api/select.ts'
import { CupelError } from '../harness/errors.ts'
import type { RunRecord } from '../harness/model/record.ts'
import { plural } from '../reports/figures.ts'
import { replayText, stillHappens, type Still } from '../reports/replay-text.ts'
import { stopOnSignals } from './signals.ts'
import { show } from './tell.ts'

export interface ReplayCommandOptions {
  readonly record: string
  readonly target?: string
  readonly profile: readonly string[]
  readonly seed?: string
  readonly times: number
  readonly out: string
  readonly maxRate?: number
}

const CODES: Readonly<Record<Still, number>> = {
  'still happens': 1,
  'not known': 2,
  'did not happen': 0,
}

/** Asks until it happens, at most so often. @returns 1 where it still happens, 2 where nobody can say, else 0. */
export async function replayCommand(id: string, options: ReplayCommandOptions): Promise<number> {
  const { only, ...from } = await origin(id, options)
  const stopping = stopOnSignals((text) => console.error(text))
  try {
    let still: Still = 'not known'
    for (let time = 1; time <= options.times && !stopping.signal.aborted; time++) {
      const replayed = await replay(only, {
        ...from,
        strict: false,
        out: options.out,
        signal: stopping.signal,
        maxPerSecond: options.maxRate ?? null,
        reports: reportsFor([]),
        watch: () => undefined,
        note: (text) => console.error(text),
      })
      still = stillHappens(replayed)
      if (still !== 'still happens' && time < options.times) continue
      show((paint, columns) => replayText(replayed, paint, columns))
      if (options.times > 1)
        console.log(`  after ${plural(time, 'time')} of at most ${options.times}`)
      break
    }
    return CODES[still]
  } finally {
    stopping.release()
  }
}

interface Origin {
  readonly only: OnlyCase
  readonly target: string
  readonly profiles: readonly string[]
  readonly seed: string
}

/** Whom to ask what, under which profile and from which seed: as said here, or else as the record has it. */
async function origin(
  caseId: string,
  { record: path, target, profile, seed }: ReplayCommandOptions,
): Promise<Origin> {
  if (target !== undefined && seed !== undefined) {
    // All is said but what a property drew, which is of no matter for any other case.
    const record = await readRecord(path).catch(() => null)
    return { only: onlyIn(record, caseId), target, profiles: profile, seed }
  }
  const record = await readRecord(path)
  const called = target ?? record.target.called
  if (called === undefined) {
    throw new CupelError('ERR_CONFIG_INVALID', `${path} does not say how its target was called`, {
      hint: 'Name it with --target.',
    })
  }
  const profiles = [record.profile, ...record.profiles.map((each) => each.profile)]
  return {
    only: onlyIn(record, caseId),
    target: called,
    profiles: profile.length > 0 ? profile : target === undefined ? profiles : [],
    seed: seed ?? record.seed,
  }
}

function onlyIn(record: RunRecord | null, caseId: string): OnlyCase {
  const drawn = record === null ? undefined : drawnIn(record, caseId)
  return drawn === undefined ? { caseId } : { caseId, drawn }
}
