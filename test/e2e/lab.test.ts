/** A server nobody here wrote, on a store nobody here wrote: found wrong where it is, and not where it is not. */
import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../harness/model/record.ts'
import { cupel, scratch } from './command.ts'

const WITH_REDIS = 'targets/lab/oidc-provider/target.yaml'
const IN_MEMORY = 'targets/lab/oidc-provider/in-memory.yaml'
const LONG_MS = 120_000

describe('oidc-provider', () => {
  test.runIf(redisIsHere())(
    'on Redis is convicted of accepting copies sent at once',
    { timeout: LONG_MS },
    async () => {
      const { code, record } = await lab(WITH_REDIS, [])
      expect(code).toBe(1)
      const [finding, ...others] = replays(record)
      expect(finding?.id).toBe('replay/accepted-concurrently')
      expect(finding?.obligation).toBe('declared')
      expect(finding?.witness).toHaveLength(2)
      expect(others).toEqual([])
    },
  )

  test.runIf(redisIsHere())(
    'on Redis refuses a copy that comes later',
    { timeout: LONG_MS },
    async () => {
      const { code } = await lab(WITH_REDIS, ['--scenario', 'replay-sequential'])
      expect(code).toBe(0)
    },
  )

  test('in memory is convicted of no replay', { timeout: LONG_MS }, async () => {
    const { record } = await lab(IN_MEMORY, [])
    expect(replays(record)).toEqual([])
  })
})

/** What it is held to that has to do with using an assertion twice. */
function replays({ findings }: RunRecord) {
  return findings.filter(({ id, obliges }) => obliges && id.startsWith('replay/'))
}

async function lab(
  target: string,
  more: readonly string[],
): Promise<{ readonly code: number | null; readonly record: RunRecord }> {
  const out = await scratch()
  const { code, stderr } = await cupel([
    'run',
    '--target',
    target,
    '--seed',
    '7',
    '--out',
    out,
    ...more,
  ])
  const text = await readFile(join(out, 'latest', 'record.json'), 'utf8').catch(() => {
    throw new Error(stderr)
  })
  return { code, record: JSON.parse(text) as RunRecord }
}

function redisIsHere(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
