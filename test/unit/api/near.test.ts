import { expect, test } from 'vitest'
import { didYouMean } from '../../../api/near.ts'

const KNOWN = ['replay-race', 'replay-sequential', 'burst']

test('a name that is nearly another is answered with the other', () => {
  expect(didYouMean('replay-rase', KNOWN)).toBe('Did you mean replay-race? ')
  expect(didYouMean('brst', KNOWN)).toBe('Did you mean burst? ')
})

test('must not guess at what is nothing like it', () => {
  expect(didYouMean('leeway-edges', KNOWN)).toBe('')
  expect(didYouMean('x', [])).toBe('')
})
