import { expect, test } from 'vitest'
import { openHold } from '../../../harness/oracle/hold.ts'

test('what was observed waits until every clock that is measured was read after it', () => {
  const released: string[] = []
  const hold = openHold<string>((each) => void released.push(each))
  hold.measured('node-1', 0)
  hold.measured('node-2', 0)
  hold.push('a', 1)
  hold.push('b', 3)
  hold.measured('node-1', 9)
  expect(released).toEqual([])
  hold.measured('node-2', 2)
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
  expect(released).toEqual([])
  hold.measured('node-1', 6)
  expect(released).toEqual(['late', 'early'])
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
