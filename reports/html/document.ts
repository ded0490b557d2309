/** What every page has around it: one file, which asks nobody for anything, and runs nothing but its own few lines. */
import { createHash } from 'node:crypto'
import { markup, verbatim, type Filling } from '../markup.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'

/** Nothing may be loaded, sent or framed; of styles and scripts only the two whose hashes stand here. */
const POLICY = [
  "default-src 'none'",
  `style-src '${sha256(STYLE)}'`,
  `script-src '${sha256(SCRIPT)}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** An icon of its own, since a browser would ask for one otherwise. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M2 5h12l-2 9H4z' fill='%23888'/%3E%3C/svg%3E"

export interface Page {
  readonly title: string
  /** What is seen before scrolling. */
  readonly head: Filling
  readonly sections: readonly {
    readonly id: string
    readonly title: string
    readonly content: Filling
  }[]
  /** What has no entry among the sections. */
  readonly last?: Filling
  readonly foot: string
}

export function documentOf({ title, head, sections, last = null, foot }: Page): string {
  const { source } = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${verbatim(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="${verbatim(ICON)}">
<style>${verbatim(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the evidence</a>
${head}<nav aria-label="Sections"><ul>${sections.map(({ id, title: name }) => markup`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
<main id="main">
${sections.map(({ content }) => content)}${last}</main>
<footer class="dim">${foot}</footer>
<script>${verbatim(SCRIPT)}</script>
</body>
</html>
`
  return source
}

function sha256(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
