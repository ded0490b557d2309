import { expect, test } from 'vitest'
import { PARAMETERS } from '../../suites/parameters.ts'
import { PROFILES } from '../../suites/profiles/index.ts'

test('every parameter of a profile is explained, and nothing else', () => {
  for (const { name, policy } of PROFILES) {
    expect(Object.keys(policy).toSorted(), name).toEqual(Object.keys(PARAMETERS).toSorted())
  }
})
