/** Double accepts that wait for the leeway of the run: by how much they need, and what becomes of them then. */
import { describe, expect, test } from 'vitest'
import type { Charge } from '../../../harness/oracle/charges/convictions.ts'
import { openLates, type Entry } from '../../../harness/oracle/replay/late.ts'
import type { Granted } from '../../../harness/oracle/replay/leeways.ts'
import type { DoubleAccept } from '../../../harness/oracle/replay/use.ts'
import type { Exhibit } from '../../../harness/oracle/sighting.ts'
import { aConviction } from '../tally/convictions.ts'
import { streamOf } from './histories.ts'

const PLACE = { scenario: { name: 's' }, stream: streamOf(), index: 0, slot: { latest: null } }

function double(needsMs: number, more: Partial<Exhibit> = {}): DoubleAccept<Exhibit> {
  const second = {
    part: 'assertion',
    party: 'honest',
    node: 'node-1',
    phase: 'steady',
    place: PLACE,
    ...more,
  }
  return { needsUs: needsMs * 1_000, second } as unknown as DoubleAccept<Exhibit>
}

function entry(more: Partial<Entry> = {}): Omit<Entry, 'times'> {
  const { times: _, ...all } = {
    place: PLACE,
    metric: 'far',
    phase: 'steady',
    slot: 3,
    instead: null,
    times: 1,
    ...more,
  } as Entry
  return all
}

function charge(more: Partial<Charge> = {}): Charge {
  return {
    finding: 'replay/accepted-sequentially',
    obliges: true,
    scenario: 's',
    caseId: 's/stream/0',
    nodes: 'same',
    words: () => aConviction(),
    ...more,
  }
}

const leeway = (ms: number, to: Partial<Granted> = {}) => ({
  of: ({ part, party }: Granted) =>
    part === (to.part ?? 'assertion') && party === (to.party ?? 'honest') ? ms * 1_000 : 0,
})

describe('what needs a leeway', () => {
  const settled = (needsMs: number, seenMs: number, to?: Partial<Granted>) => {
    const lates = openLates()
    lates.count(double(needsMs), entry())
    lates.charge(double(needsMs), charge())
    const { entries, charges, waiting } = lates.settle(leeway(seenMs, to))
    return [entries.length, charges.length, waiting.length]
  }

  test('is settled by a longer one, in steps of a tenth of a second that never convict too soon', () => {
    expect(settled(2_000, 2_001)).toEqual([1, 1, 0])
    expect(settled(2_000, 2_000)).toEqual([0, 0, 2])
    expect(settled(2_001, 2_100)).toEqual([0, 0, 2])
    expect(settled(2_001, 2_101)).toEqual([1, 1, 0])
    expect(settled(1_999, 2_001)).toEqual([1, 1, 0])
    expect(settled(0, 1)).toEqual([1, 1, 0])
    expect(settled(0, 0)).toEqual([0, 0, 2])
  })

  test('must not be settled by what another kind of credential was granted', () => {
    expect(settled(2_000, 9_000, { part: 'client_assertion' })).toEqual([0, 0, 2])
  })

  test('must not be settled by what another party was granted', () => {
    expect(settled(2_000, 9_000, { party: 'other' })).toEqual([0, 0, 2])
  })

  test('is neither what was convicted at once nor what no leeway convicts', () => {
    expect(settled(-1, 9_000)).toEqual([0, 0, 0])
    expect(settled(Infinity, Infinity)).toEqual([0, 0, 0])
  })
})

describe('what waits', () => {
  test('is counted together where it is of one population at one node', () => {
    const lates = openLates()
    for (const needsMs of [2_000, 1_950, 1_901]) lates.count(double(needsMs), entry())
    expect(lates.settle(leeway(2_001)).entries).toEqual([{ ...entry(), times: 3 }])
    expect(lates.settle(leeway(0)).waiting).toMatchObject([{ needsMs: 2_000, times: 3 }])
  })

  test.each<readonly [what: string, other: () => readonly [DoubleAccept<Exhibit>, Partial<Entry>]]>(
    [
      ['another leeway', () => [double(2_100), {}]],
      ['another node', () => [double(2_000, { node: 'node-2' }), {}]],
      ['another phase', () => [double(2_000, { phase: 'during' }), {}]],
      ['another part', () => [double(2_000, { part: 'client_assertion' }), {}]],
      ['another party', () => [double(2_000, { party: 'other' }), {}]],
      ['another stream', () => [double(2_000, { place: { ...PLACE, index: 1 } as never }), {}]],
      ['no stream', () => [double(2_000, { place: null }), {}]],
      ['another rate', () => [double(2_000), { metric: 'replay-acceptance' }]],
      ['another phase of the rate', () => [double(2_000), { phase: 'during' }]],
      ['what was counted otherwise before', () => [double(2_000), { instead: 'event' }]],
    ],
  )('is counted apart where it is of %s', (_what, other) => {
    const lates = openLates()
    const [of, more] = other()
    lates.count(double(2_000), entry())
    lates.count(of, entry(more))
    expect(lates.settle(leeway(0)).waiting).toHaveLength(2)
  })

  test('is charged apart by finding, by scenario and by where its uses went, and told by the first', () => {
    const lates = openLates()
    const all = [
      charge(),
      charge({ caseId: 's/stream/1' }),
      charge({ finding: 'replay/accepted-concurrently' }),
      charge({ scenario: 'other' }),
      charge({ nodes: 'several' }),
    ]
    for (const each of all) lates.charge(double(2_000), each)
    const { charges } = lates.settle(leeway(2_001))
    expect(charges.map(({ times }) => times)).toEqual([2, 1, 1, 1])
    expect(charges[0]?.charge.caseId).toBe('s/stream/0')
  })

  test('is told as data: the cell it will be counted in, or the conviction it will be', () => {
    const lates = openLates()
    lates.count(double(2_000), entry({ instead: 'event', phase: 'after' }))
    lates.count(double(2_100), entry({ instead: 'trial' as never }))
    lates.charge(double(2_000), charge({ nodes: 'several' }))
    const cell = {
      metric: 'far',
      frame: 'code',
      scenario: 's',
      attack: 'replay',
      phase: 'after',
      node: null,
    }
    const counted = { part: 'assertion', party: 'honest', times: 1, conviction: null, nodes: null }
    expect(lates.settle(leeway(0)).waiting).toEqual([
      { ...counted, needsMs: 2_000, cell, instead: null },
      { ...counted, needsMs: 2_100, cell: { ...cell, phase: 'steady' }, instead: 'trial' },
      {
        part: 'assertion',
        party: 'honest',
        needsMs: 2_000,
        times: 1,
        cell: null,
        instead: null,
        conviction: aConviction(),
        nodes: 'several',
      },
    ])
  })
})
