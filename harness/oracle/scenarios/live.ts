/** Figures to watch while a run goes on: from what was answered so far, before clocks are known. No verdict stands on them. */
import type { Deserved, Outcome } from '../../model/verdict.ts'
import type { Exhibit } from '../sighting.ts'

export interface Live {
  readonly judged: number
  /** What had to be refused and got a clear answer, and how much of it was accepted; and the other way round. */
  readonly toRefuse: number
  readonly falseAccepts: number
  readonly toAccept: number
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
      const owed = owedOf(sighting, expected, singleUse)
      if (account !== null && outcome === 'accepted') account.accepted += 1
      if (outcome !== 'accepted' && outcome !== 'rejected') return
      if (owed === 'reject') {
        figures.toRefuse += 1
        if (outcome === 'accepted') figures.falseAccepts += 1
      } else if (owed === 'accept') {
        figures.toAccept += 1
        if (outcome === 'rejected') figures.falseRejects += 1
      }
    },
    of: (scenario) => ({ ...(scenarios.get(scenario) ?? blank()) }),
  }
}

/**
 * A check's table settles what its requests are owed. Of a stream's that is what is wrong whenever it comes, what was
 * accepted before, and what an honest client presents once: a stream may be by honest clients and ask, with what is
 * wrong in it, how much leeway there is.
 */
function owedOf(sighting: Exhibit, expected: Deserved, singleUse: boolean): Deserved {
  const { place, account, defect, deserved } = sighting
  if (place === null) return expected
  if (deserved === 'reject') return 'reject'
  if (singleUse && account !== null && account.accepted > 0) return 'reject'
  if (defect !== null) return 'either'
  return place.stream.copies === 1 && place.stream.attack === null ? 'accept' : 'either'
}

function blank(): Figures {
  return {
    judged: 0,
    toRefuse: 0,
    falseAccepts: 0,
    toAccept: 0,
    falseRejects: 0,
    undecided: 0,
    unavailable: 0,
  }
}

function isUndecided(outcome: Outcome): boolean {
  return outcome === 'unanswered' || outcome === 'elsewhere' || outcome === 'challenged'
}
