/** Leeways, replay windows and capacities, each from a few presentations: to the microsecond, and never a guess. */
import { describe, expect, test } from 'vitest'
import type { Derived } from '../../../harness/model/derived.ts'
import type { Stream } from '../../../harness/model/scenario.ts'
import { derivedWords } from '../../../harness/oracle/scenarios/derived-words.ts'
import { openNodeEdges } from '../../../harness/oracle/scenarios/edges.ts'
import { openNumbers } from '../../../harness/oracle/scenarios/numbers.ts'
import { openKeyTimes } from '../../../harness/oracle/scenarios/key-times.ts'
import { openWindows } from '../../../harness/oracle/scenarios/windows.ts'
import type { DoubleAccept, Group } from '../../../harness/oracle/replay/use.ts'
import type { Exhibit } from '../../../harness/oracle/sighting.ts'
import { exhibit, REFUSED } from './exhibits.ts'
import { SECOND_US, START_US, streamOf } from './histories.ts'

const at = (seconds: number) => START_US + seconds * SECOND_US
const placeOf = (stream: Partial<Stream> = {}) =>
  ({
    scenario: { name: 's' },
    stream: streamOf({ attack: null, copies: 1, ...stream }),
    index: 0,
  }) as never
const PLACE = { place: placeOf() }

describe('the edges of a node', () => {
  /** Of presentations at 10 s, answered at 10.01 s by a clock that is right, unless they say otherwise. */
  const edges = (shown: readonly Partial<Exhibit>[]) => {
    const open = openNodeEdges()
    for (const more of shown) open.see(exhibit(10, { ...PLACE, iatUs: null, ...more }))
    return open.of('s').map(({ name, node, low, high, of }) => ({ name, node, low, high, of }))
  }
  const end = { name: 'leeway-after-end', node: 'node-1' }
  const start = { name: 'leeway-before-start', node: 'node-1' }
  const expired = (seconds: number) => ({ expUs: at(10 - seconds), defect: 'expired' })
  const early = (seconds: number) => ({ nbfUs: at(10 + seconds), defect: 'not-yet' })

  test('lie beyond what was accepted at the earliest reading, and short of what was refused at the latest', () => {
    expect(edges([expired(3), { ...expired(5), ...REFUSED }])).toEqual([
      { ...end, low: 3, high: 5.01, of: 2 },
    ])
    expect(edges([early(3), { ...early(5), ...REFUSED }])).toEqual([
      { ...start, low: 2.99, high: 5, of: 2 },
    ])
  })

  test('are the furthest acceptance and the nearest refusal', () => {
    const refused = (seconds: number) => ({ ...expired(seconds), ...REFUSED })
    expect(edges([expired(1), expired(3), expired(2), refused(9), refused(5), refused(7)])).toEqual(
      [{ ...end, low: 3, high: 5.01, of: 6 }],
    )
  })

  test('are told by the clock of the node, as surely as it is known', () => {
    const offset = { lowUs: -1 * SECOND_US, highUs: 2 * SECOND_US }
    expect(
      edges([
        { ...expired(3), offset },
        { ...expired(5), ...REFUSED, offset },
      ]),
    ).toEqual([{ ...end, low: 2, high: 7.01, of: 2 }])
    for (const unknown of [
      { lowUs: -Infinity, highUs: 0 },
      { lowUs: 0, highUs: Infinity },
    ]) {
      expect(edges([{ ...expired(3), offset: unknown }])).toEqual([])
    }
  })

  test('have no upper end where nothing was refused, and are nothing where nothing came near', () => {
    expect(edges([expired(3)])).toEqual([{ ...end, low: 3, high: null, of: 1 }])
    expect(edges([{ ...expired(3), ...REFUSED }])).toEqual([{ ...end, low: 0, high: 3.01, of: 1 }])
    expect(edges([{}])).toEqual([])
  })

  test('of the beginning are the later of iat and nbf', () => {
    const both = { iatUs: at(12), nbfUs: at(11), ...REFUSED }
    expect(edges([both])).toEqual([{ ...start, low: 0, high: 2, of: 1 }])
    expect(edges([{ ...both, iatUs: at(11), nbfUs: at(13) }])).toMatchObject([{ high: 3 }])
  })

  test('are not told by a refusal of what lies beyond both, or beyond neither', () => {
    expect(edges([{ ...expired(3), nbfUs: at(12), ...REFUSED }])).toEqual([])
    expect(edges([REFUSED])).toEqual([])
  })

  test.each<readonly [what: string, more: Partial<Exhibit>]>([
    ['was not answered', { outcome: 'unanswered' }],
    ['was forged', { authentic: false }],
    ['is wrong in something else', { defect: 'audience' }],
    ['is no scenario’s', { place: null }],
    ['came to nobody knows whom', { node: null }],
    [
      'was signed with a key that comes and goes',
      { place: placeOf({ keyState: { is: 'added', by: 'keys.add' } }) },
    ],
    [
      'was signed with another key',
      { place: placeOf({ change: { key: 'next', defect: null } as never }) },
    ],
    ['met a fault', { faultsInForce: ['link.cut on edge'] }],
  ])('are not told by what %s', (_what, more) => {
    expect(edges([{ ...expired(3), ...more }])).toEqual([])
  })

  test('are told amid faults of clocks, which the offset knows of', () => {
    expect(edges([{ ...expired(3), faultsInForce: ['clock.step on node-1'] }])).toHaveLength(1)
  })

  test('are drawn by how wrong the clock was, of honest presentations alone', () => {
    const skewed = (seconds: number, more: Partial<Exhibit> = {}): Partial<Exhibit> => ({
      offset: { lowUs: seconds * SECOND_US, highUs: seconds * SECOND_US },
      expUs: at(999),
      ...more,
    })
    const open = openNodeEdges()
    const attack = { place: placeOf({ attack: 'expired' }) }
    for (const more of [
      skewed(5, REFUSED),
      skewed(-5),
      skewed(5),
      skewed(4.6),
      skewed(7, { defect: 'expired' }),
      skewed(8, attack),
      // While a clock is being set right from 90 s behind: it never was 45 s behind.
      skewed(0, { offset: { lowUs: -90 * SECOND_US, highUs: 0 }, ...REFUSED }),
      skewed(0, { offset: { lowUs: -6.5 * SECOND_US, highUs: -3.5 * SECOND_US } }),
    ])
      open.see(exhibit(10, { ...PLACE, iatUs: null, ...more }))
    const curve = open.of('s').find(({ name }) => name === 'refused-by-skew')
    expect(curve).toMatchObject({
      node: 'node-1',
      unit: 'share',
      of: 5,
      points: [
        { x: -5, events: 0, trials: 2 },
        { x: 5, events: 1, trials: 3 },
      ],
    })
    expect(edges([skewed(5), skewed(5)])).toEqual([])
  })
})

describe('the window in which a used assertion is taken again', () => {
  const TIMED = { finding: 'replay/forgotten-before-leeway-ends', attack: 'replay', copies: 2 }
  const seen = (
    first: Partial<Exhibit>,
    second: Partial<Exhibit>,
    stream: Partial<Stream> = TIMED,
    more: Partial<DoubleAccept<Exhibit>> = {},
  ) => {
    const windows = openWindows()
    // Used at 58 s, two seconds before its end, and again 5 s after it.
    const uses = [exhibit(58, first), exhibit(65, second)] as const
    const double = {
      first: uses[0],
      second: uses[1],
      partner: uses[0],
      needsUs: 1,
      straddles: [],
      ...more,
    }
    const group = { accepted: uses, doubles: [double] } as unknown as Group<Exhibit>
    windows.see({ sightings: uses, group, place: placeOf(stream) })
    return windows.of('s', 12).map(({ name, low, of }) => [name, low, of])
  }

  test('reaches from when it was surely forgotten to the end of the leeway', () => {
    expect(seen({}, {})).toEqual([['replay-window', 12 - 5.01, 1]])
    const ahead = { offset: { lowUs: 0, highUs: SECOND_US } }
    expect(seen({}, ahead)).toEqual([['replay-window', 12 - 6.01, 1]])
  })

  test.each<readonly [what: string, () => unknown]>([
    ['the leeway ended before', () => seen({}, { answeredUs: at(72) })],
    [
      'its stream asks for something else',
      () => seen({}, {}, { ...TIMED, finding: 'replay/other' }),
    ],
    ['its end is not known', () => seen({}, { expUs: null })],
    ['no answer says when', () => seen({}, { answeredUs: null })],
    ['the first was not answered', () => seen({ answeredUs: null }, {})],
    ['the first was answered later', () => seen({ answeredUs: at(65.5) }, {})],
    ['memory was lost between', () => seen({}, {}, TIMED, { straddles: ['store.flush'] })],
    ['something was broken', () => seen({}, { faultsInForce: ['link.cut on edge'] })],
    ['no clock was measured', () => seen({}, { offset: { lowUs: 0, highUs: Infinity } })],
  ])('is not told where %s', (_what, told) => {
    expect(told()).toEqual([])
  })
})

describe('how many a memory holds', () => {
  const ROUNDS: Partial<Stream> = { release: 'in-rounds', arrivals: { kind: 'in-turn', count: 40 } }
  const holds = (again: readonly Exhibit['outcome'][], stream = ROUNDS) => {
    const windows = openWindows()
    for (const outcome of again) {
      const uses = [exhibit(1), exhibit(2, { outcome })]
      const group = { accepted: uses.slice(0, 1), doubles: [] } as unknown as Group<Exhibit>
      windows.see({ sightings: uses, group, place: placeOf(stream) })
    }
    return windows.of('s', 0).map(({ low, high, of }) => [low, high, of])
  }

  test('is all of them at least, or fewer, or not told', () => {
    expect(holds(['rejected', 'rejected'])).toEqual([[40, null, 2]])
    expect(holds(['accepted', 'accepted'])).toEqual([[null, 39, 2]])
    expect(holds(['accepted', 'rejected'])).toEqual([])
    expect(holds(['failed', 'unanswered'])).toEqual([])
    expect(holds(['rejected', 'failed'])).toEqual([[40, null, 1]])
    expect(holds(['rejected'], { ...ROUNDS, release: 'in-turn' })).toEqual([])
  })
})

test('numbers stand one after the other, and the longest leeway after an end bounds the window', () => {
  const numbers = openNumbers()
  const expired = { ...PLACE, iatUs: null, expUs: at(7), defect: 'expired' }
  numbers.see({ sightings: [exhibit(10, expired)], group: null, place: placeOf() })
  numbers.see({ sightings: [], group: null, place: placeOf() })
  expect(numbers.of('s', openKeyTimes(), {}).map(({ name }) => name)).toEqual(['leeway-after-end'])
})

test('each number is a sentence, and those that are drawn are none', () => {
  const derived = (more: Partial<Derived>): Derived =>
    ({ node: null, unit: 's', low: null, high: null, of: 4, ...more }) as Derived
  const words = (more: Partial<Derived>) => derivedWords([derived(more)])
  expect(words({ name: 'new-key-after', low: 3.04 })).toBe(' The new key worked after 3.0 s.')
  expect(words({ name: 'old-key-for', low: 9 })).toBe(' What was taken back worked for 9.0 s more.')
  expect(words({ name: 'fetches-per-junk', low: 0.5 })).toBe(
    ' 4 requests that name an unknown key cost 2 fetches.',
  )
  expect(words({ name: 'memory-capacity', low: 40 })).toBe(
    ' The memory holds 40 used assertions at least.',
  )
  expect(words({ name: 'memory-capacity', high: 39 })).toContain(
    'at most; `cupel probe --capacity 40`',
  )
  expect(words({ name: 'refused-by-skew' })).toBe('')
  const revoked = {
    name: 'revoked-token-for',
    node: 'node-1',
    endpoint: 'introspection',
  } as const
  expect(words({ ...revoked, low: 0, high: 0.11 })).toBe(
    ' By introspection a revoked token was good still: node-1 for 0.2 s at most.',
  )
  expect(words({ ...revoked, low: 1, high: 2 })).toContain('node-1 for 1.0 to 2.0 s.')
  expect(words({ ...revoked, low: 1 })).toContain('node-1 for 1.0 s at least.')
  expect(words({ ...revoked, endpoint: 'resource', node: null, low: 0 })).toContain(
    'At the resource a revoked token was good still: the target not known for how long.',
  )
  const leeway = { name: 'leeway-before-start', node: 'node-1' } as const
  expect(words({ ...leeway, low: 2 })).toBe(
    ' By its own clock a node takes an assertion before its time: node-1 for 2.0 s at least.',
  )
  expect(words({ ...leeway, low: 2, high: 3 })).toContain('node-1 for 2.0 to 3.0 s.')
  expect(words({ ...leeway, low: 0, high: 3 })).toBe('')
})
