/** One scenario along its time, node by node: what a chart of false answers and faults is drawn from. */
import type { Metric, Series } from '../../model/counts.ts'
import type { Book, Line } from './book.ts'
import type { Slots } from '../time/slots.ts'

export interface Counted {
  readonly place: { readonly scenario: { readonly name: string } }
  readonly metric: Metric
  readonly world: Book
}

type Lists = Pick<
  Series,
  'owedAccept' | 'falseReject' | 'owedReject' | 'falseAccept' | 'unavailable' | 'undecided'
>

/** Which lists a line of each metric adds to: its trials, and its events. */
const INTO: Readonly<Record<Metric, readonly [trials: keyof Lists | null, events: keyof Lists]>> = {
  far: ['owedReject', 'falseAccept'],
  'replay-acceptance': ['owedReject', 'falseAccept'],
  frr: [null, 'falseReject'],
  unavailability: ['owedAccept', 'unavailable'],
  inconclusive: [null, 'undecided'],
}

/** Longer runs are told in longer steps. */
const MOST_STEPS = 4_096
const SECOND_MS = 1_000

/** For each scenario one series of all nodes together and, of several nodes, one each. */
export function seriesOf(counted: readonly Counted[], slots: Slots): readonly Series[] {
  const scenarios = Map.groupBy(counted, ({ place }) => place.scenario.name)
  return [...scenarios].flatMap(([scenario, all]) => {
    const lines = all.flatMap(({ metric, world }) =>
      [...world.lines()].map((line) => ({ ...line, metric })),
    )
    const nodes = new Set(lines.map(({ slot }) => slots.node(slot)).filter((each) => each !== null))
    const several = nodes.size > 1 ? [...nodes].toSorted() : []
    return [null, ...several].map((node) => along(scenario, node, lines, slots))
  })
}

function along(
  scenario: string,
  node: string | null,
  lines: readonly (Line & { readonly metric: Metric })[],
  slots: Slots,
): Series {
  const seconds = lines.map(({ slot }) => slots.second(slot))
  const first = seconds.reduce((a, b) => Math.min(a, b), Infinity)
  const last = seconds.reduce((a, b) => Math.max(a, b), 0)
  let step = 1
  while ((last - first + 1) / step > MOST_STEPS) step *= 2
  const length = Math.ceil((last - first + 1) / step)
  const blank = (): number[] => Array.from({ length }, () => 0)
  const lists = {
    owedAccept: blank(),
    falseReject: blank(),
    owedReject: blank(),
    falseAccept: blank(),
    unavailable: blank(),
    undecided: blank(),
  }
  for (const { slot, metric, events, trials } of lines) {
    if (node !== null && slots.node(slot) !== node) continue
    const at = Math.floor((slots.second(slot) - first) / step)
    const [of, wrong] = INTO[metric]
    if (of !== null) lists[of][at] = (lists[of][at] ?? 0) + trials
    lists[wrong][at] = (lists[wrong][at] ?? 0) + events
  }
  return { scenario, node, startMs: first * SECOND_MS, stepMs: step * SECOND_MS, ...lists }
}
