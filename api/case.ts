/** One case by its id, among all that ships. */
import { closest } from 'fastest-levenshtein'
import { CupelError } from '../harness/errors.ts'
import type { Check } from '../harness/model/check.ts'
import { USAGE_LETTERS } from '../harness/plan/control.ts'
import { CHECKS } from '../suites/index.ts'
import { PROPERTIES } from '../suites/properties/index.ts'
import { shippedScenarios, type Selection } from './select.ts'

/**
 * What must be selected for a case to be planned: its check with this case alone, or its scenario.
 *
 * @param id As a finding or a check result names it, such as `rfc7523/3/exp-past:ca:a-day-ago` or `replay-race/one-node/0`.
 * @throws {CupelError} ERR_UNKNOWN_NAME for what is no case, ERR_CONFIG_INVALID for one that only its whole run can make.
 */
export async function selectCase(id: string): Promise<Selection> {
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
  throw new CupelError('ERR_CONFIG_INVALID', `${id} was drawn and made smaller in its run`, {
    hint: `Ask for the same draws again: cupel run --scenario ${property.name} --seed …, with the seed of that run.`,
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
    hint: `Did you mean ${closest(id, known)}? Findings and reports name the case that shows each.`,
  })
}
