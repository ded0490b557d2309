import { access } from 'node:fs/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openHold, type Hold } from '../../../harness/oracle/time/hold.ts'

test('what was observed waits until every clock that is measured was read after it', () => {
  const released: string[] = []
  const hold = openHold<string>((each) => void released.push(each))
  hold.measured('node-1', 0)
  hold.measured('node-2', 0)
  hold.push('a', 1)
  hold.push('b', 3)
  hold.measured('node-1', 9)
  hold.settle()
  expect(released).toEqual([])
  hold.measured('node-2', 2)
  hold.settle()
  expect(released).toEqual(['a'])
  hold.flush()
  hold.flush()
  expect(released).toEqual(['a', 'b'])
})

test('it leaves in the order in which it came, even if what came later was known earlier', () => {
  const released: string[] = []
  const hold = openHold<string>((each) => void released.push(each))
  hold.measured('node-1', 0)
  hold.push('late', 5)
  hold.push('early', 1)
  hold.measured('node-1', 2)
  hold.settle()
  expect(released).toEqual([])
  hold.measured('node-1', 6)
  hold.settle()
  expect(released).toEqual(['late', 'early'])
})

test('what a reading frees leaves three by three as others come, so that a sender is never kept for long', () => {
  const released: number[] = []
  const hold = openHold<number>((each) => void released.push(each))
  hold.measured('node-1', 0)
  for (let us = 1; us <= 8; us++) hold.push(us, us)
  hold.measured('node-1', 8)
  expect(released).toEqual([])
  hold.push(9, 9)
  expect(released).toEqual([1, 2, 3])
  hold.push(10, 10)
  expect(released).toEqual([1, 2, 3, 4, 5, 6])
  hold.push(11, 11)
  expect(released).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

test('what waits keeps its time where room is made for more of it', () => {
  const released: number[] = []
  const hold = openHold<number>((each) => void released.push(each))
  hold.measured('node-1', 0)
  const push = (from: number, to: number): void => {
    for (let us = from; us <= to; us++) hold.push(us, us)
  }
  push(1, 100)
  hold.measured('node-1', 90)
  hold.settle()
  // There is room for 1,024 at first; by now the first of them stands in the midst of it.
  push(101, 1_300)
  hold.measured('node-1', 700)
  hold.settle()
  expect(released).toEqual(Array.from({ length: 700 }, (_, index) => index + 1))
  hold.measured('node-1', 1_050)
  hold.settle()
  expect(released).toEqual(Array.from({ length: 1_050 }, (_, index) => index + 1))
})

test('without any clock nothing waits', () => {
  const released: string[] = []
  openHold<string>((each) => void released.push(each)).push('a', 1)
  expect(released).toEqual(['a'])
})

test('no more than 50,000 wait, whether or not a clock is read again', () => {
  let released = 0
  const hold = openHold<number>(() => {
    released += 1
  })
  hold.measured('node-1', 0)
  for (let us = 1; us <= 60_000; us++) hold.push(us, us)
  expect(released).toBe(10_000)
  hold.flush()
  expect(released).toBe(60_000)
})

/** What comes, a number that waits until then, or a reading of the only clock. */
const courses = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.record({ us: fc.nat(99), clock: fc.constant(false) }) },
    { weight: 1, arbitrary: fc.record({ us: fc.nat(99), clock: fc.constant(true) }) },
  ),
  { size: 'max', maxLength: 5_000 },
)

test('however much waits, it leaves in order, each once, and none before its clock was read', () => {
  let most = 0
  const property = fc.property(courses, (course) => {
    const [released, waiting]: [number[], { at: number; us: number }[]] = [[], []]
    const expected: number[] = []
    let knownUs = -1
    const hold = openHold<number>((each) => {
      if (!isFlushed) expect(course[each]?.us).toBeLessThanOrEqual(knownUs)
      released.push(each)
    })
    let isFlushed = false
    hold.measured('node-1', -1)
    for (const [at, { us, clock }] of course.entries()) {
      if (at % 7 === 0) hold.settle()
      if (!clock) {
        hold.push(at, us)
        waiting.push({ at, us })
      } else {
        hold.measured('node-1', us)
        knownUs = Math.max(knownUs, us)
        const stays = waiting.findIndex((each) => each.us > knownUs)
        const gone = waiting.splice(0, stays === -1 ? waiting.length : stays)
        expected.push(...gone.map((each) => each.at))
      }
      most = Math.max(most, waiting.length)
    }
    isFlushed = true
    hold.flush()
    expect(released).toEqual([...expected, ...waiting.map((each) => each.at)])
  })
  fc.assert(property, { seed: 7523, numRuns: 50 })
  // More than there is room for at first, and not from the first place on.
  expect(most).toBeGreaterThan(1_024)
})

test('what has left is not kept alive, while others wait', async () => {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  const hold = openHold<object>(() => undefined)
  hold.measured('node-1', 0)
  const left = pushed(hold, 1)
  const waits = pushed(hold, 3)
  hold.measured('node-1', 2)
  hold.settle()
  // Whatever a WeakRef was made of lives until the present job is done: reading anything ends it.
  await access(import.meta.filename)
  if (typeof collect === 'function') collect()
  expect(left.deref()).toBeUndefined()
  expect(waits.deref()).toBeDefined()
})

function pushed(hold: Hold<object>, us: number): WeakRef<object> {
  const held = { us }
  hold.push(held, us)
  return new WeakRef(held)
}
