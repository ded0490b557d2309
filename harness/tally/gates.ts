/** Limits on rates, decided once, at the end. */
import type { GateResult } from '../model/record.ts'
import type { Gate, Stream } from '../model/scenario.ts'
import type { Cell } from '../model/counts.ts'
import { oneSided } from './interval.ts'
import { coverage } from './rates.ts'

/** Below this share of determinate answers a rate speaks of the few that answered, not of the target. */
const LEAST_COVERAGE = 0.99

type Answer = GateResult['answer']

/**
 * Holds a gate against the cells of its scenario.
 *
 * It passes when the one-sided 95 % upper bound lies below the limit, fails when the lower bound does not, and is
 * undecided between them. A gate on accepts or refusals is undecided as well where fewer than 99 % of what was owed got
 * a determinate answer, unless it would pass even if every other had been an event. A gate without a class stands for
 * each class on its own: all must pass, and one without samples is undecided.
 *
 * @param cells The cells of the gate's scenario.
 * @param streams Its streams, which name the classes that had to be seen.
 */
export function decideGate(
  gate: Gate,
  cells: readonly Cell[],
  streams: readonly Pick<Stream, 'attack'>[],
): GateResult {
  const matching = cells.filter((cell) => matches(gate, cell))
  const parts = matching.map((cell) => decide(gate, cell))
  for (const attack of classes(gate, streams)) {
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
    (gate.attack === null || cell.attack === gate.attack) &&
    (gate.phase === null || cell.phase === gate.phase)
  )
}

/** What a gate must have seen: its own class, or each that its metric is about. */
function classes(
  gate: Gate,
  streams: readonly Pick<Stream, 'attack'>[],
): ReadonlySet<string | null> {
  if (gate.attack !== null) return new Set([gate.attack])
  const attacks = gate.metric === 'far'
  return new Set(
    streams.map((stream) => stream.attack).filter((attack) => (attack !== null) === attacks),
  )
}

function decide(gate: Gate, cell: Cell): Pick<GateResult, 'answer' | 'because'> {
  const { events, trials, owed } = cell
  const name = `${cell.attack ?? 'honest traffic'}${cell.phase === null ? '' : ` (${cell.phase})`}`
  if (trials === 0) return { answer: 'undecided', because: `${name}: no sample` }
  const because = `${name}: ${events} of ${trials}`
  const answer = compare(gate.below, events, trials)
  if (gate.metric === 'unavailability' || coverage(cell) >= LEAST_COVERAGE)
    return { answer, because }
  const evenSo = compare(gate.below, cell.worst, owed) === 'passed'
  return {
    answer: evenSo ? 'passed' : 'undecided',
    because: `${because}, at worst ${cell.worst} of ${owed}: only ${trials} answered determinately`,
  }
}

function compare(limit: number, events: number, trials: number): Answer {
  const { lower, upper } = oneSided(events, trials)
  if (upper < limit) return 'passed'
  return lower >= limit ? 'failed' : 'undecided'
}

function worst(answers: readonly Answer[]): Answer {
  if (answers.includes('failed')) return 'failed'
  return answers.includes('undecided') ? 'undecided' : 'passed'
}
