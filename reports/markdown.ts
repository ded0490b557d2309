/** GitHub's Markdown, in which whatever a target says is text. */
import { excerpt } from './escape.ts'
import { plural } from './figures.ts'

/** GitHub refuses a step summary above a mebibyte; each list is cut long before. */
const MOST_ROWS = 100
const MOST_TEXT = 400

export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`)
}

export function few<Each>(all: readonly Each[]): readonly Each[] {
  return all.slice(0, MOST_ROWS)
}

/** @param where What holds all of them. */
export function rest(all: readonly unknown[], where: string): readonly string[] {
  return all.length > MOST_ROWS
    ? ['', `and ${plural(all.length - MOST_ROWS, 'other')}; all stand in ${where}`]
    : []
}

/** Text in which nothing is a link, a mention, an image, a cell's end or markup, whether in Markdown or in HTML within it. */
export function md(text: string): string {
  return excerpt(text, MOST_TEXT).replace(
    /[&<>"'\\`*_{}[\]#|~!$@]|:(?=\/\/)|(?<=\bwww)[.]/gi,
    inDecimal,
  )
}

function inDecimal(character: string): string {
  return `&#${character.charCodeAt(0)};`
}
