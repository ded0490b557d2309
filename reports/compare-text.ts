/** What became worse from one record to another, for the terminal. */
import type { Comparison, OnlyAsked, RateChange } from '../harness/model/comparison.ts'
import { betterText, caseName, comparedText, rateName, share, small } from './compare-words.ts'
import { excerpt, told } from './escape.ts'
import { fact, factLines } from './facts.ts'
import { plural } from './figures.ts'
import { columns, wrap } from './layout.ts'
import { brushes, type Brush } from './paint.ts'
import { timeText } from './times.ts'

/** How many of one kind are told; the JSON has all. */
const MOST = 20

/** The verdict first, what is worse below it, and what could not be compared last. */
export function compareText(comparison: Comparison, paint: boolean, columnsKnown?: number): string {
  const brush = brushes(paint, columnsKnown)
  const { before, after, findings, checks, scenarios, onlyBefore, onlyAfter } = comparison
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['Rates that rose', rateLines(comparison.rates, brush)],
    ['New findings', findings.new.flatMap((each) => findingLines(each, brush))],
    [
      'Scenarios that became worse',
      few(scenarios.worse).flatMap((each) => changeLines(each.name, each, brush)),
    ],
    [
      'Checks that became worse',
      few(checks.worse).flatMap((each) => changeLines(caseName(each), each, brush)),
    ],
    [
      'No longer proved, which is neither better nor worse',
      [
        ...scenarios.unproved.flatMap((each) => changeLines(each.name, each, brush)),
        ...few(checks.unproved).flatMap((each) => changeLines(caseName(each), each, brush)),
      ],
    ],
    [
      'Found in what only the second was asked',
      findings.unasked.flatMap((each) => findingLines(each, brush)),
    ],
    ['Only the first was asked', onlyLines(onlyBefore, brush)],
    ['Only the second was asked', onlyLines(onlyAfter, brush)],
  ]
  return [
    `${verdictText(comparison, brush)}  ${told(after.target)} under ${told(after.profile)}`,
    '',
    ...factLines(
      [
        fact('before', sideText(before)),
        fact('after', sideText(after)),
        fact('compared', comparedText(comparison)),
        fact('better', betterText(comparison)),
      ],
      brush,
    ),
    ...sections
      .filter(([, lines]) => lines.length > 0)
      .flatMap(([title, lines]) => ['', brush.bold(title), ...lines]),
  ].join('\n')
}

function verdictText({ verdict }: Comparison, brush: Brush): string {
  const paint = { worse: brush.red, 'no worse': brush.green, 'nothing compared': brush.yellow }
  return brush.bold(paint[verdict](verdict.toUpperCase()))
}

function sideText({ target, profile, seed, startedAt, verdict }: Comparison['before']): string {
  return `${told(target)} under ${told(profile)}, seed ${told(seed)}, ${timeText(startedAt)}: ${verdict}`
}

function rateLines(rates: readonly RateChange[], brush: Brush): readonly string[] {
  const worse = rates.filter((rate) => rate.worse)
  if (worse.length === 0) return []
  const rows = few(worse).map((rate) => [
    excerpt(rateName(rate), 60),
    `${share(rate.before)} to ${brush.red(share(rate.after))}`,
    brush.dim(`chance ${small(rate.chance)}, ${small(rate.adjusted)} among all`),
  ])
  return [...columns(rows), ...more(worse)]
}

function findingLines(
  { id, obliges, times, because }: Comparison['findings']['new'][number],
  brush: Brush,
): readonly string[] {
  const name = obliges ? brush.red(told(id)) : told(id)
  const held = obliges ? '' : ', not held against it'
  return [
    `  ${name}  ${brush.dim(`${plural(times, 'time')}${held}`)}`,
    ...wrap(told(because), '    ', brush),
  ]
}

function changeLines(
  name: string,
  {
    before,
    after,
    because,
  }: { readonly before: string; readonly after: string; readonly because: string },
  brush: Brush,
): readonly string[] {
  return [
    `  ${before} to ${after}  ${told(name)}`,
    ...wrap(excerpt(because, 400), '    ', brush).map(brush.dim),
  ]
}

function onlyLines({ checks, scenarios, rates }: OnlyAsked, brush: Brush): readonly string[] {
  const others = rates.filter(({ scenario }) => !scenarios.includes(scenario))
  const lines = [
    ...(scenarios.length === 0 ? [] : [`scenarios: ${scenarios.map(told).join(', ')}`]),
    ...(checks.length === 0 ? [] : [`check cases: ${list(checks)}`]),
    ...(others.length === 0 ? [] : [`rates: ${list(others.map(rateName))}`]),
  ]
  return lines.flatMap((line) => wrap(line, '  ', { ...brush, hang: 2 }))
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 5).map(told).join('; ')
  return names.length > 5 ? `${shown}; and ${plural(names.length - 5, 'other')}` : shown
}

function few<Each>(all: readonly Each[]): readonly Each[] {
  return all.slice(0, MOST)
}

function more(all: readonly unknown[]): readonly string[] {
  return all.length > MOST ? [`  and ${plural(all.length - MOST, 'other')}`] : []
}
