/** How long something stays wrong after a fault was mended. */
import type { Series } from '../model/counts.ts'
import type { RecordedFault, Recovery } from '../model/record.ts'
import { binomialQuantile } from './binomial.ts'
import { oneSided } from './interval.ts'

/** A window is at least so long, and holds at least so many judged requests. */
const WINDOW_MS = 1000
const WINDOW_JUDGED = 100

/** How likely any window of a target that is back at its baseline is taken for a bad one. */
const FALSE_ALARM = 0.01

/** A bad window among so many of the last: it is not over. */
const LAST = 3

/** One for each fault that was seen mended, in scenarios whose course over time is known. Over all nodes. */
export function recoveries(
  series: readonly Series[],
  faults: readonly RecordedFault[],
): readonly Recovery[] {
  return faults.flatMap((fault) => {
    const course = series.find(({ scenario, node }) => scenario === fault.scenario && node === null)
    const mendedMs = fault.stages.mended
    if (course === undefined || mendedMs === undefined) return []
    const own = faults.filter(({ scenario }) => scenario === fault.scenario)
    return [recovery(fault, mendedMs, stepsOf(course), own)]
  })
}

interface Step {
  readonly fromMs: number
  readonly toMs: number
  readonly judged: number
  /** Answered falsely, or not at all. */
  readonly bad: number
}

function stepsOf(series: Series): readonly Step[] {
  const at = (list: readonly number[], index: number): number => list[index] ?? 0
  return series.owedAccept.map((owed, index) => {
    const judged = owed + at(series.owedReject, index)
    const wrong = [series.falseReject, series.falseAccept, series.unavailable]
    const bad = wrong.reduce((sum, list) => sum + at(list, index), 0)
    const fromMs = series.startMs + index * series.stepMs
    return { fromMs, toMs: fromMs + series.stepMs, judged, bad: Math.min(bad, judged) }
  })
}

function recovery(
  { scenario, name, on }: RecordedFault,
  mendedMs: number,
  steps: readonly Step[],
  faults: readonly RecordedFault[],
): Recovery {
  const begins = faults.map(({ stages }) => stages.inflicting ?? Infinity)
  const first = Math.min(...begins)
  const next = Math.min(...begins.filter((ms) => ms > mendedMs))
  const before = total(steps.filter(({ toMs }) => toMs <= first))
  const watched = withoutTail(
    steps.filter(({ fromMs, toMs }) => fromMs >= mendedMs && toMs <= next),
  )
  const windows = windowsOf(watched)
  const { judged } = total(watched)
  const upper95 = before.judged === 0 ? 1 : oneSided(before.bad, before.judged).upper
  const watchedMs = (watched.at(-1)?.toMs ?? mendedMs) - mendedMs
  return {
    scenario,
    fault: name,
    on,
    mendedMs,
    watchedMs,
    judged,
    windows: windows.length,
    baseline: { events: before.bad, trials: before.judged, upper95 },
    came: came(windows, { mendedMs, judged, watchedMs, baseline: before.judged, upper95 }),
  }
}

interface Watch {
  readonly mendedMs: number
  readonly judged: number
  readonly watchedMs: number
  readonly baseline: number
  readonly upper95: number
}

function came(windows: readonly Step[], watch: Watch): Recovery['came'] {
  const { mendedMs, judged, watchedMs, baseline, upper95 } = watch
  const [first] = windows
  if (baseline === 0) {
    return { kind: 'unknown', because: 'nothing was judged before the fault to hold it against' }
  }
  if (first === undefined) {
    const because = `only ${judged} judged in ${(watchedMs / 1000).toFixed(1)} s; a window takes ${WINDOW_JUDGED}`
    return { kind: 'unknown', because }
  }
  const likely = 1 - FALSE_ALARM / windows.length
  const isBad = (window: Step): boolean =>
    window.bad > binomialQuantile(likely, window.judged, upper95)
  const last = windows.findLastIndex(isBad)
  const window = windows[last]
  if (window === undefined) return { kind: 'below-one-window', windowMs: first.toMs - mendedMs }
  if (last >= windows.length - LAST) return { kind: 'stuck' }
  return { kind: 'within', fromMs: window.fromMs - mendedMs, toMs: window.toMs - mendedMs }
}

/** Steps put together until each window is long and full enough; what is left over belongs to the last one. */
function windowsOf(steps: readonly Step[]): readonly Step[] {
  const windows: Step[] = []
  let open: Step | null = null
  for (const step of steps) {
    open = open === null ? step : joined(open, step)
    if (open.toMs - open.fromMs < WINDOW_MS || open.judged < WINDOW_JUDGED) continue
    windows.push(open)
    open = null
  }
  const last = windows.pop()
  if (last === undefined) return []
  return [...windows, open === null ? last : joined(last, open)]
}

function joined(one: Step, next: Step): Step {
  const { fromMs } = one
  return { fromMs, toMs: next.toMs, judged: one.judged + next.judged, bad: one.bad + next.bad }
}

/** When the last request was judged the watch was over. */
function withoutTail(steps: readonly Step[]): readonly Step[] {
  return steps.slice(0, steps.findLastIndex(({ judged }) => judged > 0) + 1)
}

function total(steps: readonly Step[]): Pick<Step, 'judged' | 'bad'> {
  return {
    judged: steps.reduce((sum, { judged }) => sum + judged, 0),
    bad: steps.reduce((sum, { bad }) => sum + bad, 0),
  }
}
