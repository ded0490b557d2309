/** Names beside what they stand for, in a column where there is room; what does not fit goes on below itself. */
import { wrap } from './layout.ts'
import type { Brush } from './paint.ts'

export interface Fact {
  readonly name: string
  readonly lines: readonly string[]
}

const INDENT = '  '
const GAP = 2
/** Of the width at most so much is for names; a longer one pushes what it stands for away. */
const MOST_SHARE = 1 / 2

/**
 * @param facts Without anything that a target has said, unless it was made safe to show.
 * @param indent Before a name.
 */
export function factLines(
  facts: readonly Fact[],
  brush: Brush,
  indent = INDENT,
): readonly string[] {
  const most = Math.floor(brush.width * MOST_SHARE)
  const label = Math.min(Math.max(...facts.map(({ name }) => name.length)) + GAP, most)
  return facts.flatMap(({ name, lines }) => {
    const below = ' '.repeat(indent.length + label)
    const [first = '', ...rest] = lines.flatMap((line) => wrap(line, below, brush))
    const named = `${indent}${brush.dim(name.padEnd(label))}`
    return name.length + GAP > label
      ? [`${indent}${brush.dim(name)}`, first, ...rest]
      : [`${named}${first.trimStart()}`, ...rest]
  })
}

export function fact(name: string, ...lines: readonly string[]): Fact {
  return { name, lines }
}
