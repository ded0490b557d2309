/**
 * Goal as in sharp.test.ts, for flaws that single requests show. Method: the check that sends them, in ten runs, of which
 * every one must convict: what a check sends is no matter of chance.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../../api/run.ts'
import { BY_CHECKS } from './sharp-checks.ts'

const SEEDS = 10

let out = ''
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'cupel-sharp-'))
})
afterAll(() => rm(out, { recursive: true, force: true }))

describe.each(Object.entries(BY_CHECKS))(
  '%s',
  (flaw, { check, finding, within, strict = false }) => {
    test(`is convicted within ${within} requests`, { timeout: 120_000 }, async () => {
      for (let seed = 0; seed < SEEDS; seed++) {
        const { findings, generator } = await asked(`simulated:${flaw}`, {
          check,
          strict,
          seed: String(seed),
        })
        expect(generator.sent).toBeLessThanOrEqual(within)
        expect(findings.map(({ id }) => id)).toContain(finding)
      }
    })
  },
)

interface Asking {
  readonly check: string
  readonly strict: boolean
  readonly seed: string
}

async function asked(target: string, { check, strict, seed }: Asking) {
  const { record } = await run({
    target,
    suites: [check],
    scenarios: [],
    profiles: [],
    strict,
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
