/** Sums over the units of a cell, from its counts along time. */
import type { Unit, UnitSums } from '../../model/counts.ts'
import type { Line } from './book.ts'

/**
 * @param unitAt The number of the unit that a line belongs to. Races are units of their own, however many of them fall
 *   into one second.
 */
export function unitSums(
  lines: readonly Line[],
  unit: Unit,
  unitAt: (slot: number) => number,
): UnitSums {
  if (unit === 'race') return eachByItself(lines)
  const units = new Map<number, { events: number; trials: number }>()
  for (const { slot, events, trials } of lines) {
    if (trials === 0) continue
    const number = unitAt(slot)
    const known = units.get(number)
    if (known === undefined) units.set(number, { events, trials })
    else {
      known.events += events
      known.trials += trials
    }
  }
  let [eventsSquared, eventsByTrials, trialsSquared] = [0, 0, 0]
  for (const { events, trials } of units.values()) {
    eventsSquared += events * events
    eventsByTrials += events * trials
    trialsSquared += trials * trials
  }
  return { units: units.size, eventsSquared, eventsByTrials, trialsSquared }
}

function eachByItself(lines: readonly Line[]): UnitSums {
  let [all, wrong] = [0, 0]
  for (const { events, trials } of lines) {
    all += trials
    wrong += events
  }
  return { units: all, eventsSquared: wrong, eventsByTrials: wrong, trialsSquared: all }
}
