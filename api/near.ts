/** What somebody may have meant by a name that nothing has. */
import { closest, distance } from 'fastest-levenshtein'

/** Of a name's letters so many may be wrong: what is further off was not meant. */
const WRONG = 0.4

/** As the beginning of a hint; empty where nothing is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const found = known.length === 0 ? '' : closest(name, [...known])
  const far = distance(name, found) > Math.max(2, name.length * WRONG)
  return found === '' || far ? '' : `Did you mean ${found}? `
}
