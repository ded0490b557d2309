import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Agenda } from '../../../harness/drive/agenda.ts'

describe('an agenda', () => {
  test('gives what is soonest first, and of equal times what came first', () => {
    const agenda = new Agenda<string>()
    for (const [atUs, name] of [
      [5, 'c'],
      [1, 'a'],
      [5, 'd'],
      [3, 'b'],
    ] as const)
      agenda.put(atUs, name)
    expect(agenda.nextUs).toBe(1)
    expect([1, 2, 3, 4, 5].map(() => agenda.take())).toEqual(['a', 'b', 'c', 'd', undefined])
    expect([agenda.nextUs, agenda.size]).toEqual([null, 0])
  })

  test('gives everything once, in order, however putting and taking alternate', () => {
    const acts = fc.array(fc.option(fc.nat(20), { nil: null }), { maxLength: 200 })
    fc.assert(
      fc.property(acts, (given) => {
        const agenda = new Agenda<number>()
        let waiting: (readonly [atUs: number, turn: number])[] = []
        for (const [turn, atUs] of given.entries()) {
          if (atUs !== null) {
            agenda.put(atUs, turn)
            waiting.push([atUs, turn])
            continue
          }
          const [first, ...rest] = waiting.toSorted(
            (one, other) => one[0] - other[0] || one[1] - other[1],
          )
          waiting = rest
          expect(agenda.take()).toBe(first?.[1])
        }
        expect(agenda.size).toBe(waiting.length)
      }),
    )
  })
})
