/** `cupel list`. */
import { shippedScenarios } from '../api/select.ts'
import { FAULTS } from '../faults/index.ts'
import { FINDINGS } from '../harness/findings.ts'
import type { Check } from '../harness/model/check.ts'
import { COMPARISONS } from '../reports/comparisons.ts'
import { plural } from '../reports/figures.ts'
import { REPORTS } from '../reports/index.ts'
import { CHECKS } from '../suites/index.ts'
import { PROFILES } from '../suites/profiles/index.ts'
import { PROPERTIES } from '../suites/properties/index.ts'
import { FLAWS, TARGETS } from '../targets/index.ts'

type Row = readonly [name: string, text: string]

export async function listCommand(what: string, json: boolean): Promise<void> {
  const rows = await rowsOf(what)
  if (json) {
    console.log(
      JSON.stringify(
        rows.map(([name, text]) => ({ name, text })),
        null,
        2,
      ),
    )
    return
  }
  const width = Math.max(...rows.map(([name]) => name.length))
  for (const [name, text] of rows) console.log(`${name.padEnd(width)}  ${text}`.trimEnd())
}

async function rowsOf(what: string): Promise<readonly Row[]> {
  switch (what) {
    case 'suites':
      return suites()
    case 'checks':
      return CHECKS.map(({ id, title }) => [id, title])
    case 'scenarios':
      return [...PROPERTIES, ...(await shippedScenarios())].map(({ name, question }) => [
        name,
        question,
      ])
    case 'profiles':
      return PROFILES.map(({ name, title }) => [name, title])
    case 'targets':
      return TARGETS.map(({ name, title }) => [name, title])
    case 'faults':
      return FAULTS.map(({ name, title }) => [name, title])
    case 'flaws':
      return FLAWS.map(({ name, title }) => [name, title])
    case 'reports':
      return reports()
    default:
      return [...FINDINGS.values()].map(({ id, title }) => [id, title])
  }
}

/** With the file that each writes of a run, and of two that are compared. */
function reports(): readonly Row[] {
  return REPORTS.map(({ name, title, file }) => {
    const other = COMPARISONS.find((each) => each.name === name)
    const files = `${file}; of a comparison ${other === undefined ? 'none' : other.file}`
    return [name, `${title} (${files})`]
  })
}

/** One a section of a document, as `--suite` selects it, with how many checks it has. */
function suites(): readonly Row[] {
  const sections = Map.groupBy(CHECKS, ({ id }) => id.split('/').slice(0, 2).join('/'))
  return [...sections].map(([name, checks]) => [
    `${name}/**`,
    `${plural(checks.length, 'check')} of ${sectionOf(checks)}`,
  ])
}

/** As its document names it, without items and what else a check rests on. */
function sectionOf([first]: readonly Check[]): string {
  return first?.section.split(/[;,]| item/)[0] ?? ''
}
