/** What became worse from one run to another, as one file for a browser: what is worse first, with both samples. */
import type {
  CheckChange,
  Comparison,
  OnlyAsked,
  RateChange,
} from '../../harness/model/comparison.ts'
import type { Finding } from '../../harness/model/record.ts'
import { betterText, caseName, comparedText, rateName, share, small } from '../compare-words.ts'
import { count, percent, plural } from '../figures.ts'
import { markup, type Filling, type Markup } from '../markup.ts'
import { r } from './chart.ts'
import { documentOf } from './document.ts'
import { LEAST, MARKS, scale, WIDTH, x } from './log-scale.ts'
import { few, rest, row, section, short, table, type Tone } from './told.ts'

const MOST = 300
const WHERE = 'the comparison as JSON'

const WORDS: Readonly<Record<Comparison['verdict'], readonly [word: string, tone: Tone]>> = {
  worse: ['✕ worse', 'bad'],
  'no worse': ['✓ no worse', 'good'],
  'nothing compared': ['? nothing compared', 'doubt'],
}

export function comparePage(comparison: Comparison): string {
  const { after, verdict } = comparison
  const sections: readonly (readonly [id: string, title: string, content: Filling])[] = [
    ['worse', 'Became worse', worseSection(comparison)],
    ['unproved', 'No longer proved', unprovedSection(comparison)],
    ['rates', 'Every rate', ratesSection(comparison.rates)],
    ['only', 'Asked of one alone', onlySection(comparison)],
    ['better', 'Became better', betterSection(comparison)],
  ]
  return documentOf({
    title: `${verdict}: ${short(after.target, 80)} under ${short(after.profile, 40)}`,
    head: firstScreen(comparison),
    sections: sections.flatMap(([id, title, content]) =>
      content === null ? [] : [{ id, title, content: section(id, title, content) }],
    ),
    foot: `Cupel · runs ${short(comparison.before.runId, 40)} and ${short(after.runId, 40)}`,
  })
}

function firstScreen(comparison: Comparison): Markup {
  const { before, after, rates, checks, scenarios, findings, verdict } = comparison
  const [word, tone] = WORDS[verdict]
  const worse = [
    ...few(findings.new, 3).map(({ id, times }) => `${id}, new, ${plural(times, 'time')}`),
    ...few(
      rates.filter((rate) => rate.worse),
      3,
    ).map((rate) => `${rateName(rate)}: ${share(rate.before)} to ${share(rate.after)}`),
    ...(scenarios.worse.length === 0
      ? []
      : [`${plural(scenarios.worse.length, 'scenario')} worse`]),
    ...(checks.worse.length === 0 ? [] : [`${plural(checks.worse.length, 'check case')} worse`]),
  ]
  const cells = rates.length + checks.compared + scenarios.compared
  return markup`<header>
<div class="verdict ${tone}"><p class="dim">Cupel comparison</p>
<h1><span class="word ${tone}-ink">${word}</span> ${short(after.target, 80)}</h1>
<p class="question">Did anything become worse from the first run to the second?</p></div>
<dl class="facts">
<div><dt>What became worse</dt><dd>${worse.length === 0 ? 'Nothing that chance does not explain.' : markup`<ul>${worse.map((each) => markup`<li>${short(each, 240)}</li>`)}</ul>`}</dd></div>
<div><dt>Cells compared</dt><dd><strong class="figure">${count(cells)}</strong> <span class="why">${comparedText(comparison)}</span></dd><dt>Better</dt><dd class="why">${betterText(comparison)}</dd></div>
<div><dt>First run</dt><dd>${side(before)}</dd><dt>Second run</dt><dd>${side(after)}</dd></div>
</dl>
</header>
`
}

function side({ target, profile, seed, startedAt, verdict }: Comparison['before']): Markup {
  return markup`<strong>${verdict}</strong> <span class="why">${short(target, 80)} under ${short(profile, 40)}, seed ${short(seed, 40)}, ${short(startedAt, 40)}</span>`
}

function worseSection({ findings, rates, scenarios, checks }: Comparison): Filling {
  const rose = rates.filter((rate) => rate.worse)
  const parts = [
    titled('New findings', findings.new, findingRows),
    rose.length === 0
      ? null
      : [markup`<h3>Rates that rose</h3>`, rateTable('Rates that rose', rose)],
    titled('Scenarios', scenarios.worse, (all) => changes('Scenarios', all)),
    titled('Checks', checks.worse, (all) => changes('Checks', all.map(named))),
  ].filter((each) => each !== null)
  return parts.length === 0 ? null : parts
}

function titled<Each>(
  title: string,
  all: readonly Each[],
  told: (all: readonly Each[]) => Filling,
): Filling {
  if (all.length === 0) return null
  return [markup`<h3>${title}</h3>`, told(few(all, MOST)), rest(all, MOST, WHERE)]
}

function findingRows(all: readonly Finding[]): Markup {
  return markup`<ul>${all.map(({ id, obliges, times, because }) => markup`<li><code class="${obliges ? 'bad' : 'dim'}">${short(id, 100)}</code> <span class="dim">${plural(times, 'time')}${obliges ? '' : ', not held against it'}</span><br>${short(because, 600)}</li>`)}</ul>`
}

interface Change {
  readonly name: string
  readonly before: string
  readonly after: string
  readonly because: string
}

function named(change: CheckChange): Change {
  return { ...change, name: caseName(change) }
}

function changes(label: string, all: readonly Change[]): Markup {
  return table(
    label,
    ['what', 'before', 'after', 'because'],
    all.map(({ name, before, after, because }) =>
      row([
        markup`<code>${short(name, 160)}</code>`,
        before,
        markup`<strong>${after}</strong>`,
        short(because),
      ]),
    ),
  )
}

function ratesSection(rates: readonly RateChange[]): Filling {
  if (rates.length === 0) return null
  return [
    markup`<p>Each with both samples and their two-sided 95 % intervals on a logarithmic scale: above the first run, below it the second. The chance is that of a rise at least so large if the rate did not rise; behind it what is left of it among all that were compared (Benjamini and Hochberg).</p>`,
    rateTable('Every rate that both runs have', few(rates, MOST)),
    rest(rates, MOST, WHERE),
  ]
}

function rateTable(label: string, rates: readonly RateChange[]): Markup {
  return table(
    label,
    ['rate', 'before', 'after', markup`intervals, in % ${scale()}`, 'chance', 'among all'],
    rates.map((rate) =>
      row([
        short(rateName(rate), 120),
        share(rate.before),
        markup`<span class="${rate.worse ? 'bad' : ''}">${share(rate.after)}</span>`,
        markup`<span class="${rate.worse ? 'bad' : 'dim'}">${bars(rate)}</span>`,
        small(rate.chance),
        small(rate.adjusted),
      ]),
    ),
  )
}

function bars({ before, after }: RateChange): Markup {
  return markup`<svg class="bar two" viewBox="0 0 ${WIDTH} 26" role="img" aria-label="before ${interval(before)}, after ${interval(after)}">${MARKS.map((mark) => markup`<line class="grid" x1="${r(x(mark))}" x2="${r(x(mark))}" y1="0" y2="26"/>`)}<g class="first">${bar(before, 7)}</g>${bar(after, 19)}</svg>`
}

function interval({ low, high }: RateChange['before']): string {
  return `from ${percent(low)} to ${percent(high)}`
}

function bar({ events, trials, low, high }: RateChange['before'], y: number): Filling {
  const [from, to] = [x(Math.max(low, LEAST)), x(Math.max(high, LEAST))]
  const dot = events === 0 ? null : markup`<circle cx="${r(x(events / trials))}" cy="${y}" r="4"/>`
  return [markup`<line x1="${r(from)}" x2="${r(to)}" y1="${y}" y2="${y}"/>`, dot]
}

function unprovedSection({ scenarios, checks }: Comparison): Filling {
  const all = [...scenarios.unproved, ...checks.unproved.map(named)]
  if (all.length === 0) return null
  return [
    markup`<p>What was known before and is not any more, which is neither better nor worse.</p>`,
    changes('No longer proved', few(all, MOST)),
    rest(all, MOST, WHERE),
  ]
}

function onlySection({ findings, onlyBefore, onlyAfter }: Comparison): Filling {
  const parts = [
    titled('Found in what only the second was asked', findings.unasked, findingRows),
    onlyOf('Only the first was asked', onlyBefore),
    onlyOf('Only the second was asked', onlyAfter),
  ].filter((each) => each !== null)
  return parts.length === 0 ? null : parts
}

function onlyOf(title: string, { checks, scenarios, rates }: OnlyAsked): Filling {
  return titled(
    title,
    [...scenarios, ...checks, ...rates.map(rateName)],
    (all) =>
      markup`<details><summary>${plural(checks.length, 'check case')}, ${plural(scenarios.length, 'scenario')}, ${plural(rates.length, 'rate')}</summary><ul>${all.map((each) => markup`<li><code>${short(each, 160)}</code></li>`)}</ul></details>`,
  )
}

function betterSection({ scenarios, checks, findings }: Comparison): Filling {
  const all = [...scenarios.better, ...checks.better.map(named)]
  const gone = findings.gone
  if (all.length + gone.length === 0) return null
  return [
    titled(
      'Findings that are gone',
      gone,
      (ids) => markup`<ul>${ids.map((id) => markup`<li><code>${short(id, 100)}</code></li>`)}</ul>`,
    ),
    all.length === 0 ? null : changes('Became better', few(all, MOST)),
    rest(all, MOST, WHERE),
  ]
}
