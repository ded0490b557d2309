/** What a reader sees before scrolling: the verdict, what failed, how often, and what to do. */
import type { RunRecord } from '../../harness/model/record.ts'
import { timesText } from '../times.ts'
import { count, plural } from '../figures.ts'
import { headline, toldFindings, type Headline, type Often } from '../headline.ts'
import { markup, type Filling, type Markup } from '../markup.ts'
import { scale } from './log-scale.ts'
import { bar } from './rates.ts'
import { short, TONES } from './told.ts'

const WORDS: Readonly<Record<RunRecord['verdict'], string>> = {
  violates: '✕ violates',
  breached: '✕ breached',
  inconclusive: '? inconclusive',
  conforms: '✓ conforms',
}

/** How many lines of one kind fit before the fold. */
const MOST = 4

export function firstScreen(record: RunRecord): Markup {
  const told = headline(record)
  const tone = TONES[told.verdict]
  return markup`<header>
<div class="verdict ${tone}"><p class="dim">Cupel report</p>
<h1><span class="word ${tone}-ink">${WORDS[told.verdict]}</span> ${short(record.target.name, 80)} <span class="dim">under ${short(record.profile, 40)}</span></h1>
<p class="question">${short(told.question, 200)} <strong>${short(told.meaning, 300)}</strong></p></div>
<dl class="facts four">${facts(told, record)}</dl>
${asked(record)}
</header>
`
}

/** Two and two: what failed and what to do, and how often. */
function facts(told: Headline, record: RunRecord): readonly Markup[] {
  return [
    markup`<dt>What failed</dt><dd>${failed(told.failed, record)}</dd>`,
    markup`<dt>What to do</dt><dd>${toDo(told.next)}</dd>`,
    often('Accepted what it must refuse', told.falseAccepts),
    often('Refused what it must accept', told.falseRejects),
  ].map((box) => markup`<div>${box}</div>\n`)
}

/** Findings lead to where they are told; whatever else failed stands around them. */
function failed(all: Headline['failed'], record: RunRecord): Filling {
  if (all.length === 0) return 'Nothing that the target is held to.'
  const order = toldFindings(record).map(({ finding }) => finding)
  const lines = all.map(({ text, finding }) => {
    if (finding === null) return markup`<li>${short(text, 300)}</li>`
    const tone = finding.severity === 'high' ? 'bad' : 'doubt'
    return markup`<li><span class="tag ${tone}">${finding.severity}</span> <a href="#finding-${order.indexOf(finding) + 1}">${short(text, 300)}</a></li>`
  })
  const more =
    all.length > MOST
      ? markup`<li><a href="#findings">and ${plural(all.length - MOST, 'other')}</a></li>`
      : null
  return markup`<ul class="bare">${lines.slice(0, MOST)}${more}</ul>`
}

/** The share as a figure, its interval as a bar, and in small print of what it is. */
function often(what: string, { figure, text, rate }: Often): Markup {
  const tone = figure === 'none' ? 'good' : rate === null ? 'dim' : 'bad'
  const known = rate === null ? null : [bar(rate), scale()]
  return markup`<dt>${what}</dt><dd><strong class="figure ${tone}">${figure}</strong><span class="${tone}">${known}</span><span class="why">${short(text)}</span></dd>`
}

const AGAIN = 'See it again: '

/** A command stands by itself, so that it can be copied whole. */
function toDo(lines: readonly string[]): Filling {
  const commands = lines.filter((each) => each.startsWith(AGAIN))
  return [
    list(lines.filter((each) => !each.startsWith(AGAIN))),
    commands.map(
      (each) =>
        markup`<p class="why">See it again:</p><pre>${short(each.slice(AGAIN.length), 300)}</pre>`,
    ),
  ]
}

function list(lines: readonly string[]): Filling {
  if (lines.length === 1) return short(lines[0] ?? '', 300)
  return markup`<ul>${lines.map((each) => markup`<li>${short(each, 300)}</li>`)}</ul>`
}

function asked(record: RunRecord): Markup {
  const { target, seed, generator, startedAt, endedAt, checks, scenarios, exitCode, plan } = record
  const nodes = target.nodes === 0 ? [] : [plural(target.nodes, 'node')]
  const shard =
    plan?.shard === null || plan === null ? [] : [`shard ${plan.shard.index} of ${plan.shard.of}`]
  const all = [
    target.kind,
    ...nodes,
    plural(generator.sent, 'request'),
    `${count(checks.length)} check cases`,
    plural(scenarios.length, 'scenario'),
    ...gatesText(record),
    timesText(startedAt, endedAt),
    `seed ${short(seed, 40)}`,
    `exit ${exitCode}`,
    ...shard,
  ]
  return markup`<p class="asked dim">${all.join(' · ')}</p>`
}

/** How the limits on rates fared, where there were any. */
function gatesText({ scenarios }: RunRecord): readonly string[] {
  const answers = Map.groupBy(
    scenarios.flatMap(({ gates }) => gates),
    ({ answer }) => answer,
  )
  if (answers.size === 0) return []
  return [
    `gates: ${[...answers].map(([answer, all]) => `${count(all.length)} ${answer}`).join(', ')}`,
  ]
}
