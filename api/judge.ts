/** Judging a recorded history again: no suite, scenario, target or key is needed, and another profile may be asked. */
import { CupelError } from '../harness/errors.ts'
import { judgingIn } from '../harness/history/judging.ts'
import { readHistory } from '../harness/history/reader.ts'
import type { ExpectedFailure } from '../harness/model/expected.ts'
import type { HistoryEvent } from '../harness/model/history.ts'
import type { RunRecord } from '../harness/model/record.ts'
import type { Gate } from '../harness/model/scenario.ts'
import type { Judge } from '../harness/model/verdict.ts'
import { openJudge } from '../harness/oracle/judge.ts'
import { withGates } from './gates.ts'
import { openBooks, type Books } from './record.ts'
import { didYouMean } from './near.ts'

/**
 * @param file A `history.ndjson.gz`, whole or cut short.
 * @param profiles Names; empty for those the history was made for.
 * @param gates Limits on rates beside those that stand in the history.
 * @param expected Failures that cost nothing; none are in the history.
 * @throws {CupelError} ERR_HISTORY_* for files that are no such history, ERR_CONFIG_INVALID for gates about nothing in it.
 */
export async function judge(
  file: string,
  profiles: readonly string[],
  gates: readonly Gate[] = [],
  expected?: readonly ExpectedFailure[],
): Promise<RunRecord> {
  try {
    return await judged(file, (header) => open(header, profiles, gates), expected)
  } catch (cause) {
    // Only the outer shape of each event is looked at beforehand; what trips over the rest was not written by a run.
    if (!(cause instanceof TypeError || cause instanceof RangeError)) throw cause
    throw new CupelError(
      'ERR_HISTORY_UNREADABLE',
      `${file} says what no run writes: ${cause.message}`,
      { hint: 'Judge the file as the run wrote it. An edited history is no evidence.', cause },
    )
  }
}

async function judged(
  file: string,
  begin: (header: Opened['header']) => Opened,
  expected: readonly ExpectedFailure[] | undefined,
): Promise<RunRecord> {
  let opened: Opened | null = null
  for await (const event of readHistory(file)) {
    if (event.kind === 'header') opened = begin(event)
    if (opened === null) continue
    opened.books.see(event)
    for (const each of opened.judges) each.see(event)
  }
  if (opened === null) {
    throw new CupelError('ERR_HISTORY_UNREADABLE', `${file} holds no event`, {
      hint: 'The run ended before it had asked anything.',
    })
  }
  const judgements = opened.judges.map((each) => each.conclude())
  const complete = judgements.every((each) => each.complete)
  return opened.books.record(judgements, {
    header: opened.header,
    interrupted: complete ? null : 'the history has no footer: the run that wrote it did not end',
    ...(expected === undefined ? {} : { expected }),
  })
}

interface Opened {
  readonly header: Extract<HistoryEvent, { kind: 'header' }>
  readonly judges: readonly Judge[]
  readonly books: Books
}

function open(
  header: Opened['header'],
  profiles: readonly string[],
  gates: readonly Gate[],
): Opened {
  const recorded = judgingIn(header)
  const judging = { ...recorded, scenarios: withGates(recorded.scenarios, gates) }
  const known = Object.keys(judging.policies)
  const names = profiles.length > 0 ? profiles : judging.asked
  for (const name of names) {
    if (known.includes(name)) continue
    throw new CupelError(
      'ERR_UNKNOWN_NAME',
      `the history knows no profile ${JSON.stringify(name)}`,
      {
        hint: `${didYouMean(name, known)}It knows ${known.join(', ')}.`,
      },
    )
  }
  return {
    header,
    judges: names.map((name) => openJudge(judging, name)),
    books: openBooks(judging, null),
  }
}
