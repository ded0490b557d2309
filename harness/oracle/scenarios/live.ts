/** Figures to watch while a run goes on: from what was answered so far, before clocks are known. No verdict stands on them. */
import type { Deserved, Outcome } from '../../model/verdict.ts'
import type { Exhibit } from '../sighting.ts'

export interface Live {
  readonly judged: number
  readonly falseAccepts: number
  readonly falseRejects: number
  readonly undecided: number
  readonly unavailable: number
}

export interface LiveFigures {
  /**
   * @param expected What a check's table says of it.
   * @param singleUse Whether a second acceptance would be a false one.
   */
  see(sighting: Exhibit, expected: Deserved, singleUse: boolean): void
  of(scenario: string): Live
}

type Figures = { -readonly [name in keyof Live]: Live[name] }

export function openLive(): LiveFigures {
  const scenarios = new Map<string, Figures>()
  return {
    see(sighting, expected, singleUse) {
      const { outcome, account, scenario } = sighting
      let figures = scenarios.get(scenario)
      if (figures === undefined) {
        figures = blank()
        scenarios.set(scenario, figures)
      }
      figures.judged += 1
      if (isUndecided(outcome)) figures.undecided += 1
      if (outcome === 'failed') figures.unavailable += 1
      if (account !== null && outcome === 'accepted') account.accepted += 1
      if (isFalseAccept(sighting, expected, singleUse)) figures.falseAccepts += 1
      if (isFalseReject(sighting, expected)) figures.falseRejects += 1
    },
    of: (scenario) => ({ ...(scenarios.get(scenario) ?? blank()) }),
  }
}

function isFalseAccept(sighting: Exhibit, expected: Deserved, singleUse: boolean): boolean {
  const { outcome, place, account } = sighting
  if (outcome !== 'accepted') return false
  if (place === null) return expected === 'reject'
  return singleUse && account !== null && account.accepted > 1
}

/** A stream may be by honest clients and ask, with what is wrong in it, how much leeway there is. */
function isFalseReject({ outcome, place, defect }: Exhibit, expected: Deserved): boolean {
  if (outcome !== 'rejected') return false
  if (place === null) return expected === 'accept'
  if (defect !== null) return false
  return place.stream.copies === 1 && place.stream.attack === null
}

function blank(): Figures {
  return { judged: 0, falseAccepts: 0, falseRejects: 0, undecided: 0, unavailable: 0 }
}

function isUndecided(outcome: Outcome): boolean {
  return outcome === 'unanswered' || outcome === 'elsewhere' || outcome === 'challenged'
}
