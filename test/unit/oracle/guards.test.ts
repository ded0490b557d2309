/** What counts for each guard, one assertion at a time. */
import { describe, expect, test } from 'vitest'
import type { Guard, Stream } from '../../../harness/model/scenario.ts'
import { openGuards } from '../../../harness/oracle/scenarios/guards.ts'
import type { Exhibit } from '../../../harness/oracle/sighting.ts'
import { openFaults } from '../../../harness/oracle/time/phases.ts'
import { judgingOf } from './small-scenario.ts'
import { exhibit, FOREIGN, REFUSED } from './exhibits.ts'
import { streamOf } from './histories.ts'

const NO_FAULTS = openFaults([])
const NONE_REVOKED = (): number => 0

function guardsOf(guard: Partial<Guard>, stream: Partial<Stream>) {
  const its = streamOf(stream)
  const other = streamOf({ name: 'other' })
  const full: Guard = { name: 'g', counts: 'pairs', needed: 1, ...guard }
  const [scenario] = judgingOf({ guards: [full], streams: [its, other] }).scenarios
  if (scenario === undefined) throw new RangeError('there is one')
  return { its, other, guards: openGuards(scenario) }
}

function seen(
  guard: Partial<Guard>,
  sightings: readonly Exhibit[],
  stream: Partial<Stream> = {},
): number | undefined {
  const { its, guards } = guardsOf(guard, stream)
  guards.see(its, sightings)
  return guards.conclude(NO_FAULTS, NONE_REVOKED)[0]?.seen
}

const accepted = (at: number, more: Partial<Exhibit> = {}) => exhibit(at, more)
const refused = (at: number, more: Partial<Exhibit> = {}) => exhibit(at, { ...REFUSED, ...more })

describe('a pair', () => {
  const pair = (sightings: readonly Exhibit[], guard: Partial<Guard> = {}) => seen(guard, sightings)

  test('is an acceptance, and a determinate use that began when it had been answered', () => {
    expect(pair([accepted(1), refused(2)])).toBe(1)
    expect(pair([accepted(1), accepted(2)])).toBe(1)
    expect(pair([accepted(1), refused(1.01)])).toBe(0)
    expect(pair([accepted(1), refused(1.010001)])).toBe(1)
    expect(pair([refused(1), refused(2)])).toBe(0)
    expect(pair([refused(0.5), accepted(1), refused(2)])).toBe(1)
    expect(pair([accepted(1, { answeredUs: null }), refused(2)])).toBe(0)
    expect(pair([accepted(1), refused(2, { begunUs: null })])).toBe(0)
    expect(pair([accepted(1)])).toBe(0)
  })

  test('is one, however many uses follow', () => {
    expect(pair([accepted(1), refused(2), refused(3)])).toBe(1)
    expect(pair([accepted(1), refused(1.005), refused(3)])).toBe(1)
  })

  test('counts a server’s own trouble while a fault is in force, and not in quiet', () => {
    const failed = (phase: Exhibit['phase']) => accepted(2, { outcome: 'failed', phase })
    expect(pair([accepted(1), failed('during')])).toBe(1)
    expect(pair([accepted(1), failed('after')])).toBe(0)
    expect(pair([accepted(1), accepted(2, { outcome: 'unanswered', phase: 'during' })])).toBe(0)
  })

  test('has its halves in the phases that are asked for', () => {
    const halves = { first: 'before', second: 'during' } as const
    const uses = (one: Exhibit['phase'], other: Exhibit['phase']) => [
      accepted(1, { phase: one }),
      refused(2, { phase: other }),
    ]
    expect(pair(uses('before', 'during'), halves)).toBe(1)
    expect(pair(uses('during', 'during'), halves)).toBe(0)
    expect(pair(uses('before', 'after'), halves)).toBe(0)
  })

  test('has its halves at one node, at two, or anywhere', () => {
    const same = [accepted(1), refused(2)]
    const other = [accepted(1), refused(2, { node: 'node-2' })]
    expect([same, other].map((uses) => pair(uses, { nodes: 'same' }))).toEqual([1, 0])
    expect([same, other].map((uses) => pair(uses, { nodes: 'other' }))).toEqual([0, 1])
    expect([same, other].map((uses) => pair(uses))).toEqual([1, 1])
  })

  test('is none in a stream that presents once, and none of another stream', () => {
    expect(seen({}, [accepted(1), refused(2)], { copies: 1 })).toBe(0)
    expect(seen({ stream: 'other' }, [accepted(1), refused(2)])).toBe(0)
    expect(seen({ stream: 'stream' }, [accepted(1), refused(2)])).toBe(1)
  })
})

describe('a race', () => {
  const race = (sightings: readonly Exhibit[], guard: Partial<Guard> = {}) =>
    seen({ counts: 'races', ...guard }, sightings, { release: 'together' })

  test('is won by somebody, and seen to be lost or won by another', () => {
    expect(race([accepted(1), refused(1)])).toBe(1)
    expect(race([accepted(1), accepted(1)])).toBe(1)
    expect(race([refused(1), refused(1)])).toBe(0)
    expect(race([accepted(1), exhibit(1, { outcome: 'failed' })])).toBe(0)
  })

  test('is void where one was answered before its release', () => {
    expect(race([accepted(1), refused(1), refused(1, { early: true })])).toBe(0)
  })

  test('is run in the phase that is asked for, and only where copies are let go together', () => {
    const during = { first: 'during' } as const
    expect(race([accepted(1), refused(1)], during)).toBe(0)
    const amid = { phase: 'during' } as const
    expect(race([accepted(1, amid), refused(1, amid)], during)).toBe(1)
    expect(race([accepted(1, amid), refused(1)], during)).toBe(0)
    expect(seen({ counts: 'races' }, [accepted(1), refused(1)], { release: 'in-turn' })).toBe(0)
  })
})

describe('what was owed an acceptance', () => {
  const owed = (sightings: readonly Exhibit[], guard: Partial<Guard> = {}) =>
    seen({ counts: 'owed-accepts', ...guard }, sightings, { copies: 1 })

  test('counts once it was accepted or refused, by true time', () => {
    expect(owed([accepted(1)])).toBe(1)
    expect(owed([refused(1)])).toBe(1)
    expect(owed([exhibit(1, { outcome: 'failed' })])).toBe(0)
    expect(owed([accepted(1, { world: FOREIGN })])).toBe(0)
    expect(owed([accepted(1, { code: FOREIGN })])).toBe(1)
    expect(owed([accepted(1)], { first: 'during' })).toBe(0)
  })
})

describe('what is determinate', () => {
  test('counts each that was accepted or refused, whatever it deserved', () => {
    const all = [
      accepted(1, { world: FOREIGN }),
      refused(2),
      ...(['failed', 'unanswered', 'elsewhere', 'challenged', 'unsent'] as const).map((outcome) =>
        exhibit(3, { outcome }),
      ),
      refused(4, { phase: 'during' }),
    ]
    expect(seen({ counts: 'determinate' }, all)).toBe(3)
    expect(seen({ counts: 'determinate', first: 'during' }, all)).toBe(1)
  })
})

describe('a doubt', () => {
  test('takes back what its refusal counted for, and no more', () => {
    const { its, guards } = guardsOf({ counts: 'determinate' }, {})
    const [one, two] = [accepted(1), refused(2)]
    guards.see(its, [one, two])
    guards.doubt(its, two, [one, two])
    expect(guards.conclude(NO_FAULTS, NONE_REVOKED)[0]?.seen).toBe(1)
  })

  test('takes back nothing of another stream, nor what counts without it', () => {
    const { its, other, guards } = guardsOf({ counts: 'pairs', stream: 'stream' }, {})
    const uses = [accepted(1), refused(2), refused(3)] as const
    guards.see(its, uses)
    guards.doubt(other, uses[1], uses)
    guards.doubt(its, uses[1], uses)
    expect(guards.conclude(NO_FAULTS, NONE_REVOKED)[0]?.seen).toBe(1)
    guards.doubt(its, uses[1], uses.slice(0, 2))
    expect(guards.conclude(NO_FAULTS, NONE_REVOKED)[0]?.seen).toBe(0)
  })
})

test('each fault at each place must be seen in force and mended, as often as it was planned', () => {
  const cut = (on: string) => ({ fault: 'link.cut', on, startSeconds: 1, endSeconds: 2 })
  const [scenario] = judgingOf({ guards: [], faults: [cut('a'), cut('b'), cut('a')] }).scenarios
  if (scenario === undefined) throw new RangeError('there is one')
  const faults = openFaults([scenario])
  for (const stage of ['inflicting', 'confirmed', 'mending', 'mended'] as const) {
    const event = { fault: 'link.cut', on: 'a', rung: 'proxy', forgets: 'nothing' } as const
    faults.see({ kind: 'fault', scenario: 's', ...event, stage, atUs: 1, seen: null })
  }
  expect(openGuards(scenario).conclude(faults, NONE_REVOKED)).toEqual([
    { name: 'link.cut on a: seen in force, and seen mended', needed: 2, seen: 1 },
    { name: 'link.cut on b: seen in force, and seen mended', needed: 1, seen: 0 },
  ])
})
