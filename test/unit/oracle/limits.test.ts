/** What a reader is told of a target that limits its rate, or locks out who failed. */
import { expect, test } from 'vitest'
import { openLimits, type Around } from '../../../harness/oracle/refusals/limits.ts'
import type { Answer } from '../../../harness/model/history.ts'
import { asked, granted, judged, judgingWith, LOST, REFUSED, reply, whole } from './histories.ts'

function notesOf(answers: readonly Answer[], blocks: readonly Around[] = []): readonly string[] {
  const limits = openLimits()
  for (const answer of answers) limits.see({ answer })
  return limits.notes(blocks)
}

test('answers of 429 are counted, with what to do about them', () => {
  expect(notesOf([granted(), REFUSED, LOST, reply(503)])).toEqual([])
  expect(notesOf([granted(), reply(429), REFUSED, reply(429)])).toEqual([
    '2 of 4 requests were answered 429, which is neither an acceptance nor a refusal: maxRatePerSecond in the target file, or --max-rate, asks more slowly.',
  ])
})

test('a judgement tells them', () => {
  const events = whole([asked({ step: 's/r0/stream/0/c0', at: 1, answer: reply(429) })])
  expect(judged(judgingWith(), events).notes.join()).toContain('1 of 1 requests were answered 429')
})

const FINE = {
  before: { outcome: 'accepted' },
  between: [],
  afters: [{ outcome: 'accepted' }],
} as const
const LOCKED = { ...FINE, afters: [{ outcome: 'rejected' }] } as const

test('right requests that are refused now and then are told of, from one in twenty and from three on', () => {
  const of = (fine: number, locked: number): number =>
    notesOf(
      [],
      Array.from({ length: fine + locked }, (_, at): Around => (at < fine ? FINE : LOCKED)),
    ).length
  expect(of(0, 0)).toBe(0)
  expect(of(10, 2)).toBe(0)
  expect(of(10, 3)).toBe(1)
  expect(of(27, 3)).toBe(1)
  expect(of(28, 3)).toBe(0)
  // A block that was never begun has none.
  const none = { before: null, between: [], afters: [] }
  expect(notesOf([], [FINE, LOCKED, LOCKED, LOCKED, none])).toHaveLength(1)
})

test('a target that refuses them all locks nobody out', () => {
  const never = { ...FINE, before: { outcome: 'rejected' }, afters: [] } as const
  expect(notesOf([], [never, never, never])).toEqual([])
  expect(notesOf([], [never, never, never, FINE])).toEqual([
    '3 of 5 right requests beside stimuli were refused, and others like them accepted: a target that locks out who failed looks like that, and what it refused then proves nothing. Exempt the run from that protection, or ask more slowly (maxRatePerSecond in the target file, or --max-rate).',
  ])
})
