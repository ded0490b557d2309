/** What a target says, made safe to show: on a terminal, and to whoever reads a file. */

/** Controls, format characters (bidi overrides, zero widths, tags), halves of pairs, private and line separators. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}]/gu

/**
 * What a continuous-integration runner takes for a command: `::` that begins a line, which every word may do once text
 * is wrapped, and `##[` anywhere.
 */
const COMMAND = /(?<=^|\s):(?=:)|#(?=#\[)/g

/**
 * Text in which nothing moves the cursor, changes a colour, turns the reading direction or hides, and no line is a command to what
 * runs the program: each such character stands as `\u{…}`. For showing only; it cannot be turned back.
 */
export function escape(text: string): string {
  return text.replace(UNSAFE, inCode).replace(COMMAND, inCode)
}

function inCode(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}

/** Escaped, on one line and at most so many characters long. */
export function excerpt(text: string, most: number): string {
  // Twice as many units hold as many characters, and escaping only makes more of them; the rest need not be looked at.
  const safe = Array.from(escape(text.slice(0, 2 * most + 2)))
  return safe.length <= most ? safe.join('') : `${safe.slice(0, most - 1).join('')}…`
}

/** What anybody said, as a terminal shows it: escaped, and never so long that it pushes the rest away. */
export function told(text: string): string {
  return excerpt(text, MOST_TOLD)
}

/** Longer than any sentence of ours. */
const MOST_TOLD = 1_000
