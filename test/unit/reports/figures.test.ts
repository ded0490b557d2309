import { describe, expect, test } from 'vitest'
import { count, estimate, milliseconds, percent, plural } from '../../../reports/figures.ts'
import { aRate } from './records.ts'

test.each([
  [0, '0 %'],
  [1, '100 %'],
  [0.0487, '4.87 %'],
  [0.000999744, '0.100 %'],
  [0.000999, '0.0999 %'],
  [0.99996, '> 99.9 %'],
  [0.5, '50.0 %'],
])('%d is %s', (share, text) => {
  expect(percent(share)).toBe(text)
})

describe('an estimate', () => {
  test('of events has its interval', () => {
    const rate = aRate({ events: 3, trials: 60, low: 0.01043, high: 0.13922 })
    expect(estimate(rate)).toBe('3 of 60 = 5.00 % (1.04 to 13.9 %)')
  })
  test('of none has the bound', () => {
    expect(estimate(aRate())).toBe('0 of 60 (at most 4.87 % at 95 %)')
  })
  test('of nothing claims nothing', () => {
    expect(estimate(aRate({ trials: 0, upper95: 1 }))).toBe('nothing known: 0 of 0')
  })
})

test('large counts stand in threes', () => {
  expect([0, 999, 1000, 1234567].map(count)).toEqual(['0', '999', '1,000', '1,234,567'])
})

test('one is no plural', () => {
  expect([plural(1, 'node'), plural(2, 'node'), plural(0, 'node')]).toEqual([
    '1 node',
    '2 nodes',
    '0 nodes',
  ])
})

test('times have the precision they deserve', () => {
  expect([0.1234, 12.34, 123.4, 12_345].map(milliseconds)).toEqual([
    '0.12 ms',
    '12.3 ms',
    '123 ms',
    '12.3 s',
  ])
})

describe('an estimate over units', () => {
  const over = { units: 1, eventsSquared: 0, eventsByTrials: 0, trialsSquared: 3481 }
  test('says in how many, for those and not the trials are what counts', () => {
    const rate = aRate({ unit: 'window', trials: 59, upper95: 0.95, over })
    expect(estimate(rate)).toBe('0 of 59 in 1 window (at most 95.0 % at 95 %)')
    const seconds = aRate({ unit: 'node-second', trials: 59, over: { ...over, units: 12 } })
    expect(estimate(seconds)).toContain('0 of 59 in 12 node-seconds (')
  })
  test('does not where each trial is one, nor where batches only tell whether presentations agree', () => {
    expect(estimate(aRate())).not.toContain(' in ')
    expect(estimate(aRate({ unit: 'presentation', trials: 59, over }))).not.toContain(' in ')
  })
})
