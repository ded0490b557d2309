/**
 * A store that keeps keys for a lifetime (Redis `SET … NX EX`) ends it by its own clock. When that clock is stepped forward
 * while a key is kept, the key goes so much earlier, however right the clock is afterwards: what counts is how far it swung.
 */
import { expect, test } from 'vitest'
import type { HistoryEvent } from '../../../harness/model/history.ts'
import {
  copies,
  granted,
  judged,
  judgingWith,
  SECOND_US,
  START_US,
  targetWith,
} from './histories.ts'

/** Kept from 3 s for 60 s, by a clock that is 10 s behind until it is set right at 10 s: gone at 53 s. */
const events: readonly HistoryEvent[] = [
  ...[0, 9].map((at) => storeClock(at, -10)),
  ...[10, 70].map((at) => storeClock(at, 0)),
  ...copies(0, [
    { at: 3, answer: granted() },
    { at: 55, answer: granted() },
  ]),
]

// The bound of a double accept adds how far a clock swung in the span to how far any was ahead.
test('a right memory of lifetimes is not convicted when its clock is set right', () => {
  const target = targetWith({ replay: 'single-use' })
  const clocks = [...target.nodes, 'store']
  const { convictions } = judged(judgingWith({ target: { ...target, clocks } }), [
    ...target.nodes.map((node) => ({ ...storeClock(0, 0), node })),
    ...events,
    ...target.nodes.map((node) => ({ ...storeClock(70, 0), node })),
  ])
  expect(convictions.filter(({ obliges }) => obliges)).toEqual([])
})

function storeClock(at: number, offsetSeconds: number): Extract<HistoryEvent, { kind: 'clock' }> {
  const us = offsetSeconds * SECOND_US
  const atUs = START_US + at * SECOND_US
  return { kind: 'clock', node: 'store', source: 'hook', atUs, lowUs: us, highUs: us }
}
