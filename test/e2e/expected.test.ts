/** Goal: a server with a known fault is tested every day, and every day says whether anything is new. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../harness/model/record.ts'
import { cupel, scratch, type Ended } from './command.ts'

const CHECK = 'rfc7515/4.1.11/crit-unknown'
const LONG_MS = 60_000

/** It passes critical extensions over, and is asked about them and nothing else. */
const ASKED = ['--target', 'flawed:crit-ignored', '--suite', 'rfc7515/4.1.11/**', '--seed', '7']

const FAILURES: readonly Entry[] = ['ca', 'jg', 'v'].map((usage) => ({
  id: CHECK,
  variant: `${usage}:one-unknown`,
}))

interface Entry {
  readonly id: string
  readonly variant?: string
}

interface Asking {
  readonly entries?: readonly Entry[]
  readonly more?: readonly string[]
  readonly out: string
}

/** A run that expects these failures; a file is JSON, which YAML takes. */
async function run({ entries, more = [], out }: Asking): Promise<Ended> {
  const options = entries === undefined ? [] : ['--expected-failures', await fileOf(out, entries)]
  return cupel(['run', ...ASKED, '--quiet', '--out', out, ...options, ...more])
}

async function fileOf(folder: string, entries: readonly Entry[]): Promise<string> {
  const file = join(folder, `expected-${entries.length}.yaml`)
  const expected = entries.map((entry) => ({ ...entry, reason: 'the library passes them over' }))
  await writeFile(file, JSON.stringify({ expected }))
  return file
}

async function recordIn(out: string): Promise<RunRecord> {
  const record: RunRecord = JSON.parse(await readFile(join(out, 'latest', 'record.json'), 'utf8'))
  return record
}

describe('failures that are expected', { timeout: LONG_MS }, () => {
  test('cost nothing, are told, and leave the verdict what it is', async () => {
    const out = await scratch()
    const { code, stdout } = await run({ entries: FAILURES, out })
    expect(code, stdout).toBe(0)
    expect(stdout).toContain('All that failed was expected.')
    expect(stdout).toContain('3 failures as expected')
    const record = await recordIn(out)
    expect(record).toMatchObject({ verdict: 'violates', exitCode: 0 })
    expect(record.expectations?.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed'])

    // The history knows nothing of them, so whoever judges it again says them again.
    const known = ['--expected-failures', await fileOf(out, FAILURES)]
    expect((await cupel(['judge', join(out, 'latest'), ...known])).code).toBe(0)
  })

  test('do not excuse a new one, which is told as an entry ready to be pasted', async () => {
    const out = await scratch()
    const { code, stdout } = await run({
      entries: FAILURES.slice(1),
      more: ['--tell-expected'],
      out,
    })
    expect(code, stdout).toBe(1)
    expect(stdout).toContain('2 failures as expected')
    expect(stdout).toContain(
      `expected:\n  - id: "${CHECK}"\n    variant: "ca:one-unknown"\n    reason: ''\n`,
    )
  })

  test('fail the run when they happen no longer', async () => {
    const out = await scratch()
    const { code, stdout } = await run({
      entries: [{ id: CHECK }],
      more: ['--target', 'embedded'],
      out,
    })
    expect(code, stdout).toBe(1)
    expect(stdout).toContain(`${CHECK} was expected to fail and does not: take the entry out`)
    expect(await recordIn(out)).toMatchObject({ verdict: 'conforms', exitCode: 1 })
  })

  test('that name nothing are a mistake, told with the nearest name', async () => {
    const out = await scratch()
    const { code, stderr } = await run({ entries: [{ id: `${CHECK}s` }], out })
    expect(code).toBe(254)
    expect(stderr).toContain(`Did you mean ${CHECK}?`)
  })

  test('are expected of the shards together', async () => {
    const out = await scratch()
    const shards = await Promise.all(
      ['1', '2'].map((shard) =>
        run({
          entries: [{ id: CHECK }],
          more: ['--shard', `${shard}/2`, '--out', join(out, shard)],
          out,
        }),
      ),
    )
    // Each has some of the cases, and neither says of the others that they fail no longer.
    expect(shards.map(({ code }) => code).filter((code) => code !== 0 && code !== 2)).toEqual([])
    const folders = ['1', '2'].map((shard) => join(out, shard, 'latest'))
    const { code, stdout } = await cupel(['merge', ...folders, '--out', join(out, 'merged')])
    expect(code, stdout).toBe(0)
    expect(stdout).toContain('1 failure as expected')
  })
})

test('what is skipped is not sent, and is told with its reason', { timeout: LONG_MS }, async () => {
  const out = await scratch()
  const file = join(out, 'skip.yaml')
  await writeFile(file, `skips:\n  - { id: '${CHECK}', reason: mended next week }\n`)
  const { code, stdout } = await run({ more: ['--skip', file], out })
  expect(code, stdout).toBe(0)
  expect(stdout).toContain(`skipped ${CHECK}: mended next week`)
  const { checks, skipped } = await recordIn(out)
  expect(skipped).toEqual([{ id: CHECK, reason: 'mended next week' }])
  expect(checks.map(({ id }) => id)).not.toContain(CHECK)
  expect(checks.length).toBeGreaterThan(0)
})
