import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rates } from '../../../harness/tally/rates.ts'
import { aCell } from './cells.ts'

describe('rates', () => {
  test('0 of 100, of 125 owed: at most 2.95 % by the one-sided bound, 3.62 % by the interval, coverage 0.8', () => {
    expect(rates([aCell({ events: 0, trials: 100, owed: 125 })])).toEqual([
      {
        metric: 'far',
        frame: 'world',
        scenario: 'replay-race',
        attack: 'replay',
        phase: 'steady',
        node: null,
        unit: 'race',
        events: 0,
        trials: 100,
        low: 0,
        high: expect.closeTo(0.036217, 6),
        lower95: 0,
        upper95: expect.closeTo(0.029513, 6),
        coverage: 0.8,
        owed: 125,
        worst: 0,
        over: { units: 100, eventsSquared: 0, eventsByTrials: 0, trialsSquared: 100 },
        effective: 100,
      },
    ])
  })
  test('a cell without trials knows nothing and covers nothing', () => {
    for (const owed of [0, 40]) {
      const [rate] = rates([aCell({ trials: 0, owed, worst: owed })])
      expect(rate).toMatchObject({ low: 0, high: 1, lower95: 0, upper95: 1, coverage: 0 })
    }
  })
  test('the share seen lies inside its interval, and the interval in [0, 1]', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (a, b) => {
        const trials = a + b
        const [rate] = rates([aCell({ events: a, trials })])
        if (rate === undefined || trials === 0) return
        expect(rate.low).toBeLessThanOrEqual(a / trials)
        expect(rate.high).toBeGreaterThanOrEqual(a / trials)
        expect(rate.low).toBeGreaterThanOrEqual(0)
        expect(rate.high).toBeLessThanOrEqual(1)
      }),
    )
  })
})
