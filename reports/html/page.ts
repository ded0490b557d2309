/** The report as one file for a browser: it asks nobody for anything, and runs nothing but its own few lines. */
import { createHash } from 'node:crypto'
import type { RunRecord } from '../../harness/model/record.ts'
import { markup, verbatim, type Filling } from '../markup.ts'
import { faultsSection } from './aftermath.ts'
import { checksSection } from './checks.ts'
import { expectedSection } from './expected.ts'
import { findingsSection } from './findings.ts'
import { firstScreen } from './first-screen.ts'
import { contextSection, honestySection, reproduceSection } from './honesty.ts'
import { latencySection } from './latency.ts'
import { overTimeSection } from './over-time.ts'
import { ratesSection } from './rates.ts'
import { scenariosSection } from './scenarios.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'
import { short } from './told.ts'

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

export function page(record: RunRecord): string {
  const sections: readonly (readonly [id: string, title: string, content: Filling])[] = [
    ['findings', 'Findings', findingsSection(record)],
    ['expected', 'Expected', expectedSection(record)],
    ['scenarios', 'Scenarios', scenariosSection(record)],
    ['rates', 'Rates', ratesSection(record)],
    ['over-time', 'Over time', overTimeSection(record)],
    ['faults', 'Faults', faultsSection(record)],
    ['latency', 'Latency', latencySection(record)],
    ['checks', 'Checks', checksSection(record)],
    ['harness', 'Harness', honestySection(record)],
    ['again', 'See it again', reproduceSection(record)],
  ]
  const there = sections.filter(([, , content]) => content !== null)
  const { source } = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${verbatim(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${`${record.verdict}: ${short(record.target.name, 80)} under ${short(record.profile, 40)}`}</title>
<link rel="icon" href="${verbatim(ICON)}">
<style>${verbatim(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the evidence</a>
${firstScreen(record)}<nav aria-label="Sections"><ul>${there.map(([id, title]) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main id="main">
${there.map(([, , content]) => content)}${contextSection(record)}</main>
<footer class="dim">${`Cupel ${record.tool.version} · ${record.verdict} · seed ${short(record.seed, 40)} · exit ${record.exitCode}`}</footer>
<script>${verbatim(SCRIPT)}</script>
</body>
</html>
`
  return source
}

function sha256(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
