import type { RecordedScenario } from '../harness/model/record.ts'
import type { GuardResult } from '../harness/model/verdict.ts'

/** What had to happen and did not, but for what the verdict's own words name. */
export function unmetBesides({
  guards,
  because,
}: Pick<RecordedScenario, 'guards' | 'because'>): readonly GuardResult[] {
  return guards.filter(({ name, seen, needed }) => seen < needed && !because.includes(`${name}: `))
}
