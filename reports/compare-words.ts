/** What a comparison says, in words that each of its forms shares. */
import type { Comparison, RateChange, RateName } from '../harness/model/comparison.ts'
import { count, percent, plural } from './figures.ts'
import { METRICS } from './summary-rates.ts'

export function comparedText({ rates, checks, scenarios, falseDiscoveryRate }: Comparison): string {
  const many = `${plural(rates.length, 'rate')}, ${plural(checks.compared, 'check case')}, ${plural(scenarios.compared, 'scenario')}`
  return `${many}; of the rates called worse at most ${falseDiscoveryRate * 100} % are so by chance`
}

export function betterText({ findings, checks, scenarios }: Comparison): string {
  return `${plural(checks.better.length, 'check case')}, ${plural(scenarios.better.length, 'scenario')}, ${plural(findings.gone.length, 'finding')} gone`
}

export function share({ events, trials }: RateChange['before']): string {
  return `${count(events)} of ${count(trials)} (${percent(events / trials)})`
}

/** Both samples of a rate. */
export function samplesText({ before, after }: RateChange): string {
  return `before ${sampleText(before)}; now ${sampleText(after)}`
}

/** With its two-sided 95 % interval. */
export function sampleText(of: RateChange['before']): string {
  return `${share(of)}, ${percent(of.low)} to ${percent(of.high)}`
}

export function small(chance: number): string {
  return chance < 1e-3 ? chance.toExponential(0) : chance.toPrecision(2)
}

export function rateName({ metric, frame, scenario, attack, phase, node }: RateName): string {
  const of = [attack ?? 'honest', phase === 'steady' ? null : phase, node]
  const where = of.filter((part) => part !== null).join(', ')
  return `${scenario}: ${METRICS[metric]} of ${where}${frame === 'code' ? ', code' : ''}`
}

export function caseName({
  id,
  usage,
  case: name,
}: {
  readonly id: string
  readonly usage: string
  readonly case: string
}): string {
  return `${id}, ${usage}, ${name}`
}
