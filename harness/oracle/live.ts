/** Figures to watch while a run goes on: from what was answered so far, before clocks are known. No verdict stands on them. */
import type { Observation, Presentation } from '../model/history.ts'
import type { Deserved, Outcome } from '../model/verdict.ts'
import type { Place } from './settlement.ts'

export interface Live {
  readonly judged: number
  readonly falseAccepts: number
  readonly falseRejects: number
  readonly undecided: number
  readonly unavailable: number
}

export interface LiveFigures {
  see(answered: Answered): void
  of(scenario: string): Live
}

export interface Answered {
  readonly observation: Observation
  readonly presentation: Presentation
  readonly outcome: Outcome
  /** Where it belongs, if to a stream; a stream's own credentials alone are counted. */
  readonly place: Place | null
  /** What a check's table says of it. */
  readonly expected: Deserved
  /** Whether a second acceptance would be a false one. */
  readonly singleUse: boolean
}

type Figures = { -readonly [name in keyof Live]: Live[name] }

/** How often one credential was answered and accepted so far. */
interface Copies {
  answered: number
  accepted: number
}

export function openLive(): LiveFigures {
  const scenarios = new Map<string, Figures>()
  const open = new Map<string, Copies>()
  return {
    see(answered) {
      const { scenario } = answered.observation
      const figures = scenarios.get(scenario) ?? blank()
      scenarios.set(scenario, figures)
      figures.judged += 1
      figures.undecided += Number(isUndecided(answered.outcome))
      figures.unavailable += Number(answered.outcome === 'failed')
      const { place } = answered
      const [wronglyAccepted, wronglyRefused] =
        place === null ? ofTable(answered) : ofStream(answered, place, open)
      figures.falseAccepts += Number(wronglyAccepted)
      figures.falseRejects += Number(wronglyRefused)
    },
    of: (scenario) => ({ ...(scenarios.get(scenario) ?? blank()) }),
  }
}

function blank(): Figures {
  return { judged: 0, falseAccepts: 0, falseRejects: 0, undecided: 0, unavailable: 0 }
}

function isUndecided(outcome: Outcome): boolean {
  return outcome === 'unanswered' || outcome === 'elsewhere' || outcome === 'challenged'
}

type Wrong = readonly [wronglyAccepted: boolean, wronglyRefused: boolean]

function ofTable({ expected, outcome }: Answered): Wrong {
  return [
    expected === 'reject' && outcome === 'accepted',
    expected === 'accept' && outcome === 'rejected',
  ]
}

function ofStream(
  { observation, outcome, singleUse }: Answered,
  { stream }: Place,
  open: Map<string, Copies>,
): Wrong {
  if (stream.copies === 1) return [false, outcome === 'rejected' && stream.attack === null]
  const { caseId } = observation
  const copies = open.get(caseId) ?? { answered: 0, accepted: 0 }
  open.set(caseId, copies)
  copies.answered += 1
  copies.accepted += Number(outcome === 'accepted')
  if (copies.answered >= stream.copies) open.delete(caseId)
  return [singleUse && outcome === 'accepted' && copies.accepted > 1, false]
}
