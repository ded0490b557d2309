/** What failed in a run, as entries for a file of expected failures; and how such entries fared. */
import type { MetExpectation } from '../harness/model/expected.ts'
import type { RunRecord } from '../harness/model/record.ts'
import { told } from './escape.ts'
import { entryName, reasonText } from './known.ts'
import { wrap } from './layout.ts'
import type { Brush } from './paint.ts'

/** Ready to be pasted, with a reason to be filled in. */
export function expectedText({ checks, scenarios, expectations = [] }: RunRecord): string {
  const known = new Set(
    expectations.map(({ entry: { id, variant } }) =>
      variant === undefined ? id : `${id}:${variant}`,
    ),
  )
  const failed = [
    ...checks
      .filter(({ verdict }) => verdict === 'fail')
      .map(({ id, caseId }) => ({ id, whole: caseId.replace(/~.*$/, '') })),
    ...scenarios
      .filter(({ verdict }) => verdict === 'violates' || verdict === 'breached')
      .map(({ name }) => ({ id: name, whole: name })),
  ].filter(({ id, whole }) => !known.has(id) && !known.has(whole))
  if (failed.length === 0) return 'expected: []'
  const entries = new Map(failed.map((each) => [each.whole, each.id]))
  return [
    'expected:',
    ...[...entries].flatMap(([whole, id]) => [
      `  - id: ${JSON.stringify(id)}`,
      ...(whole === id ? [] : [`    variant: ${JSON.stringify(whole.slice(id.length + 1))}`]),
      "    reason: ''",
    ]),
  ].join('\n')
}

/** What somebody has to do something about stands first, and is loud. */
export function expectationLines(
  { expectations = [], skipped = [] }: RunRecord,
  brush: Brush,
): readonly string[] {
  return [
    ...STATES.flatMap((state) =>
      expectations
        .filter((each) => each.state === state)
        .flatMap(({ entry }) =>
          wrap(`${told(entryName(entry))} ${WORDS[state]} (${told(reasonText(entry))})`, '  ', {
            ...brush,
            hang: 4,
          }).map(state === 'stale' ? brush.red : state === 'failed' ? brush.dim : brush.yellow),
        ),
    ),
    ...skipped.flatMap(({ id, reason }) =>
      wrap(`skipped ${told(id)}: ${told(reason)}`, '  ', { ...brush, hang: 4 }).map(brush.dim),
    ),
  ]
}

/** The loud ones first. */
export const STATES = ['stale', 'expired', 'undecided', 'failed'] as const

/** What a state of an entry means for whoever keeps the file. */
export const WORDS: Readonly<Record<MetExpectation['state'], string>> = {
  failed: 'failed as expected',
  stale: 'was expected to fail and does not: take the entry out',
  expired: 'is expected no longer: its day is over',
  undecided: 'was expected to fail and was not decided',
}
