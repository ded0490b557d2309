/** Faults are named in files, and which there are is said by whoever reads them: nothing here knows any. */
import { closest } from 'fastest-levenshtein'
import { problem, type Path, type Problem } from './problems.ts'
import { at } from './schema-walk.ts'

/** The names of all faults; absent where nobody says. */
export type KnownFaults = readonly string[] | undefined

/**
 * A fault that there is none of would never come to be in force.
 *
 * @param list Where the list stands whose items have a `fault`.
 */
export function unknownFaults(value: unknown, list: Path, known: KnownFaults): readonly Problem[] {
  const items = at(value, list)
  if (known === undefined || known.length === 0 || !Array.isArray(items)) return []
  return items.flatMap((_item, index): readonly Problem[] => {
    const path = [...list, index, 'fault']
    const name = at(value, path)
    if (typeof name !== 'string' || known.includes(name)) return []
    const expected = `a fault that there is, such as ${closest(name, [...known])}`
    return [problem(path, expected)]
  })
}
