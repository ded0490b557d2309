/** Limits on rates, decided once, at the end. */
import type { GateResult } from '../model/record.ts'
import type { Gate } from '../model/scenario.ts'
import type { Cell } from '../model/counts.ts'
import { upperBound } from './interval.ts'
import { coverage } from './rates.ts'
import { sequentialTest, timeUniformUpper, type SequentialPlan } from './sequential.ts'
import { boundsOver, correctedTrials, effectiveTrials } from './units.ts'

/** Below this share of determinate answers a rate speaks of the few that answered, not of the target. */
const LEAST_COVERAGE = 0.99

/** One-sided, on either side of a limit. */
const TAIL = 0.05

type Answer = GateResult['answer']
type Decided = Pick<GateResult, 'answer' | 'because'>

/**
 * Holds a gate against the cells of its scenario.
 *
 * It passes when the one-sided 95 % upper bound lies below the limit, fails when the lower bound does not, and is
 * undecided between them. A gate on accepts or refusals is undecided as well where fewer than 99 % of what was owed got
 * a determinate answer, unless it would pass even if every other had been an event. A gate without a class stands for
 * each class on its own: all must pass, and one without samples is undecided. Without a phase it stands for each phase;
 * what met a fault's coming or going is held against nobody. Single nodes are shown, and never gated.
 *
 * @param cells The cells of the gate's scenario.
 * @param classes The attack classes of its streams, which had to be seen.
 */
export function decideGate(
  gate: Gate,
  cells: readonly Cell[],
  classes: readonly (string | null)[],
): GateResult {
  const matching = cells.filter((cell) => matches(gate, cell))
  const parts = matching.map((cell) => decide(gate, cell))
  for (const attack of classesOf(gate, classes)) {
    if (matching.some((cell) => cell.attack === attack)) continue
    parts.push({ answer: 'undecided', because: `${attack ?? 'honest traffic'}: no sample` })
  }
  if (parts.length === 0) parts.push({ answer: 'undecided', because: 'no sample' })
  const answer = worst(parts.map((part) => part.answer))
  const because = parts.filter((part) => part.answer === answer).map((part) => part.because)
  return { gate, answer, because: because.join('; ') }
}

function matches(gate: Gate, cell: Cell): boolean {
  return (
    cell.metric === gate.metric &&
    cell.frame === gate.frame &&
    cell.node === null &&
    (gate.attack === null || cell.attack === gate.attack) &&
    (gate.phase === null ? cell.phase !== 'transition' : cell.phase === gate.phase)
  )
}

/** What a gate must have seen: its own class, or each that its metric is about. */
function classesOf(gate: Gate, classes: readonly (string | null)[]): ReadonlySet<string | null> {
  if (gate.attack !== null) return new Set([gate.attack])
  const attacks = gate.metric === 'far'
  return new Set(classes.filter((attack) => (attack !== null) === attacks))
}

function decide(gate: Gate, cell: Cell): Decided {
  const { trials, owed } = cell
  const name = `${cell.attack ?? 'honest traffic'}${cell.phase === null ? '' : ` (${cell.phase})`}`
  if (trials === 0) return { answer: 'undecided', because: `${name}: no sample` }
  const { answer, because } = seen(gate, cell, name)
  if (gate.metric === 'unavailability' || coverage(cell) >= LEAST_COVERAGE) {
    return { answer, because }
  }
  const bound = worstBound(cell)
  return {
    answer: bound < gate.below ? 'passed' : 'undecided',
    because: `${because}; at worst ${cell.worst} of ${owed}, at most ${boundText(bound, gate)}: only ${trials} answered determinately`,
  }
}

function seen(gate: Gate, cell: Cell, name: string): Decided {
  const counts = `${name}: ${cell.events} of ${cell.trials}${unitsOf(cell)}`
  if (gate.sequential !== undefined) {
    return inSequence({ ...gate.sequential, limit: gate.below }, cell, counts)
  }
  const { lower, upper } = boundsOver(cell)
  if (lower >= gate.below) {
    return { answer: 'failed', because: `${counts}, at least ${boundText(lower, gate)}` }
  }
  return {
    answer: upper < gate.below ? 'passed' : 'undecided',
    because: `${counts}, at most ${boundText(upper, gate)}`,
  }
}

/** Three digits, and as many more as it takes to stay on its own side of the limit. */
function boundText(bound: number, { below }: Gate): string {
  const texts = [3, 5, 9, 17].map((digits) => (bound * 100).toPrecision(digits))
  const isHonest = (text: string): boolean => Number(text) / 100 < below === bound < below
  return `${texts.find(isHonest) ?? String(bound * 100)} % at 95 %`
}

/** Says in how many units where that is not the number of trials. */
function unitsOf({ unit, trials, over: { units } }: Cell): string {
  if (unit === 'presentation' || units === trials) return ''
  return ` in ${units} ${unit}${units === 1 ? '' : 's'}`
}

function inSequence(plan: SequentialPlan, cell: Cell, counts: string): Decided {
  const trials = effectiveTrials(cell)
  const counted = { trials, events: (cell.events / cell.trials) * trials }
  const bound = (timeUniformUpper(counted) * 100).toPrecision(3)
  return {
    answer: sequentialTest(plan, counted),
    because: `${counts}, in sequence; at most ${bound} % at 95 %, whenever one looks`,
  }
}

/** The upper bound if all that gave no clear answer had been events. Where units count, they add to no certainty. */
function worstBound(cell: Cell): number {
  const { unit, trials, owed, worst: events, over } = cell
  const worth = correctedTrials(cell, TAIL)
  const alone = unit === 'presentation' && worth === trials
  const counted = alone ? owed : Math.min(worth, over.units)
  return upperBound((events / owed) * counted, counted, TAIL)
}

function worst(answers: readonly Answer[]): Answer {
  if (answers.includes('failed')) return 'failed'
  return answers.includes('undecided') ? 'undecided' : 'passed'
}
