/** Figures to watch, notes for the reader, and numbers that follow: from single presentations and settled ones. */
import { describe, expect, test } from 'vitest'
import type { Deserved } from '../../../harness/model/verdict.ts'
import type { DoubleAccept, Group } from '../../../harness/oracle/replay/use.ts'
import { openLive } from '../../../harness/oracle/scenarios/live.ts'
import { openRemarks } from '../../../harness/oracle/scenarios/remarks.ts'
import type { Exhibit } from '../../../harness/oracle/sighting.ts'
import { exhibit, REFUSED } from './exhibits.ts'
import { streamOf } from './histories.ts'

const NONE = {
  judged: 0,
  toRefuse: 0,
  falseAccepts: 0,
  toAccept: 0,
  falseRejects: 0,
  undecided: 0,
  unavailable: 0,
}

describe('figures to watch', () => {
  const honest = { scenario: { name: 's' }, stream: streamOf({ attack: null, copies: 1 }) } as never
  const replayed = { scenario: { name: 's' }, stream: streamOf() } as never
  const watched = (
    shown: readonly Partial<Exhibit>[],
    { expected = 'either', singleUse = true }: { expected?: Deserved; singleUse?: boolean } = {},
  ) => {
    const live = openLive()
    for (const [at, more] of shown.entries()) live.see(exhibit(at, more), expected, singleUse)
    return live.of('s')
  }

  test('count each answer by what it was', () => {
    const outcomes = ['accepted', 'failed', 'unanswered', 'elsewhere', 'challenged'] as const
    expect(watched(outcomes.map((outcome) => ({ outcome })))).toEqual({
      ...NONE,
      judged: 5,
      undecided: 3,
      unavailable: 1,
    })
  })

  test('call false what a check’s table says is', () => {
    expect(watched([{}], { expected: 'reject' })).toMatchObject({ falseAccepts: 1 })
    expect(watched([{}], { expected: 'accept' })).toMatchObject({ falseAccepts: 0 })
    expect(watched([REFUSED], { expected: 'accept' })).toMatchObject({ falseRejects: 1 })
    expect(watched([REFUSED])).toMatchObject({ falseRejects: 0 })
    expect(watched([{ outcome: 'failed' }], { expected: 'accept' })).toMatchObject({
      falseRejects: 0,
    })
  })

  test('call false a second acceptance of one key where single use is owed', () => {
    const account = () => ({ key: 'k', accepted: 0 }) as never
    const one = account()
    const twice = [
      { place: replayed, account: one },
      { place: replayed, account: one },
    ]
    expect(watched(twice)).toMatchObject({ falseAccepts: 1 })
    expect(watched(twice, { singleUse: false })).toMatchObject({ falseAccepts: 0 })
    const apart = [account(), account()].map((each) => ({ place: replayed, account: each }))
    expect(watched(apart)).toMatchObject({ falseAccepts: 0 })
    const other = account()
    const refused = { place: replayed, account: other, ...REFUSED }
    expect(watched([refused, refused])).toMatchObject({ falseAccepts: 0 })
  })

  test('call false the refusal of what an honest client presents once and rightly', () => {
    expect(watched([{ ...REFUSED, place: honest }])).toMatchObject({ falseRejects: 1 })
    expect(watched([{ ...REFUSED, place: replayed }])).toMatchObject({ falseRejects: 0 })
    expect(watched([{ ...REFUSED, place: honest, defect: 'expired' }])).toMatchObject({
      falseRejects: 0,
    })
    for (const more of [{ copies: 2 }, { attack: 'forged' }]) {
      const stream = streamOf({ attack: null, copies: 1, ...more })
      const place = { scenario: { name: 's' }, stream } as never
      expect(watched([{ ...REFUSED, place }])).toMatchObject({ falseRejects: 0 })
    }
  })

  test('call false that what is wrong whenever it comes got in, and count what was refused of it', () => {
    const forged = { place: replayed, deserved: 'reject' } as const
    expect(watched([forged, { ...forged, ...REFUSED }, { ...forged, outcome: 'failed' }])).toEqual({
      ...NONE,
      judged: 3,
      toRefuse: 2,
      falseAccepts: 1,
      unavailable: 1,
    })
  })

  test('count what was owed and got a clear answer, so that shares can be told', () => {
    const expected = 'accept'
    const outcomes = ['accepted', 'rejected', 'failed', 'unanswered'] as const
    expect(
      watched(
        outcomes.map((outcome) => ({ outcome })),
        { expected },
      ),
    ).toMatchObject({
      toAccept: 2,
      falseRejects: 1,
      toRefuse: 0,
    })
    const account = { key: 'k', accepted: 0 } as never
    const again = { place: replayed, account }
    expect(watched([again, { ...again, ...REFUSED }, { ...again, ...REFUSED }])).toMatchObject({
      toRefuse: 2,
      falseAccepts: 0,
    })
    expect(watched([{ place: honest }])).toMatchObject({ toAccept: 1, falseRejects: 0 })
  })

  test('are those of each scenario, and none of what nobody saw', () => {
    expect(openLive().of('s')).toEqual(NONE)
    expect(watched([{ scenario: 'other' }])).toEqual(NONE)
  })
})

describe('what a reader must know', () => {
  const remarks = (
    sighted: readonly Partial<Exhibit>[],
    doubles: readonly Partial<DoubleAccept<Exhibit>>[] = [],
    { complete = true, settled = [] as readonly { times: number }[] } = {},
  ) => {
    const open = openRemarks()
    for (const more of sighted) open.sighted(exhibit(1, more))
    const group = { doubles } as unknown as Group<Exhibit>
    open.see({ sightings: [], group, place: null })
    open.see({ sightings: [], group: null, place: null })
    return open.conclude(complete, settled)
  }
  const late = { needsUs: 5, straddles: [] }

  test('is nothing where all is well', () => {
    expect(remarks([{}])).toEqual([])
    expect(remarks([{}], [{ needsUs: -5, straddles: ['store.flush'] }])).toEqual([])
  })

  test('is that the end was not seen', () => {
    expect(remarks([], [], { complete: false })).toEqual([
      'The history has no footer: what was not seen may have been wrong.',
    ])
  })

  test('is whose clock was not measured, on either side, each node once', () => {
    const offset = (lowUs: number, highUs: number, node: string | null) => ({
      node,
      offset: { lowUs, highUs },
    })
    expect(
      remarks([
        offset(0, Infinity, 'node-2'),
        offset(-Infinity, 0, 'node-1'),
        offset(0, Infinity, 'node-2'),
        offset(0, Infinity, null),
        offset(0, 0, 'node-3'),
      ]),
    ).toEqual([
      "No clock was measured for a node that is not known, node-1, node-2: it is taken to be within 12 hours of this machine's.",
    ])
  })

  test('is how many second acceptances straddle what forgets, by fault', () => {
    const straddling = { needsUs: Infinity, straddles: ['store.flush', 'node.kill'] }
    expect(remarks([], [straddling, { needsUs: 0, straddles: ['store.flush'] }])).toEqual([
      'Replay across lost memory: 2 second acceptances straddle store.flush, which forgets; they convict nobody.',
      'Replay across lost memory: 1 second acceptances straddle node.kill, which forgets; they convict nobody.',
    ])
  })

  test('is how many others count in the world’s frame only, but for those convicted since', () => {
    const told = (count: number) => [
      `${count} second acceptances lie where clocks or an unknown end may have emptied a right memory; they count in the world's frame only.`,
    ]
    expect(remarks([], [late, late, late])).toEqual(told(3))
    expect(remarks([], [{ ...late, needsUs: 0 }])).toEqual(told(1))
    expect(remarks([], [late, late, late], { settled: [{ times: 2 }] })).toEqual(told(1))
    expect(remarks([], [late], { settled: [{ times: 1 }] })).toEqual([])
  })
})
