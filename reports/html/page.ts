/** The report of a run as one file for a browser. */
import type { RunRecord } from '../../harness/model/record.ts'
import type { Filling } from '../markup.ts'
import { faultsSection } from './aftermath.ts'
import { checksSection } from './checks.ts'
import { clocksSection } from './clocks.ts'
import { documentOf } from './document.ts'
import { expectedSection } from './expected.ts'
import { findingsSection } from './findings.ts'
import { firstScreen } from './first-screen.ts'
import { contextSection, honestySection, reproduceSection } from './honesty.ts'
import { latencySection } from './latency.ts'
import { overTimeSection } from './over-time.ts'
import { ratesSection } from './rates.ts'
import { scenariosSection } from './scenarios.ts'
import { short } from './told.ts'

export function page(record: RunRecord): string {
  const sections: readonly (readonly [id: string, title: string, content: Filling])[] = [
    ['findings', 'Findings', findingsSection(record)],
    ['expected', 'Expected', expectedSection(record)],
    ['scenarios', 'Scenarios', scenariosSection(record)],
    ['rates', 'Rates', ratesSection(record)],
    ['over-time', 'Over time', overTimeSection(record)],
    ['faults', 'Faults', faultsSection(record)],
    ['clocks', 'Clocks', clocksSection(record)],
    ['latency', 'Latency', latencySection(record)],
    ['checks', 'Checks', checksSection(record)],
    ['harness', 'Harness', honestySection(record)],
    ['again', 'See it again', reproduceSection(record)],
  ]
  return documentOf({
    title: `${record.verdict}: ${short(record.target.name, 80)} under ${short(record.profile, 40)}`,
    head: firstScreen(record),
    sections: sections.flatMap(([id, title, content]) =>
      content === null ? [] : [{ id, title, content }],
    ),
    last: contextSection(record),
    foot: `Cupel ${record.tool.version} · ${record.verdict} · seed ${short(record.seed, 40)} · exit ${record.exitCode}`,
  })
}
