/** The rates as a table, each with its interval as a bar over a logarithmic scale, where 0.01 % and 1 % are told apart. */
import type { Rate, RunRecord } from '../../harness/model/record.ts'
import { countsOf, estimate, percent } from '../figures.ts'
import { markup, type Filling, type Markup } from '../markup.ts'
import { METRICS, shownRates } from '../summary-rates.ts'
import { r } from './chart.ts'
import { LEAST, MARKS, scale, WIDTH, x } from './log-scale.ts'
import { few, rest, section, short } from './told.ts'

const MOST = 400

export function ratesSection({ rates }: RunRecord): Filling {
  const shown = shownRates(rates)
  if (shown.length === 0) return null
  const groups = Map.groupBy(few(shown, MOST), ({ scenario }) => scenario)
  return section(
    'rates',
    'Rates',
    markup`<p>Each with its two-sided 95 % interval. The bar is on a logarithmic scale; the tick at its end is the bound that a limit on the rate is held against. <span class="dim">Members of one unit share a cause, so it is units that count: two fault windows say little, however many requests met them.</span></p>
<div class="scroll" tabindex="0" role="group" aria-label="Rates"><table class="rates"><thead><tr><th scope="col">of</th><th scope="col">false</th><th scope="col">seen</th><th scope="col">interval, in % ${scale()}</th><th scope="col" class="n">at most</th><th scope="col" class="n">coverage</th><th scope="col">unit</th></tr></thead>${[...groups].map(group)}</table></div>${rest(shown, MOST)}`,
  )
}

function group([scenario, rates]: readonly [string, readonly Rate[]]): Markup {
  return markup`<tbody><tr class="group"><th scope="rowgroup" colspan="7">${short(scenario, 80)}</th></tr>${rates.map(line)}</tbody>\n`
}

function line(rate: Rate): Markup {
  const { metric, attack, phase, node, frame, events, upper95, coverage, unit } = rate
  const of = [
    attack ?? 'honest',
    phase === 'steady' ? null : phase,
    node,
    frame === 'code' ? 'by its own clock' : null,
  ].filter((each) => each !== null)
  const wrong = events > 0 && (metric === 'far' || metric === 'frr') && frame === 'world'
  return markup`<tr><td>${short(of.join(', '), 80)}</td><td class="word">${METRICS[metric]}</td><td class="${wrong ? 'bad' : ''}">${events === 0 ? countsOf(rate) : estimate(rate).replaceAll(' %', '\u00a0%')}</td><td class="${wrong ? 'bad' : 'dim'}">${bar(rate)}</td><td class="n">${percent(upper95)}</td><td class="n">${percent(coverage)}</td><td class="word">${unit}</td></tr>`
}

/** From the lower to the upper end, a dot at the estimate, a tick at the one-sided bound. */
export function bar({ events, trials, low, high, upper95 }: Rate): Filling {
  if (trials === 0) return 'nothing known'
  const [from, to, bound] = [
    x(Math.max(low, LEAST)),
    x(Math.max(high, LEAST)),
    x(Math.max(upper95, LEAST)),
  ]
  const dot = events === 0 ? null : markup`<circle cx="${r(x(events / trials))}" cy="9" r="4"/>`
  return markup`<svg class="bar" viewBox="0 0 ${WIDTH} 18" role="img" aria-label="from ${percent(low)} to ${percent(high)}, at most ${percent(upper95)}">${MARKS.map((mark) => markup`<line class="grid" x1="${r(x(mark))}" x2="${r(x(mark))}" y1="0" y2="18"/>`)}<line x1="${r(from)}" x2="${r(to)}" y1="9" y2="9"/><line class="end" x1="${r(bound)}" x2="${r(bound)}" y1="3" y2="15"/>${dot}</svg>`
}
