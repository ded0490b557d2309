/** Words and signs that several sections of the page share. */
import type { CheckLevel, Verdict } from '../../harness/model/verdict.ts'
import { excerpt } from '../escape.ts'
import { count } from '../figures.ts'
import { markup, type Filling, type Markup } from '../markup.ts'

/** How a verdict reads at a glance: never by colour alone. */
export type Tone = 'bad' | 'doubt' | 'good' | 'dim'

export const TONES: Readonly<Record<Verdict | CheckLevel, Tone>> = {
  violates: 'bad',
  breached: 'bad',
  fail: 'bad',
  inconclusive: 'doubt',
  'non-strict': 'doubt',
  conforms: 'good',
  pass: 'good',
  informational: 'dim',
  unsupported: 'dim',
}

export const SIGNS: Readonly<Record<CheckLevel, string>> = {
  fail: '✕',
  inconclusive: '?',
  'non-strict': '~',
  pass: '✓',
  informational: 'i',
  unsupported: '–',
}

/** The worst first. */
export const LEVELS: readonly CheckLevel[] = [
  'fail',
  'inconclusive',
  'non-strict',
  'informational',
  'unsupported',
  'pass',
]

/** Text at most so long that a page stays a page, whatever a target says. */
export function short(text: string, most = 400): string {
  return excerpt(text, most)
}

export function section(id: string, title: string, content: Filling): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${content}</section>\n`
}

/** A table that scrolls by itself on a narrow screen, by keyboard too. */
export function table(label: string, head: readonly Filling[], rows: readonly Filling[]): Markup {
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="${label}"><table><thead><tr>${head.map((each) => markup`<th scope="col">${each}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`
}

export function row(cells: readonly Filling[]): Markup {
  return markup`<tr>${cells.map((each) => markup`<td>${each}</td>`)}</tr>\n`
}

export function toned(verdict: Verdict | CheckLevel): Markup {
  return markup`<strong class="word ${TONES[verdict]}">${verdict}</strong>`
}

/** Stands behind the verdict of what somebody expected. */
export const EXPECTED = markup` <span class="tag">expected</span>`

/** The first of many, and what is said of the rest. */
export function few<Each>(all: readonly Each[], most: number): readonly Each[] {
  return all.slice(0, most)
}

export function rest(all: readonly unknown[], most: number, where = 'record.json'): Filling {
  if (all.length <= most) return null
  return markup`<p class="dim">and ${count(all.length - most)} more; all stand in ${where}</p>`
}
