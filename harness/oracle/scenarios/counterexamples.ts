/** The smallest counterexamples that an experiment concluded with, as far as a judge looks at them. */
import type { Json } from '../../model/plan.ts'

/** The case ids named in a conclusion; none where it names none. */
export function counterexamples(conclusion: Json): readonly string[] {
  const listed = isObject(conclusion) ? conclusion['counterexamples'] : undefined
  if (!Array.isArray(listed)) return []
  return listed.flatMap((each: Json) =>
    isObject(each) && typeof each['caseId'] === 'string' ? [each['caseId']] : [],
  )
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
