/** Failures that were expected, how their entries fared, and what was left out. */
import type { MetExpectation } from '../../harness/model/expected.ts'
import type { RunRecord } from '../../harness/model/record.ts'
import { STATES, WORDS } from '../expected-text.ts'
import { entryName, reasonText } from '../known.ts'
import { markup, type Filling } from '../markup.ts'
import { few, rest, row, section, short, table, type Tone } from './told.ts'

const MOST = 300

const TONE_OF: Readonly<Record<MetExpectation['state'], Tone>> = {
  stale: 'bad',
  expired: 'doubt',
  undecided: 'doubt',
  failed: 'dim',
}

export function expectedSection({ expectations = [], skipped = [] }: RunRecord): Filling {
  if (expectations.length + skipped.length === 0) return null
  const sorted = STATES.flatMap((state) => expectations.filter((each) => each.state === state))
  return section('expected', 'Expected, or left out', [
    sorted.length === 0
      ? null
      : table(
          'Expected failures',
          ['expected to fail', 'state', 'reason', 'until'],
          few(sorted, MOST).map(({ entry, state }) =>
            row([
              markup`<code>${short(entryName(entry), 160)}</code>`,
              markup`<span class="${TONE_OF[state]}">${WORDS[state]}</span>`,
              short(reasonText(entry)),
              short(entry.expires ?? '', 20),
            ]),
          ),
        ),
    rest(sorted, MOST),
    skipped.length === 0
      ? null
      : markup`<ul>${few(skipped, MOST).map(({ id, reason }) => markup`<li>skipped <code>${short(id, 160)}</code>: ${short(reason)}</li>`)}</ul>`,
  ])
}
