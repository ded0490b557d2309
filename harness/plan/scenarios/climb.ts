/** The same mix at ever higher rates, a round each, until a rule stops it: how much a target takes while it is still right. */
import { memberOf, numberIn } from '../../json.ts'
import type { Experiment, Next } from '../../model/experiment.ts'
import type { Json, Steps } from '../../model/plan.ts'
import type { Climb, Pace, Tolerance } from '../../model/scenario.ts'
import { shareOf } from './arrivals.ts'
import { liveFigures, NO_FIGURES, type LiveFigures } from './live-figures.ts'

export interface Climbing {
  readonly name: string
  readonly question: string
  readonly mix: Pace
  readonly climb: Climb
  readonly tolerates: Tolerance
  /** How many requests one arrival of the mix comes to, copies included. */
  readonly requests: number
  /** The limit that the target's owner set, in requests a second; null without one. */
  readonly maxPerSecond: number | null
  /** The requests of a round at this pace. */
  asked(round: number, mix: Pace): Steps
}

/** What one rate came to. Counts are of that round; milliseconds. */
type Rung = {
  readonly perSecond: number
  readonly judged: number
  readonly falseAccepts: number
  readonly falseRejects: number
  /** Answered with the server's own trouble, or with nothing that tells. */
  readonly unavailable: number
  readonly fromDueP50Ms: number
  readonly fromDueP99Ms: number
  readonly dueToBegunP99Ms: number
  readonly dropped: number
  /** By the world's clock; of all kinds of wrong assertions together. */
  readonly rates: Rates
  /** In a word; null where all was right. */
  readonly wrong: Wrong | null
}

/** Of so many that were answered, or were owed an answer, so many were what the rate counts. */
type Rates = Readonly<
  Record<
    'far' | 'replay-acceptance' | 'frr' | 'unavailability',
    { readonly events: number; readonly trials: number }
  >
>

type Wrong = 'false-accept' | 'false-reject' | 'unavailable' | 'slow' | 'harness' | 'nothing-judged'

type State = {
  readonly rungs: readonly Rung[]
  /** Sums over the rounds so far, as the judge keeps them. */
  readonly before: LiveFigures & { readonly rates: Rates }
}

const NONE = { ...NO_FIGURES, rates: ratesIn([]) }

/** Where a scenario states no tolerance: a harness that is later than this measures itself. */
const LATE_MS = 50
const DROPPED = 0

export function climbingExperiment(climbing: Climbing): Experiment<State> {
  const { name, question, climb } = climbing
  const ask = (state: State): Next<State> => ({
    ask: climbing.asked(state.rungs.length, paceOf(climbing, state.rungs.length)),
    faults: [],
    state,
  })
  return {
    name,
    question,
    start: () =>
      allowed(climbing, 0)
        ? ask({ rungs: [], before: NONE })
        : { conclude: told([], paceOf(climbing, 0)) },
    next({ rungs, before }, judged) {
      const figures = figuresIn(judged)
      const rung = rungOf(climbing, { round: rungs.length, before, figures, judged })
      const all = [...rungs, rung]
      if (rung.wrong !== null || all.length === climb.times.length) return { conclude: told(all) }
      if (!allowed(climbing, all.length))
        return { conclude: told(all, paceOf(climbing, all.length)) }
      return ask({ rungs: all, before: figures })
    },
  }
}

function paceOf({ mix, climb }: Climbing, round: number): Pace {
  return shareOf(mix, climb.times[round] ?? 1)
}

/**
 * Whether a round keeps to the limit by itself, so that its lateness is not the limit's doing: arrivals at random come
 * closer together at times, hardly ever by more than three standard deviations.
 */
function allowed(climbing: Climbing, round: number): boolean {
  const { maxPerSecond, requests } = climbing
  if (maxPerSecond === null) return true
  const pace = paceOf(climbing, round)
  const arrivals = mostOf(pace)
  const peak = pace.kind === 'poisson' ? arrivals + 3 * Math.sqrt(arrivals) : arrivals
  return peak * requests <= maxPerSecond
}

/** The highest rate of a pace. */
function mostOf(pace: Pace): number {
  switch (pace.kind) {
    case 'even':
    case 'poisson':
      return pace.perSecond
    case 'ramp':
      return Math.max(pace.fromPerSecond, pace.toPerSecond)
    case 'staircase':
      return Math.max(...pace.perSecond)
  }
}

interface Judged {
  readonly round: number
  readonly before: State['before']
  readonly figures: State['before']
  readonly judged: Json
}

function rungOf(climbing: Climbing, { round, before, figures, judged }: Judged): Rung {
  const measured = memberOf(judged, 'measured')
  const of = (name: keyof LiveFigures): number => figures[name] - before[name]
  const seen = {
    perSecond: mostOf(paceOf(climbing, round)),
    judged: of('judged'),
    falseAccepts: of('falseAccepts'),
    falseRejects: of('falseRejects'),
    unavailable: of('unavailable') + of('undecided'),
    fromDueP50Ms: numberIn(measured, 'latency/from-due-p50-ms'),
    fromDueP99Ms: numberIn(measured, 'latency/from-due-p99-ms'),
    dueToBegunP99Ms: numberIn(measured, 'generator/due-to-begun-p99-ms'),
    dropped: numberIn(measured, 'generator/dropped'),
    rates: ratesSince(before.rates, figures.rates),
  }
  return { ...seen, wrong: wrongWith(seen, climbing, memberOf(judged, 'violated') === true) }
}

/** A wrong answer counts however late it was asked for; that answers are missing, only where the harness did its part. */
function wrongWith(
  rung: Omit<Rung, 'wrong'>,
  { climb, tolerates }: Climbing,
  violated: boolean,
): Wrong | null {
  const { dueToBegunP99Ms: lateMs = LATE_MS, dropped = DROPPED } = tolerates
  if (rung.falseRejects > 0) return 'false-reject'
  if (rung.falseAccepts > 0 || rung.rates.far.events > 0 || violated) return 'false-accept'
  if (rung.dueToBegunP99Ms > lateMs || rung.dropped > dropped) return 'harness'
  if (rung.judged === 0) return 'nothing-judged'
  if (rung.unavailable / rung.judged > climb.unavailable) return 'unavailable'
  return rung.fromDueP99Ms > (climb.slowMs ?? Infinity) ? 'slow' : null
}

const WORDS: Readonly<Record<Wrong, string>> = {
  'false-accept': 'the first false accept came',
  'false-reject': 'the first false reject came',
  unavailable: 'too many requests went without an answer',
  slow: 'answers came too late',
  harness: 'the harness itself could not keep up',
  'nothing-judged': 'nothing was judged',
}

/** @param forbidden The pace that would have been next, where its owner does not allow that much. */
function told(rungs: readonly Rung[], forbidden: Pace | null = null): Json {
  const right = rungs.findLast(({ wrong }) => wrong === null)
  const failed = rungs.at(-1)?.wrong === null ? undefined : rungs.at(-1)
  const upTo = right === undefined ? 'right at no rate' : `right up to ${rate(right)}`
  return {
    says: `${upTo}; ${failed === undefined ? aboveWith(forbidden) : wordsOf(failed)}`,
    rightUpTo: right?.perSecond ?? null,
    stoppedAt: failed?.perSecond ?? null,
    because: failed?.wrong ?? (forbidden === null ? null : 'not-allowed'),
    rungs,
  }
}

function wordsOf(failed: Rung): string {
  return failed.wrong === null ? '' : `${WORDS[failed.wrong]} at ${rate(failed)}`
}

function aboveWith(forbidden: Pace | null): string {
  if (forbidden === null) return 'and nothing higher was asked'
  return `and ${rate({ perSecond: mostOf(forbidden) })} would be more than is allowed`
}

function rate({ perSecond }: Pick<Rung, 'perSecond'>): string {
  return `${perSecond.toLocaleString('en-US')}/s`
}

function figuresIn(judged: Json): State['before'] {
  return { ...liveFigures(judged), rates: ratesIn(memberOf(judged, 'cells')) }
}

/** Sums over all nodes, of which the judge has cells of their own only where a fault may tell them apart. */
function ratesIn(cells: Json): Rates {
  const all = (Array.isArray(cells) ? cells : []).filter(
    (cell) => memberOf(cell, 'frame') === 'world' && memberOf(cell, 'node') === null,
  )
  return mapped((metric) => {
    const own = all.filter((cell) => memberOf(cell, 'metric') === metric)
    const sum = (name: string): number =>
      own.reduce((total: number, cell) => total + numberIn(cell, name), 0)
    return { events: sum('events'), trials: sum('trials') }
  })
}

function ratesSince(before: Rates, now: Rates): Rates {
  return mapped((metric) => ({
    events: now[metric].events - before[metric].events,
    trials: now[metric].trials - before[metric].trials,
  }))
}

function mapped(of: (metric: keyof Rates) => Rates[keyof Rates]): Rates {
  return {
    far: of('far'),
    'replay-acceptance': of('replay-acceptance'),
    frr: of('frr'),
    unavailability: of('unavailability'),
  }
}
