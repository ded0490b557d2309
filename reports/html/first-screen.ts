/** What a reader sees before scrolling: the verdict, what failed, how often, and what to do. */
import type { RunRecord } from '../../harness/model/record.ts'
import { count, plural } from '../figures.ts'
import { headline, type Headline, type Often } from '../headline.ts'
import { markup, type Filling, type Markup } from '../markup.ts'
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
<dl class="facts">
<div><dt>What failed</dt><dd>${failed(told)}</dd></div>
<div>${often('Accepted what it must refuse', told.falseAccepts)}${often('Refused what it must accept', told.falseRejects)}</div>
<div><dt>What to do</dt><dd>${list(told.next)}</dd></div>
</dl>
${asked(record)}
</header>
`
}

function failed({ failed: all }: Headline): Filling {
  if (all.length === 0) return 'Nothing that the target is held to.'
  const more = all.length > MOST ? [`and ${plural(all.length - MOST, 'other')}, below`] : []
  return list([...all.slice(0, MOST), ...more])
}

function often(what: string, { figure, text }: Often): Markup {
  return markup`<dt>${what}</dt><dd><strong class="figure">${figure}</strong> <span class="why">${short(text)}</span></dd>`
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
  const facts = [
    target.kind,
    ...nodes,
    plural(generator.sent, 'request'),
    `${count(checks.length)} check cases`,
    plural(scenarios.length, 'scenario'),
    `${startedAt} to ${endedAt}`,
    `seed ${short(seed, 40)}`,
    `exit ${exitCode}`,
    ...shard,
  ]
  return markup`<p class="asked dim">${facts.join(' · ')}</p>`
}
