/** Test cases that a run and a comparison have alike. */
import type { Finding } from '../harness/model/record.ts'
import type { CheckResult } from '../harness/model/verdict.ts'
import { againOf } from './again.ts'
import { plural } from './figures.ts'
import { titleOf } from './headline.ts'
import type { Case } from './junit-xml.ts'
import { remedyOf } from './remedies.ts'

/** The section that a case of a check belongs to, and what it is called there, in whichever report. */
export function placeOf({
  id,
  usage,
  case: name,
}: Pick<CheckResult, 'id' | 'usage' | 'case'>): Pick<Case, 'suite' | 'name'> {
  return { suite: sectionOf(id), name: `${id} ${usage} ${name}` }
}

/** The document and section at the head of an id. */
export function sectionOf(id: string): string {
  return id.split('/').slice(0, 2).join('/')
}

/** What was found, those held against the target as failures, with the requests that show it. */
export function findingCase(finding: Finding): Case {
  const { id, severity, obliges, because, times, witness, spec, cwe, controls } = finding
  const remedy = remedyOf(id)
  const command = againOf(witness)
  const sources = [...spec, ...(cwe === null ? [] : [cwe]), ...controls]
  return {
    suite: 'findings',
    name: id,
    end: obliges ? 'failure' : 'passed',
    type: severity,
    message: `${titleOf(finding)}: ${because}`,
    lines: [
      `${titleOf(finding)} (${severity}, ${plural(times, 'time')}). ${because}`,
      ...(sources.length === 0 ? [] : [sources.join('; ')]),
      ...witness.map(
        ({ node, begunMs, answeredMs, sent, got }) =>
          `${begunMs.toFixed(3)} ms to ${answeredMs === null ? 'never' : `${answeredMs.toFixed(3)} ms`}${node === null ? '' : ` at ${node}`}: sent ${sent}; got ${got}`,
      ),
      ...(remedy === null ? [] : [`What to do: ${remedy}`]),
      ...(command === null ? [] : [command]),
    ],
  }
}
