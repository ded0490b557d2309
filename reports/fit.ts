/** Text for a terminal that is narrower than it: nothing is cut off, and what belongs together still looks so. */
import wrapAnsi from 'wrap-ansi'
import { LEAST_COLUMNS, WIDTH } from './layout.ts'
import { plain, SGR } from './paint.ts'

/** What is broken goes on so much further in than its line began. */
const HANG = 2

/**
 * Lines that fit stay as they are. Of others the columns move together first, and then they are broken at spaces; a
 * single word that is too long, such as a command to copy, is left to the terminal.
 */
export function fitted(text: string, columns: number | undefined): string {
  return isKnown(columns) ? broken(text.split('\n'), columns) : text
}

/** The same of text that was wrapped without knowing how wide it may be. */
export function rewrapped(text: string, columns: number | undefined): string {
  if (!isKnown(columns)) return text
  const lines = text.split('\n')
  return broken(columns < WIDTH ? paragraphs(lines) : lines, columns)
}

function isKnown(columns: number | undefined): columns is number {
  return columns !== undefined && columns >= LEAST_COLUMNS
}

function broken(lines: readonly string[], columns: number): string {
  return lines
    .flatMap((line) => (plain(line).length <= columns ? [line] : brokenLine(line, columns)))
    .join('\n')
}

/** What was wrapped to WIDTH, each paragraph on one line again. */
function paragraphs(lines: readonly string[]): readonly string[] {
  const joined: string[] = []
  let previous: string | null = null
  for (const line of lines) {
    const last = joined.pop()
    if (last === undefined) joined.push(line)
    else if (previous !== null && goesOn(previous, line)) {
      joined.push(`${last} ${line.replace(LEADING, '$1')}`)
    } else joined.push(last, line)
    previous = line
  }
  return joined
}

/** Whether the first word of a line would not have fitted into the one before it, as far in and without columns. */
function goesOn(previous: string, line: string): boolean {
  const [one, other] = [plain(previous), plain(line)]
  const [word = ''] = other.trimStart().split(' ')
  return (
    word !== '' &&
    indentOf(one) === indentOf(other) &&
    !/ {2}/.test(one.trimStart()) &&
    one.length <= WIDTH &&
    one.length + 1 + word.length > WIDTH
  )
}

function brokenLine(line: string, columns: number): readonly string[] {
  const own = Math.min(indentOf(plain(line)), Math.floor(columns / 3))
  const closer = line.replace(LEADING, '$1').replaceAll(/ {3,}/g, '  ')
  const [first = '', ...rest] = wrapAnsi(closer, columns - own - HANG, { trim: true }).split('\n')
  return [' '.repeat(own) + first, ...rest.map((each) => ' '.repeat(own + HANG) + each)]
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length
}

/** Codes that open a line, and the spaces behind them. */
const LEADING = new RegExp(`^((?:${SGR})*) *`)
