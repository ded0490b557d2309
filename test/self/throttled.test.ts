/** Goal: who answers bursts with 429 is unavailable for a while, and is accused of nothing by whatever was asked meanwhile. */
import { expect, test } from 'vitest'
import { ask } from './ask.ts'

const TARGET = 'simulated:throttled'

test('a server that throttles is accused of nothing, whatever comes of it', async () => {
  const scenarios = ['burst', 'replay-race', 'jti-poisoning', 'property-*']
  const { record } = await ask({ target: TARGET, suites: ['**'], scenarios })
  expect(record.findings.filter(({ obliges }) => obliges)).toEqual([])
  expect(record.checks.filter(({ seen }) => seen.includes('429')).length).toBeGreaterThan(50)
  // What was not answered proves nothing good either.
  expect(record.verdict).toBe('inconclusive')
})

test('asked no faster than it answers, it conforms', async () => {
  const { record } = await ask({ target: TARGET, suites: ['**'], maxPerSecond: 50 })
  expect(record.findings).toEqual([])
  expect(record.checks.filter(({ seen }) => seen.includes('429'))).toEqual([])
  expect(record.verdict).toBe('conforms')
})
