/** What a credential deserves whose key comes or goes, and how long that took. */
import { describe, expect, test } from 'vitest'
import type { Declarations } from '../../../harness/model/policy.ts'
import { byKeyState, byKeyTrouble, lingersUs } from '../../../harness/oracle/deserving/key-state.ts'
import type { Grounds } from '../../../harness/oracle/deserving/grounds.ts'
import { openKeyTimes } from '../../../harness/oracle/scenarios/key-times.ts'
import type { Since } from '../../../harness/oracle/time/phases.ts'
import { FOREIGN, VALID } from './exhibits.ts'
import { SECOND_US, streamOf, targetWith } from './histories.ts'

type Promised = Declarations['propagationSeconds']

function declaring(promised: Promised) {
  const { declares } = targetWith()
  return {
    declares: promised === undefined ? declares : { ...declares, propagationSeconds: promised },
  }
}

/** In force for so many seconds at least. */
const lasted = (seconds: number): Since => ({
  kind: 'in-force',
  leastUs: seconds * SECOND_US,
  mostUs: (seconds + 1) * SECOND_US,
})
const BEFORE: Since = { kind: 'before' }
const UNSURE: Since = { kind: 'unsure' }

const EITHER = {
  deserves: 'either',
  rule: 'key',
  spec: 'RFC 7523 §3 item 9',
  declared: false,
  finding: null,
}

describe('a key that was added', () => {
  const added = (since: Since, promised?: Promised, ruled: Grounds = VALID) =>
    byKeyState(ruled, { is: 'added', by: 'keys.add' }, since, declaring(promised))

  test('is owed acceptance once the target has had the time it asks for, or else a minute', () => {
    expect(added(lasted(60))).toBe(VALID)
    expect(added(lasted(59.999))).toMatchObject(EITHER)
    expect(added(lasted(3), { newKey: 3 })).toBe(VALID)
    expect(added(lasted(2.999), { newKey: 3 })).toMatchObject(EITHER)
  })

  test('is owed nothing before that, or while nobody is sure', () => {
    expect(added(BEFORE)).toMatchObject(EITHER)
    expect(added(UNSURE)).toMatchObject(EITHER)
  })

  test('makes nothing right that is wrong in something else', () => {
    expect(added(lasted(99), undefined, FOREIGN)).toBe(FOREIGN)
    expect(added(BEFORE, undefined, FOREIGN)).toBe(FOREIGN)
    const gone = { is: 'removed', by: 'keys.remove' } as const
    expect(byKeyState(FOREIGN, gone, lasted(99), declaring({ newKey: 1, removedKey: 4 }))).toBe(
      FOREIGN,
    )
  })
})

describe('what was taken back', () => {
  const removed = (since: Since, promised?: Promised, by = 'keys.rotate') =>
    byKeyState(VALID, { is: 'removed', by }, since, declaring(promised))

  test('is as good as before until then', () => {
    expect(removed(BEFORE)).toBe(VALID)
  })

  test('deserves rejection after the time that the target declared for it', () => {
    const promised = { newKey: 1, removedKey: 4, revoked: 9 }
    expect(removed(lasted(4), promised)).toEqual({
      deserves: 'reject',
      rule: 'key',
      because: 'its key had been removed more than 4 s before',
      spec: 'RFC 7523 §3 item 9',
      declared: true,
      finding: 'keys/removed-key-accepted',
    })
    expect(removed(lasted(3.999), promised)).toMatchObject(EITHER)
    expect(removed(lasted(9), promised, 'revoke.client')).toEqual({
      deserves: 'reject',
      rule: 'key',
      because: 'its client had been revoked more than 9 s before',
      spec: 'RFC 7523 §3.2',
      declared: true,
      finding: 'revocation/revoked-accepted',
    })
    expect(removed(lasted(8), promised, 'revoke.client')).toMatchObject(EITHER)
  })

  test('must not be refused of who declared nothing of it, however long ago that was', () => {
    for (const by of ['keys.rotate', 'revoke.client']) {
      expect(removed(lasted(1e9), undefined, by)).toMatchObject(EITHER)
      expect(removed(lasted(1e9), { newKey: 1 }, by)).toMatchObject(EITHER)
    }
    expect(removed(UNSURE, { newKey: 1, removedKey: 4 })).toMatchObject(EITHER)
  })
})

describe('trouble with the published keys of a party', () => {
  const both = (...faults: readonly string[]) => {
    const { code, world } = byKeyTrouble({ code: VALID, world: VALID }, faults)
    return [code.deserves, world.deserves]
  }

  test('leaves its assertions owed nothing while its key is not published', () => {
    for (const fault of ['keys.remove', 'keys.rotate', 'keys.swap', 'revoke.client']) {
      expect(both(fault)).toEqual(['either', 'either'])
    }
  })

  test('is no fault of any code while it is published and cannot be had, and costs its owner', () => {
    for (const fault of ['keys.outage', 'keys.garbage', 'keys.oversized', 'keys.slow']) {
      expect(both(fault)).toEqual(['either', 'accept'])
    }
    expect(both('keys.slow', 'keys.remove')).toEqual(['either', 'either'])
  })

  test('is none where something else was wrong there', () => {
    expect(both('keys.add', 'clock.step')).toEqual(['accept', 'accept'])
    expect(both()).toEqual(['accept', 'accept'])
  })

  test('makes nothing right that is wrong in something else', () => {
    const ruled = { code: FOREIGN, world: FOREIGN }
    expect(byKeyTrouble(ruled, ['keys.remove'])).toEqual(ruled)
  })

  test('lasts for as long after it as a new key may take', () => {
    expect(lingersUs(declaring(undefined))).toBe(60 * SECOND_US)
    expect(lingersUs(declaring({ newKey: 3 }))).toBe(3 * SECOND_US)
  })
})

describe('how long keys took', () => {
  const place = (is: 'added' | 'removed') =>
    ({ stream: streamOf({ keyState: { is, by: 'keys.rotate' } }) }) as never
  const junk = { stream: streamOf({ attack: 'unknown-kid' }) } as never
  const shown = { scenario: 's', outcome: 'accepted' } as const

  test('is told by the first that was accepted under a new one, and the last under an old one', () => {
    const times = openKeyTimes()
    for (const seconds of [5, 2, 9]) times.see({ ...shown, place: place('added') }, lasted(seconds))
    for (const seconds of [1, 4, 3]) {
      times.see({ ...shown, place: place('removed') }, lasted(seconds))
    }
    const point = { node: null, unit: 's', of: 1 }
    expect(times.of('s', {})).toEqual([
      { ...point, name: 'new-key-after', low: 3, high: 3 },
      { ...point, name: 'old-key-for', low: 4, high: 4 },
    ])
    expect(times.of('other', {})).toEqual([])
  })

  test('is not told by what was refused, or came when nobody is sure', () => {
    const times = openKeyTimes()
    times.see({ ...shown, outcome: 'rejected', place: place('added') }, lasted(5))
    times.see({ ...shown, place: place('added') }, BEFORE)
    times.see({ ...shown, place: place('added') }, UNSURE)
    times.see({ ...shown, place: place('added') }, null)
    expect(times.of('s', {})).toEqual([])
  })

  const asked = (count: number) => {
    const times = openKeyTimes()
    for (let index = 0; index < count; index++) times.see({ ...shown, place: junk }, null)
    return times
  }

  test('is no matter of requests under a key that nobody has: of those is told what they cost', () => {
    const [only, ...others] = asked(40).of('s', { 'jwks-fetches': 10 })
    expect(others).toEqual([])
    expect(only).toEqual({
      name: 'fetches-per-junk',
      node: null,
      unit: 'fetches',
      low: 0.25,
      high: 0.25,
      of: 40,
    })
    expect(asked(40).of('s', {})).toEqual([])
  })

  test('junk costs a fetch where thirty and more cost one for every second of them', () => {
    const costs = (count: number, fetches: number | undefined) =>
      asked(count).conclude(() => (fetches === undefined ? {} : { 'jwks-fetches': fetches }))
    expect(costs(30, 15)).toMatchObject([
      {
        finding: 'keys/junk-costs-a-fetch',
        obliges: false,
        obligation: 'derived',
        scenario: 's',
        spec: ['RFC 8725 §3.10'],
        because:
          '30 requests that name a key nobody has made the target fetch keys 15 times: anybody can make it ask somebody else as often as they like.',
      },
    ])
    expect(costs(29, 29)).toEqual([])
    expect(costs(30, 14)).toEqual([])
    expect(costs(30, undefined)).toEqual([])
  })
})
