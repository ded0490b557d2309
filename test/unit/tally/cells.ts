import type { Cell } from '../../../harness/model/counts.ts'

/** A cell of false accepts in which everything was answered; a test names what differs. */
export function aCell(change: Partial<Cell> = {}): Cell {
  const trials = change.trials ?? 100
  const events = change.events ?? 0
  return {
    metric: 'far',
    frame: 'world',
    scenario: 'replay-race',
    attack: 'replay',
    phase: 'steady',
    node: null,
    unit: 'race',
    events,
    trials,
    owed: trials,
    worst: events,
    over: { units: trials, eventsSquared: events, eventsByTrials: events, trialsSquared: trials },
    ...change,
  }
}
