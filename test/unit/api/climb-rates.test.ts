import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from '../../../api/run.ts'

test('a climb tells rates at every rung that it asked, not at the first alone', async () => {
  const out = await mkdtemp(join(tmpdir(), 'cupel-climb-'))
  try {
    const { record } = await run({
      target: 'simulated:reference',
      suites: [],
      scenarios: ['capacity'],
      profiles: [],
      strict: false,
      seed: '7',
      out,
      signal: new AbortController().signal,
      maxPerSecond: 150,
      reports: [],
      watch() {},
      note() {},
    })
    const conclusion = record.scenarios.find(({ name }) => name === 'capacity')?.conclusion
    expect(conclusion).toMatchObject({
      says: 'right up to 100/s; and 200/s would be more than is allowed',
      rungs: [50, 100].map((perSecond) => ({
        perSecond,
        rates: { frr: { events: 0, trials: expect.any(Number) } },
      })),
    })
    const trials = JSON.stringify(conclusion).match(/"frr":\{"events":0,"trials":\d{3}/g)
    expect(trials).toHaveLength(2)
  } finally {
    await rm(out, { recursive: true })
  }
}, 60_000)
