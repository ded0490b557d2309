/** What one settled credential adds to each rate, in both frames, as `events/trials/owed`. */
import { describe, expect, test } from 'vitest'
import type { DoubleAccept } from '../../../harness/oracle/replay/use.ts'
import type { Exhibit } from '../../../harness/oracle/sighting.ts'
import { exhibit, FOREIGN, VALID } from './exhibits.ts'
import { counted, ONCE, rates, refused } from './counted.ts'

describe('of what deserves rejection', () => {
  test.each([
    ['accepted', '1/1/1'],
    ['rejected', '0/1/1'],
    ['failed', '0/0/1'],
    ['unanswered', '0/0/1'],
    ['elsewhere', '0/0/1'],
  ] as const)('each counts by itself: %s', (outcome, far) => {
    expect(rates([exhibit(1, { outcome, code: FOREIGN, world: FOREIGN })])).toMatchObject({ far })
  })

  test('nothing is owed as an acceptance', () => {
    const wrong = [1, 2].map((at) => exhibit(at, { code: FOREIGN, world: FOREIGN }))
    expect(rates(wrong)).toEqual({ far: '2/2/2', inconclusive: '0/2/2' })
  })
})

describe('of what is owed an acceptance', () => {
  test('an acceptance is right and shows that it is served', () => {
    expect(rates([exhibit(1)], ONCE)).toEqual({
      frr: '0/1/1',
      unavailability: '0/1/1',
      inconclusive: '0/1/1',
    })
  })

  test('a refusal is false where its party works, and else open, with a doubt', () => {
    const told = counted([refused(1)], ONCE)
    expect(told.rates).toMatchObject({ frr: '1/1/1', unavailability: '0/1/1' })
    expect(told.doubted).toEqual([])
    const { fromUs, toUs } = refused(1)
    expect(told.asked).toMatchObject([{ principal: 'honest', begunUs: fromUs, answeredUs: toUs }])
    const open = counted([refused(1)], { ...ONCE, works: false })
    expect(open.rates).toMatchObject({ frr: '0/0/1' })
    expect(open.doubted).toHaveLength(1)
  })

  test.each<readonly [what: string, more: Partial<Exhibit>, unavailability: string]>([
    ['trouble of the server’s own', { outcome: 'failed' }, '1/1/1'],
    ['no answer', { outcome: 'unanswered' }, '1/1/1'],
    ['a refusal of something else', { outcome: 'elsewhere' }, '0/1/1'],
    ['a connection given up before', { outcome: 'unanswered', stale: true }, '0/0/1'],
    ['what was never sent', { outcome: 'unsent' }, '0/0/1'],
  ])(
    '%s leaves open whether it was refused, and tells of availability',
    (_what, more, unavailability) => {
      expect(rates([exhibit(1, more)], ONCE)).toMatchObject({ frr: '0/0/1', unavailability })
    },
  )

  test('one acceptance is owed, however often it was presented', () => {
    const failed = [1, 2].map((at) => exhibit(at, { outcome: 'failed' }))
    expect(rates(failed, { group: {} })).toMatchObject({ frr: '0/0/1', unavailability: '1/1/1' })
  })

  test('a refusal before any other use is false, whatever was accepted later', () => {
    const uses = [refused(1), exhibit(2)]
    expect(rates(uses, { group: {} })).toMatchObject({ frr: '1/1/1' })
    const overlapping = [refused(1), exhibit(1.005)]
    expect(rates(overlapping, { group: {} })).toMatchObject({ frr: '0/1/1' })
    expect(rates([refused(1), exhibit(1.01)], { group: {} })).toMatchObject({ frr: '0/1/1' })
    const [phantom = refused(1), later = exhibit(1)] = overlapping
    const group = { phantom: { use: phantom, implementation: true, afterForgery: false } }
    expect(rates([phantom, later], { group })).toMatchObject({ frr: '1/1/1' })
  })

  test('what may be owed either counts in no rate', () => {
    const either = { ...VALID, deserves: 'either' } as const
    expect(rates([exhibit(1, { code: either, world: either })])).toEqual({ inconclusive: '0/1/1' })
  })
})

describe('of further uses of an accepted credential', () => {
  const [first, second] = [exhibit(1), exhibit(2)]
  const double = (more: Partial<DoubleAccept<Exhibit>> = {}): DoubleAccept<Exhibit> => ({
    first,
    second,
    partner: first,
    needsUs: -1,
    straddles: [],
    ...more,
  })

  test('each is owed a rejection where single use is, and a figure of its own elsewhere', () => {
    expect(rates([first, refused(2), refused(3)], { group: {} })).toMatchObject({ far: '0/2/2' })
    expect(rates([first, refused(2)], { group: {}, singleUse: false })).toMatchObject({
      'replay-acceptance': '0/1/1',
    })
    for (const outcome of ['failed', 'elsewhere', 'challenged', 'unanswered'] as const) {
      expect(rates([first, exhibit(2, { outcome })], { group: {} })).toMatchObject({
        far: '0/0/1',
      })
    }
    const either = { ...VALID, deserves: 'either' } as const
    const open = refused(2, { code: either, world: either })
    expect(rates([first, open], { group: {} })).not.toHaveProperty('far')
    expect(rates([first, exhibit(2, { outcome: 'unsent' })], { group: {} })).not.toHaveProperty(
      'far',
    )
  })

  test('a rejection counts that may have come after the acceptance', () => {
    // Answered at 1.01 s.
    expect(rates([refused(1), exhibit(1.005)], { group: {} })).toMatchObject({ far: '0/1/1' })
    expect(rates([refused(1), exhibit(1.01)], { group: {} })).not.toHaveProperty('far')
    expect(rates([refused(1), exhibit(2)], { group: {} })).not.toHaveProperty('far')
  })

  test('a double accept that nothing excuses is false in both frames', () => {
    const told = rates([first, second], { group: { doubles: [double()] } })
    expect(told).toMatchObject({ far: '1/1/1', frr: '0/1/1' })
    expect(told).not.toHaveProperty('far in code')
  })

  test('one that a leeway decides on is false for the world, and waits in the code’s frame', () => {
    const waiting = counted([first, second], { group: { doubles: [double({ needsUs: 0 })] } })
    expect(waiting.rates).toMatchObject({ far: '1/1/1' })
    expect(waiting.rates).not.toHaveProperty('far in code')
    expect(waiting.late).toEqual(['far steady null'])
  })

  test('each is counted by what it needs itself, and by nothing of the others', () => {
    const third = exhibit(3)
    const waits = double({ second: third, needsUs: 5 })
    const both = counted([refused(0.5), first, second, third], {
      group: { doubles: [double(), waits] },
    })
    expect(both.rates).toMatchObject({ far: '2/2/2', 'far in code': '1/1/1' })
    expect(both.late).toEqual(['far steady null'])
    // The second has the token of the first, and the third one of its own.
    const same = { doubles: [double({ second: third })], sameToken: [[first, second] as const] }
    expect(rates([first, second, third], { group: same })).toMatchObject({ far: '1/1/1' })
  })

  test('one that is wrong by itself in a frame is not counted there once more', () => {
    const ended = exhibit(2, { world: { ...VALID, deserves: 'reject', rule: 'time' } })
    const told = rates([first, ended], { group: { doubles: [double({ second: ended })] } })
    expect(told).toMatchObject({ far: '1/1/1' })
  })

  test('the very same token twice is no second issuance', () => {
    expect(rates([first, second], { group: { sameToken: [[first, second]] } })).not.toHaveProperty(
      'far',
    )
  })

  test('nothing counts of one that was presented alone', () => {
    expect(rates([first], { group: null })).not.toHaveProperty('far')
  })
})

describe('of what is undecided', () => {
  test('each without a clear answer, and each refusal that only an unknown excuses', () => {
    const open = (['unanswered', 'elsewhere', 'challenged'] as const).map((outcome) =>
      exhibit(1, { outcome }),
    )
    const clear = (['accepted', 'failed', 'unsent'] as const).map((outcome) =>
      exhibit(1, { outcome }),
    )
    const excused = refused(3)
    const told = counted([...open, ...clear, excused, refused(4)], {
      group: { undecided: [excused, ...clear] },
    })
    expect(told.rates).toMatchObject({ inconclusive: '4/8/8' })
    expect(told.sum).toEqual({ judged: 8, undecided: 4 })
  })
})

test('where the frames differ each is counted by what it deserves in that', () => {
  const ahead = { ...VALID, deserves: 'reject', rule: 'time' } as const
  const told = rates([refused(1, { code: ahead })], ONCE)
  expect(told).toEqual({
    frr: '1/1/1',
    unavailability: '0/1/1',
    'far in code': '0/1/1',
    inconclusive: '0/1/1',
  })
  const late = counted([refused(1, { code: ahead })], { ...ONCE, works: false })
  expect(late.doubted).toHaveLength(1)
  // Refused rightly by true time, and falsely by the clock of a node: that is no doubt of the world's.
  const behind = counted([refused(1, { world: ahead })], { ...ONCE, works: false })
  expect(behind.doubted).toEqual([])
})
