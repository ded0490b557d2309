/** What became worse from one run to another, as Markdown: for a step summary or a pull request. */
import type { CheckChange, Comparison, RateChange } from '../harness/model/comparison.ts'
import { betterText, caseName, comparedText, rateName, sampleText, small } from './compare-words.ts'
import { plural } from './figures.ts'
import { few, md, rest, table } from './markdown.ts'

const SIGNS: Readonly<Record<Comparison['verdict'], string>> = {
  worse: '❌',
  'no worse': '✅',
  'nothing compared': '⚠️',
}

const WHERE = 'the comparison as JSON'

export function compareMarkdown(comparison: Comparison): string {
  const { before, after, verdict, scenarios, checks, findings } = comparison
  const parts: readonly (readonly string[])[] = [
    [
      `## ${SIGNS[verdict]} ${verdict.toUpperCase()}: ${md(after.target)} under ${md(after.profile)}`,
      '',
      ...table(
        ['', ''],
        [
          ['Before', side(before)],
          ['After', side(after)],
          ['Compared', md(comparedText(comparison))],
          ['Better', md(betterText(comparison))],
        ],
      ),
    ],
    titled('New findings', findings.new.map(findingLine)),
    rateLines(comparison.rates.filter(({ worse }) => worse)),
    titled('Scenarios that became worse', scenarios.worse.map(changeLine)),
    titled('Checks that became worse', checks.worse.map(checkLine)),
    titled('No longer proved, which is neither better nor worse', [
      ...scenarios.unproved.map(changeLine),
      ...checks.unproved.map(checkLine),
    ]),
    titled('Found in what only the second was asked', findings.unasked.map(findingLine)),
  ]
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n')
}

function side({ target, profile, seed, startedAt, verdict }: Comparison['before']): string {
  return md(`${target} under ${profile}, seed ${seed}, ${startedAt}: ${verdict}`)
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return []
  return [`### ${title}`, '', ...few(lines), ...rest(lines, WHERE)]
}

function rateLines(worse: readonly RateChange[]): readonly string[] {
  if (worse.length === 0) return []
  const head = ['rate', 'before', 'after', 'chance', 'among all']
  const rows = few(worse).map((rate) => [
    md(rateName(rate)),
    md(sampleText(rate.before)),
    md(sampleText(rate.after)),
    small(rate.chance),
    small(rate.adjusted),
  ])
  return ['### Rates that rose', '', ...table(head, rows), ...rest(worse, WHERE)]
}

function findingLine({
  id,
  obliges,
  times,
  because,
}: Comparison['findings']['new'][number]): string {
  const held = obliges ? '' : ', not held against it'
  return `- **${md(id)}** (${plural(times, 'time')}${held}): ${md(because)}`
}

function checkLine(change: CheckChange): string {
  return changeLine({ ...change, name: caseName(change) })
}

function changeLine(of: {
  readonly name: string
  readonly before: string
  readonly after: string
  readonly because: string
}): string {
  return `- ${md(of.name)}: ${of.before} to **${of.after}**, ${md(of.because)}`
}
