/** What changes when a target moves from one profile to another. */
import type { MigrationRow } from '../model/record.ts'
import type { CheckResult } from '../model/verdict.ts'
import { ofCheck } from './verdict.ts'

/**
 * The cases whose standing differs between two profiles of one history, in the order of the first. A case that the
 * second profile has no determinate answer to, because its stimulus was never sent beside a control of that profile, is
 * `not asked`: it must be asked before anyone moves.
 */
export function migration(
  from: readonly CheckResult[],
  to: readonly CheckResult[],
): readonly MigrationRow[] {
  const others = new Map(to.map((check) => [name(check), check]))
  return from.flatMap((check) => row(check, others.get(name(check)) ?? null))
}

function row(from: CheckResult, to: CheckResult | null): readonly MigrationRow[] {
  const change = changeOf(from, to)
  if (change === null) return []
  const { caseId, id, usage, case: caseName, verdict } = from
  return [{ caseId, id, usage, case: caseName, change, from: verdict, to: to?.verdict ?? null }]
}

function changeOf(from: CheckResult, to: CheckResult | null): MigrationRow['change'] | null {
  if (from.asked === 0) return null
  if (to === null || to.asked === 0) return 'not asked'
  const before = ofCheck(from.verdict)
  const after = ofCheck(to.verdict)
  if (before === 'conforms' && after === 'violates') return 'conforms -> violates'
  if (before === 'violates' && after === 'conforms') return 'violates -> conforms'
  return null
}

function name({ id, usage, case: caseName }: CheckResult): string {
  return JSON.stringify([id, usage, caseName])
}
