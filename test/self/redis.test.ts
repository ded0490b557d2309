/** Goal: the same scenarios over a real Redis come to the same, and it can suffer everything that there is a fault for. */
import { describe, expect, test } from 'vitest'
import { ask } from './ask.ts'

describe('the embedded target with a real Redis', () => {
  test('conforms under a partition', async () => {
    const { record } = await ask({ target: 'redis', scenarios: ['partitioned-cache'] })
    expect(record.findings.filter(({ obliges }) => obliges)).toEqual([])
    expect(record.verdict).toBe('conforms')
  })
})
