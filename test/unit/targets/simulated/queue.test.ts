import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eventQueue, type EventQueue } from '../../../../targets/simulated/queue.ts'

const START = 1_000

function runOut(queue: EventQueue): void {
  while (queue.step());
}

describe('a queue of events', () => {
  test('does them in the order of time, and of booking within one moment', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 60 }), (delays) => {
        const queue = eventQueue(START)
        const seen: [number, number][] = []
        delays.forEach((delay, index) =>
          queue.after(delay, () => seen.push([queue.nowUs() - START, index])),
        )
        runOut(queue)
        const booked = delays.map((delay, index): [number, number] => [delay, index])
        expect(seen).toEqual(booked.toSorted(([one], [other]) => one - other))
      }),
    )
  })

  test('lets an act book another for the same moment, which comes after those booked before', () => {
    const queue = eventQueue(START)
    const seen: string[] = []
    queue.after(5, () => {
      seen.push('first')
      queue.after(0, () => seen.push('third'))
    })
    queue.after(5, () => seen.push('second'))
    runOut(queue)
    expect(seen).toEqual(['first', 'second', 'third'])
  })

  test('never goes back: what is booked for the past happens now', () => {
    const queue = eventQueue(START)
    const seen: number[] = []
    queue.after(10, () => queue.at(START + 3, () => seen.push(queue.nowUs())))
    runOut(queue)
    expect(seen).toEqual([START + 10])
  })

  test('passes over what was cancelled, and does not move for it', () => {
    const queue = eventQueue(START)
    const booking = queue.after(50, () => expect.unreachable('it was cancelled'))
    queue.after(10, () => undefined)
    booking.cancelled = true
    expect(queue.size).toBe(2)
    runOut(queue)
    expect([queue.nowUs(), queue.size, queue.step()]).toEqual([START + 10, 0, false])
  })
})
