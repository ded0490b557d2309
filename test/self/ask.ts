/** A run in this process, for tests that look at its record. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { RunRecord } from '../../harness/model/record.ts'
import { REPORTS } from '../../reports/index.ts'
import { run, type RunOptions, type RunOutcome } from '../../api/index.ts'

/** Everything of a run that `some` leaves open, with seed 7 and into a folder that goes when the test does. */
export async function ask(some: Partial<RunOptions>): Promise<RunOutcome> {
  const out = await mkdtemp(join(tmpdir(), 'cupel-self-'))
  onTestFinished(() => rm(out, { recursive: true, force: true }))
  return run({
    target: 'embedded',
    suites: [],
    scenarios: [],
    profiles: [],
    strict: false,
    seed: '7',
    out,
    signal: new AbortController().signal,
    maxPerSecond: null,
    watch: () => undefined,
    note: () => undefined,
    reports: REPORTS,
    ...some,
  })
}

/** What it is held to. */
export function obliging({ findings }: Pick<RunRecord, 'findings'>): readonly string[] {
  return findings.flatMap(({ id, obliges }) => (obliges ? [id] : []))
}
