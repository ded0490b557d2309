/** Goal as in sharp.test.ts, for flaws that single requests show. Method: the check that sends them, in a hundred runs. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../../api/run.ts'
import { BY_CHECKS } from './sharp-checks.ts'

const SEEDS = 100

let out = ''
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'cupel-sharp-'))
})
afterAll(() => rm(out, { recursive: true, force: true }))

describe.each(Object.entries(BY_CHECKS))('%s', (flaw, { check, finding, within }) => {
  test(`is convicted within ${within} requests`, { timeout: 120_000 }, async () => {
    let found = 0
    for (let seed = 0; seed < SEEDS; seed++) {
      const { findings, generator } = await asked(`simulated:${flaw}`, check, String(seed))
      expect(generator.sent).toBeLessThanOrEqual(within)
      found += Number(findings.some(({ id }) => id === finding))
    }
    expect(found).toBeGreaterThanOrEqual(0.99 * SEEDS)
  })
})

async function asked(target: string, check: string, seed: string) {
  const { record } = await run({
    target,
    suites: [check],
    scenarios: [],
    profiles: [],
    strict: false,
    seed,
    out,
    signal: new AbortController().signal,
    maxPerSecond: null,
    reports: [],
    watch: () => undefined,
    note: () => undefined,
  })
  return record
}
