/** One case by its id, among all that ships. */
import { CupelError } from '../harness/errors.ts'
import { isObject } from '../harness/json.ts'
import type { Check } from '../harness/model/check.ts'
import type { OnlyCase } from '../harness/model/judging.ts'
import type { Json } from '../harness/model/plan.ts'
import type { RecordedScenario } from '../harness/model/record.ts'
import { USAGE_LETTERS } from '../harness/plan/control.ts'
import { CHECKS } from '../suites/index.ts'
import { PROPERTIES } from '../suites/properties/index.ts'
import { shippedScenarios, type Selection } from './select.ts'
import { didYouMean } from './near.ts'

/** As much of a record as says what its experiments concluded with. */
export interface Concluded {
  readonly scenarios: readonly Pick<RecordedScenario, 'conclusion'>[]
}

/**
 * What a record says of a case that a property drew in its run.
 *
 * @returns Undefined where it did not fail there, or is no such case.
 */
export function drawnIn({ scenarios }: Concluded, caseId: string): Json | undefined {
  for (const { conclusion } of scenarios) {
    const kept = isObject(conclusion) ? conclusion['failed'] : undefined
    for (const each of Array.isArray(kept) ? (kept as readonly Json[]) : []) {
      if (!isObject(each)) continue
      const ids = each['caseIds']
      if (Array.isArray(ids) && ids.includes(caseId)) return each['drawn']
    }
  }
  return undefined
}

/**
 * What must be selected for a case to be planned: its check with this case alone, or its scenario.
 *
 * @throws {CupelError} ERR_UNKNOWN_NAME for what is no case, ERR_CONFIG_INVALID for one that was drawn and nobody kept.
 */
export async function selectCase({ caseId: id, drawn }: OnlyCase): Promise<Selection> {
  const check = CHECKS.map((each) => narrowed(each, id)).find(({ cases }) => cases.length > 0)
  if (check !== undefined) return { checks: [check], scenarios: [], properties: [] }
  const shipped = await shippedScenarios()
  const scenario = shipped.find(({ name }) => id.startsWith(`${name}/`))
  if (scenario !== undefined) return { checks: [], scenarios: [scenario], properties: [] }
  const property = PROPERTIES.find(({ name }) => id.startsWith(`${name}/`))
  if (property === undefined)
    throw unknownCase(
      id,
      shipped.map(({ name }) => name),
    )
  if (drawn !== undefined) return { checks: [], scenarios: [], properties: [property] }
  throw new CupelError('ERR_CONFIG_INVALID', `${id} did not fail in the run of this record`, {
    hint: `Such cases are drawn, and kept where they fail: give the record of that run with --record, or draw again with cupel run --scenario ${property.name} and its --seed.`,
  })
}

/** The check with the cases that have this id, and for the usage in it alone. */
function narrowed(check: Check, id: string): Check {
  const [letters = '', name = ''] = id.startsWith(`${check.id}:`)
    ? id.slice(check.id.length + 1).split(/:(.*)/s)
    : []
  return {
    ...check,
    usages: check.usages.filter((usage) => USAGE_LETTERS[usage] === letters),
    // A case that is asked for a second control carries the name of its profile.
    cases: check.cases.filter((each) => name === each.name || name.startsWith(`${each.name}~`)),
  }
}

function unknownCase(id: string, scenarios: readonly string[]): CupelError {
  const known = [
    ...CHECKS.flatMap((check) =>
      check.usages.flatMap((usage) =>
        check.cases.map(({ name }) => `${check.id}:${USAGE_LETTERS[usage]}:${name}`),
      ),
    ),
    ...scenarios.map((name) => `${name}/…/0`),
  ]
  return new CupelError('ERR_UNKNOWN_NAME', `there is no case ${JSON.stringify(id)}`, {
    hint: `${didYouMean(id, known)}Findings and reports name the case that shows each.`,
  })
}
