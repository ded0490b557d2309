/** Rows that have every choice of values for any few factors in one of them at least: covering arrays, found greedily. */

/** One value of each factor, by number; 0 is the plain one. */
export type Row = readonly number[]

/** Values that some factors take together. */
type Choice = readonly (readonly [factor: number, value: number])[]

/**
 * Each row begins with the first choice that is not covered yet and takes for every other factor, in turn, the value with
 * which it covers most of the others, or the plainest of those. The same sizes give the same rows.
 *
 * @param sizes How many values each factor has.
 * @param strength How many factors are taken together.
 */
export function coveringRows(sizes: readonly number[], strength: number): readonly Row[] {
  const left = new Set(choicesOf(sizes, Math.min(strength, sizes.length)))
  const rows: Row[] = []
  for (let [next] = left; next !== undefined; [next] = left) {
    const row = rowAround(next, sizes, left)
    rows.push(row)
    for (const choice of left) if (holds(row, choice)) left.delete(choice)
  }
  return rows
}

/** How many choices of so many factors the rows have, and of how many that there are. */
export function coverage(
  rows: readonly Row[],
  sizes: readonly number[],
  strength: number,
): { readonly covered: number; readonly of: number } {
  const choices = choicesOf(sizes, Math.min(strength, sizes.length))
  const covered = choices.filter((choice) => rows.some((row) => holds(row, choice)))
  return { covered: covered.length, of: choices.length }
}

function choicesOf(sizes: readonly number[], strength: number, from = 0): readonly Choice[] {
  if (strength === 0) return [[]]
  const choices: Choice[] = []
  for (let factor = from; factor <= sizes.length - strength; factor++) {
    const rest = choicesOf(sizes, strength - 1, factor + 1)
    for (let value = 0; value < (sizes[factor] ?? 0); value++) {
      for (const each of rest) choices.push([[factor, value], ...each])
    }
  }
  return choices
}

function rowAround(start: Choice, sizes: readonly number[], left: ReadonlySet<Choice>): Row {
  const taken = new Map(start)
  for (const [factor, size] of sizes.entries()) {
    if (!taken.has(factor)) taken.set(factor, bestValue({ factor, size }, taken, left))
  }
  return sizes.map((_, factor) => taken.get(factor) ?? 0)
}

function bestValue(
  { factor, size }: { readonly factor: number; readonly size: number },
  taken: ReadonlyMap<number, number>,
  left: ReadonlySet<Choice>,
): number {
  const gains = Array.from({ length: size }, () => 0)
  for (const choice of left) {
    const own = choice.find(([each]) => each === factor)
    if (own === undefined) continue
    const fits = choice.every(([each, value]) => (taken.get(each) ?? value) === value)
    // A choice that this value would complete counts for more than one that it only leaves open.
    const missing = choice.filter(([each]) => !taken.has(each)).length
    if (fits) gains[own[1]] = (gains[own[1]] ?? 0) + 1 / missing ** 2
  }
  return gains.indexOf(Math.max(...gains))
}

function holds(row: Row, choice: Choice): boolean {
  return choice.every(([factor, value]) => row[factor] === value)
}
