/** What a user says beforehand of a run: which failures are expected, and what is left out. */
import { matchesGlob } from 'node:path'
import { CupelError } from '../harness/errors.ts'
import type { ExpectedFailure, Skip } from '../harness/model/expected.ts'
import { USAGE_LETTERS } from '../harness/plan/control.ts'
import { CHECKS } from '../suites/index.ts'
import { PROPERTIES } from '../suites/properties/index.ts'
import { shippedScenarios, type Selection } from './select.ts'
import { didYouMean } from './near.ts'

/** @throws {CupelError} ERR_UNKNOWN_NAME for a skip that is the name of nothing. */
export async function withoutSkips(
  selection: Selection,
  skips: readonly Skip[],
): Promise<Selection> {
  if (skips.length === 0) return selection
  const known = await namesOf(selection.scenarios)
  for (const { id } of skips)
    if (!known.some((name) => matchesGlob(name, id))) throw unknownName(id, known)
  const isKept = (name: string): boolean => !skips.some(({ id }) => matchesGlob(name, id))
  return {
    checks: selection.checks.filter(({ id }) => isKept(id)),
    scenarios: selection.scenarios.filter(({ name }) => isKept(name)),
    properties: selection.properties.filter(({ name }) => isKept(name)),
  }
}

/**
 * @param own Scenarios that do not ship and are asked all the same.
 * @throws {CupelError} ERR_UNKNOWN_NAME for an expectation of something that there is not.
 */
export async function refuseUnknown(
  expected: readonly ExpectedFailure[],
  own: Selection['scenarios'],
): Promise<void> {
  if (expected.length === 0) return
  const names = await namesOf(own)
  const cases = CHECKS.flatMap(({ id, usages, cases: drafts }) =>
    usages.flatMap((usage) => drafts.map(({ name }) => `${id}:${USAGE_LETTERS[usage]}:${name}`)),
  )
  const known = new Set([...names, ...cases])
  for (const { id, variant } of expected) {
    const whole = variant === undefined ? id : `${id}:${variant}`
    if (!known.has(whole)) throw unknownName(whole, [...known])
  }
}

async function namesOf(scenarios: Selection['scenarios']): Promise<readonly string[]> {
  const shipped = await shippedScenarios()
  return [...CHECKS.map(({ id }) => id), ...[...PROPERTIES, ...shipped, ...scenarios].map(nameOf)]
}

function nameOf({ name }: { readonly name: string }): string {
  return name
}

function unknownName(name: string, known: readonly string[]): CupelError {
  return new CupelError('ERR_UNKNOWN_NAME', `nothing is called ${JSON.stringify(name)}`, {
    hint: `${didYouMean(name, known)}\`cupel list checks\` and \`scenarios\` name them all.`,
  })
}
