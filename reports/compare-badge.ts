/** A comparison for a page that has room for a word: a badge, and one line of text. */
import type { Comparison } from '../harness/model/comparison.ts'
import { counted, drawn, more } from './badge.ts'
import { comparedText, rateName, share } from './compare-words.ts'
import { excerpt } from './escape.ts'
import { plural } from './figures.ts'
import { byGravity, titleOf } from './headline.ts'

const TONES = { worse: 'bad', 'no worse': 'good', 'nothing compared': 'doubt' } as const

export function compareBadge(comparison: Comparison): string {
  const { verdict } = comparison
  const parts = [
    counted(newOf(comparison), 'finding'),
    counted(roseOf(comparison), 'rate'),
    counted(comparison.scenarios.worse, 'scenario'),
    counted(comparison.checks.worse, 'check case'),
  ].filter((part) => part !== null)
  const message = parts.length === 0 ? verdict : `${verdict}: ${parts.join(', ')}`
  return drawn('cupel compare', message, TONES[verdict])
}

/** Verdict, target, what became worse with the worst of each kind, how much was compared, seeds and exit code. */
export function compareLine(comparison: Comparison): string {
  const { verdict, before, after, scenarios, checks, exitCode } = comparison
  const [found] = newOf(comparison)
  const [rate] = roseOf(comparison)
  const worse = [
    ...(found === undefined
      ? []
      : [`new: ${titleOf(found)} (${plural(found.times, 'time')})${more(newOf(comparison))}`]),
    ...(rate === undefined
      ? []
      : [
          `rose: ${rateName(rate)} from ${share(rate.before)} to ${share(rate.after)}${more(roseOf(comparison))}`,
        ]),
    ...(scenarios.worse.length === 0
      ? []
      : [`${plural(scenarios.worse.length, 'scenario')} worse`]),
    ...(checks.worse.length === 0 ? [] : [`${plural(checks.worse.length, 'check case')} worse`]),
  ]
  const told = worse.length === 0 ? '' : `; ${excerpt(worse.join('; '), 800)}`
  return `${excerpt(
    `${verdict.toUpperCase()} ${excerpt(after.target, 100)} under ${after.profile}${told}; compared ${comparedText(comparison)}; seeds ${before.seed} and ${after.seed}, exit ${exitCode}`,
    1_500,
  )}\n`
}

function newOf({ findings }: Comparison) {
  return byGravity(findings.new).filter(({ obliges }) => obliges)
}

function roseOf({ rates }: Comparison) {
  return rates.filter(({ worse }) => worse)
}
