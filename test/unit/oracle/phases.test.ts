import { describe, expect, test } from 'vitest'
import type { FaultEvent, FaultStage } from '../../../harness/model/history.ts'
import { openFaults } from '../../../harness/oracle/time/phases.ts'

const PLANNED = { fault: 'link.cut', on: 'edge', startSeconds: 1, endSeconds: 2 }

function faultsWith(...stages: readonly (readonly [FaultStage, number])[]) {
  const faults = openFaults([
    { name: 's', faults: [PLANNED] },
    { name: 'quiet', faults: [] },
  ])
  for (const [stage, atUs] of stages) {
    const event: FaultEvent = {
      kind: 'fault',
      scenario: 's',
      fault: 'link.cut',
      on: 'edge',
      rung: 'tcp-proxy',
      forgets: 'node',
      stage,
      atUs,
      seen: null,
    }
    faults.see(event)
  }
  return faults
}

const WHOLE = [
  ['inflicting', 10],
  ['confirmed', 20],
  ['mending', 30],
  ['mended', 40],
] as const

describe('the phase of a presentation', () => {
  const phase = (
    from: number,
    to: number,
    stages: readonly (readonly [FaultStage, number])[] = WHOLE,
  ) => faultsWith(...stages).phase('s', from, to)

  test('is before, during or after only if all of it is', () => {
    expect(phase(1, 9)).toBe('before')
    expect(phase(20, 29)).toBe('during')
    expect(phase(41, 50)).toBe('after')
  })

  test('is transition where it touches the inflicting, the mending or all of the fault', () => {
    for (const [from, to] of [
      [9, 10],
      [15, 25],
      [29, 30],
      [35, 36],
      [40, 45],
      [1, 50],
    ] as const) {
      expect(phase(from, to)).toBe('transition')
    }
  })

  test('is transition for ever after a fault that nobody saw confirmed or mended', () => {
    expect(
      phase(25, 26, [
        ['inflicting', 10],
        ['unconfirmed', 20],
      ]),
    ).toBe('transition')
    expect(phase(99, 100, WHOLE.slice(0, 3))).toBe('transition')
  })

  test('is before while a planned fault was not seen, and steady without one', () => {
    expect(phase(1, 2, [])).toBe('before')
    expect(faultsWith().phase('quiet', 1, 2)).toBe('steady')
  })
})

test('a fault is met from its first touch to the end of its mending, and forgets as it says', () => {
  const faults = faultsWith(...WHOLE)
  expect(faults.inForce(1, 9)).toEqual([])
  expect(faults.inForce(1, 10)).toEqual(['link.cut on edge'])
  expect(faults.forgetting(40, 41)).toEqual(['link.cut'])
  expect(faults.forgetting(41, 42)).toEqual([])
})

test('a window counts only if both its ends were seen', () => {
  expect(faultsWith(...WHOLE).wholeWindows('s', PLANNED)).toBe(1)
  expect(faultsWith(...WHOLE.slice(0, 3)).wholeWindows('s', PLANNED)).toBe(0)
})
