import { expect, test } from 'vitest'
import { stem } from '../../../harness/plan/stem.ts'
import { swift } from '../../../harness/random.ts'

const random = swift('stems')

test('a stem follows from the seed and the name alone', () => {
  expect(stem(random, 'a')).toMatch(/^[0-9a-f]{16}$/)
  expect(stem(random, 'a')).toBe(stem(swift('stems'), 'a'))
  expect(stem(random, 'a')).not.toBe(stem(random, 'b'))
})

// Of stems half as long five pairs in as many would be the same, and the later of each refused as a replay, rightly.
test('must not name two assertions of a long run alike', () => {
  const stems = new Set(Array.from({ length: 200_000 }, (_, at) => stem(random, `s/honest/${at}`)))
  expect(stems.size).toBe(200_000)
})
