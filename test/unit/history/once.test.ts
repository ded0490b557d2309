import { expect, test } from 'vitest'
import { openOnce } from '../../../harness/history/once.ts'

test('a name is new once, for as many others as are remembered at the least', () => {
  const once = openOnce()
  expect(once.take('a')).toBe(true)
  for (let index = 0; index < 50_000; index++) once.take(`other ${index}`)
  expect(once.take('a')).toBe(false)
})

test('no more than a hundred thousand names are remembered', () => {
  const once = openOnce()
  once.take('a')
  for (let index = 0; index < 100_000; index++) once.take(`other ${index}`)
  expect(once.take('a')).toBe(true)
})
