/** Which windows of which faults a span meets, where several were inflicted, in one scenario or in several. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FaultEvent, FaultStage, Forgets } from '../../../harness/model/history.ts'
import { openFaults, type Faults } from '../../../harness/oracle/time/phases.ts'

interface Told {
  readonly scenario?: string
  readonly fault?: string
  readonly on?: string
  readonly forgets?: Forgets
}

type Stage = readonly [stage: FaultStage, atUs: number, of?: Told]

function told(...stages: readonly Stage[]): Faults {
  const planned = { fault: 'link.cut', on: 'edge', startSeconds: 1, endSeconds: 2 }
  const faults = openFaults([
    { name: 's', faults: [planned] },
    { name: 'other', faults: [planned] },
  ])
  for (const [stage, atUs, of] of stages) faults.see(eventOf(stage, atUs, of))
  return faults
}

function eventOf(stage: FaultStage, atUs: number, of: Told = {}): FaultEvent {
  const { scenario = 's', fault = 'link.cut', on = 'edge', forgets = 'nothing' } = of
  return { kind: 'fault', scenario, fault, on, rung: 'proxy', forgets, stage, atUs, seen: null }
}

/** A fault that is inflicted at a time, confirmed 10 later, mended from 20 on and over 30 later. */
function windowAt(atUs: number, of: Told = {}): readonly Stage[] {
  return (['inflicting', 'confirmed', 'mending', 'mended'] as const).map((stage, index) => [
    stage,
    atUs + 10 * index,
    of,
  ])
}

const CLOCK: Told = { fault: 'clock.step', on: 'node-1' }
const STORE: Told = { fault: 'store.flush', on: 'store', forgets: 'shared' }

describe('the phase amid two faults', () => {
  test('is during only where both were in force around all of it', () => {
    // The cut is in force from 20 to 30, the step from 25 to 35.
    const faults = told(...windowAt(10), ...windowAt(15, CLOCK))
    expect(faults.phase('s', 25, 29)).toBe('during')
    expect(faults.phase('s', 20, 24)).toBe('transition')
    expect(faults.phase('s', 26, 34)).toBe('transition')
  })

  test('is after once the first of them is over, and before the second: nothing is as it was', () => {
    const faults = told(...windowAt(10), ...windowAt(100))
    expect(faults.phase('s', 50, 60)).toBe('after')
    expect(faults.phase('s', 1, 9)).toBe('before')
    expect(faults.phase('s', 110, 119)).toBe('during')
  })

  test('is told by the faults of its own scenario', () => {
    const faults = told(...windowAt(10), ...windowAt(10, { scenario: 'other', on: 'edge-2' }))
    expect(faults.phase('other', 21, 22)).toBe('during')
    const half = told(...windowAt(100), ['inflicting', 10, { scenario: 'other' }])
    expect(half.phase('s', 21, 22)).toBe('before')
  })
})

describe('what is seen of a fault', () => {
  test('belongs to the window that was opened last of that fault at that place', () => {
    // Only the second window is mended, and the first stays open for ever.
    const faults = told(['inflicting', 10], ['confirmed', 20], ...windowAt(100))
    expect(faults.phase('s', 200, 201)).toBe('during')
    expect(faults.windowAt('s', 105)).toBe(1)
  })

  test('says nothing of the same fault elsewhere, of another one there, or of another scenario', () => {
    for (const other of [{ on: 'edge-2' }, { fault: 'link.slow' }, { scenario: 'other' }]) {
      const faults = told(['inflicting', 10], ['inflicting', 11, other], ['confirmed', 20])
      expect(faults.phase('other', 25, 26)).not.toBe('during')
      const unconfirmed = told(['inflicting', 10], ['confirmed', 20, other], ['mended', 30, other])
      expect(unconfirmed.inForce(35, 36)).toEqual(['link.cut on edge'])
      expect(unconfirmed.phase('s', 25, 26)).toBe('transition')
    }
  })

  test('is nothing where it was never inflicted', () => {
    const faults = told(['confirmed', 20])
    expect(faults.inForce(25, 26)).toEqual([])
    expect(faults.phase('s', 25, 26)).toBe('before')
  })
})

describe('the faults that a span meets', () => {
  test('are named with their places, those of every scenario', () => {
    const faults = told(...windowAt(10), ...windowAt(15, { ...CLOCK, scenario: 'other' }))
    expect(faults.inForce(12, 14)).toEqual(['link.cut on edge'])
    expect(faults.inForce(20, 21)).toEqual(['link.cut on edge', 'clock.step on node-1'])
    expect(faults.inForce(41, 45)).toEqual(['clock.step on node-1'])
  })

  test('forget where they say so, and not where they say nothing is forgotten', () => {
    const faults = told(...windowAt(10), ...windowAt(15, STORE))
    expect(faults.forgetting(20, 21)).toEqual(['store.flush'])
    expect(faults.forgetting(12, 14)).toEqual([])
  })

  test('never depend on what was asked before', () => {
    const spans = fc.array(fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 10 })), { minLength: 1 })
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 50 }), { maxLength: 3 }), spans, (windows, asked) => {
        const stages = windows.flatMap((atUs, index) =>
          [0, 2, 4, 6].map((after, stage): Stage => {
            const name = (['inflicting', 'confirmed', 'mending', 'mended'] as const)[stage]
            return [name ?? 'mended', atUs + after, { on: `edge-${index}` }]
          }),
        )
        const faults = told(...stages)
        for (const [fromUs, lastsUs] of asked) {
          const met = windows.flatMap((atUs, index) =>
            atUs <= fromUs + lastsUs && fromUs <= atUs + 6 ? [`link.cut on edge-${index}`] : [],
          )
          expect(faults.inForce(fromUs, fromUs + lastsUs)).toEqual(met)
        }
      }),
      { seed: 7523 },
    )
  })

  test('are those that came up since it was last asked', () => {
    const faults = told()
    expect(faults.inForce(10, 20)).toEqual([])
    faults.see(eventOf('inflicting', 15))
    expect(faults.inForce(10, 20)).toEqual(['link.cut on edge'])
  })
})

describe('how long a fault has been in force', () => {
  const since = (fromUs: number, toUs: number) =>
    told(...windowAt(10), ...windowAt(10, CLOCK)).since('s', 'link.cut', fromUs, toUs)

  test('is told from its confirmation to its mending, both ends of a span', () => {
    expect(since(22, 29)).toEqual({ kind: 'in-force', leastUs: 2, mostUs: 9 })
    expect(since(20, 20)).toEqual({ kind: 'in-force', leastUs: 0, mostUs: 0 })
    const open = told(['inflicting', 10], ['confirmed', 20])
    expect(open.since('s', 'link.cut', 520, 521)).toMatchObject({ leastUs: 500, mostUs: 501 })
  })

  test('is before it where all of the span is, and unsure where it comes or goes, or is over', () => {
    expect(since(1, 9)).toEqual({ kind: 'before' })
    expect(told().since('s', 'link.cut', 1, 2)).toEqual({ kind: 'before' })
    for (const [fromUs, toUs] of [
      [1, 10],
      [19, 25],
      [25, 30],
      [100, 101],
    ] as const) {
      expect(since(fromUs, toUs)).toEqual({ kind: 'unsure' })
    }
    expect(told(['inflicting', 10]).since('s', 'link.cut', 12, 13)).toEqual({ kind: 'unsure' })
  })

  test('is told of that fault alone, in that scenario alone', () => {
    const faults = told(...windowAt(10, CLOCK), ...windowAt(10, { scenario: 'other' }))
    expect(faults.since('s', 'link.cut', 22, 29)).toEqual({ kind: 'before' })
  })

  test('is not told of one that was inflicted at two places: nobody says which is asked about', () => {
    const faults = told(...windowAt(10, { on: 'edge-2' }), ...windowAt(15))
    expect(faults.since('s', 'link.cut', 26, 27)).toEqual({ kind: 'unsure' })
    expect(faults.since('s', 'link.cut', 1, 9)).toEqual({ kind: 'before' })
  })

  test('is told of its last window', () => {
    const faults = told(...windowAt(10), ...windowAt(110))
    expect(faults.since('s', 'link.cut', 121, 122)).toMatchObject({ leastUs: 1, mostUs: 2 })
    expect(faults.since('s', 'link.cut', 21, 22)).toMatchObject({ leastUs: 1, mostUs: 2 })
  })
})

describe('what lingers of the faults of a place', () => {
  const lingering = (on: string, ...of: readonly [fromUs: number, toUs: number, forUs: number]) =>
    told(...windowAt(10, { on: 'honest' }), ...windowAt(10, { on: 'hostile' })).lingering(on, ...of)

  test('are those in force there, or not over for so long', () => {
    expect(lingering('honest', 12, 13, 0)).toEqual(['link.cut'])
    expect(lingering('honest', 45, 46, 0)).toEqual([])
    expect(lingering('honest', 45, 46, 5)).toEqual(['link.cut'])
    expect(lingering('honest', 45, 46, 4)).toEqual([])
  })

  test('are none before them, and none of another place', () => {
    expect(lingering('honest', 1, 9, 100)).toEqual([])
    expect(lingering('spare', 12, 13, 0)).toEqual([])
  })
})

describe('the number of a window', () => {
  test('is that of the one begun last in the scenario, and the first before all of them', () => {
    const faults = told(...windowAt(10), ...windowAt(100), ...windowAt(50, { scenario: 'other' }))
    expect([1, 10, 60, 99, 100, 500].map((us) => faults.windowAt('s', us))).toEqual([
      0, 0, 0, 0, 1, 1,
    ])
    expect(faults.windowAt('unheard-of', 500)).toBe(0)
  })
})

test('whole windows are counted of the fault, the place and the scenario that was planned', () => {
  const planned = { fault: 'link.cut', on: 'edge', startSeconds: 1, endSeconds: 2 }
  const others = [{ on: 'edge-2' }, { fault: 'link.slow' }, { scenario: 'other' }]
  const faults = told(
    ...windowAt(10),
    ...windowAt(100),
    ...others.flatMap((each) => windowAt(50, each)),
  )
  expect(faults.wholeWindows('s', planned)).toBe(2)
  const unconfirmed = told(['inflicting', 10], ['unconfirmed', 20], ['mended', 30])
  expect(unconfirmed.wholeWindows('s', planned)).toBe(0)
})
