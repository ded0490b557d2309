/** HTML, XML and SVG in which whatever is filled in is text, unless it is markup that was made here. */
import { escape } from './escape.ts'

/** Made by the functions of this file alone: nothing else may say that a text is markup. */
export class Markup {
  readonly source: string
  constructor(source: string) {
    this.source = source
  }
}

export type Filling = string | number | Markup | null | readonly Filling[]

/** A template whose fillings are escaped; lists stand one after the other, null is nothing. */
export function markup(parts: TemplateStringsArray, ...fillings: readonly Filling[]): Markup {
  return new Markup(
    parts.map((part, index) => `${index === 0 ? '' : filled(fillings[index - 1])}${part}`).join(''),
  )
}

/** Text of our own, in a language that has no markup, such as a style sheet. */
export function verbatim(source: string): Markup {
  return new Markup(source)
}

function filled(filling: Filling | undefined): string {
  if (filling === null || filling === undefined) return ''
  if (filling instanceof Markup) return filling.source
  if (typeof filling === 'number') return String(filling)
  if (typeof filling === 'string') return asText(filling)
  return filling.map(filled).join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it may stand between tags and inside quoted attributes, of XML too: no control character is left. */
function asText(text: string): string {
  return escape(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
