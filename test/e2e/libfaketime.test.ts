/** A server nobody here wrote, as processes whose clocks libfaketime moves while they run; unsupported where it is missing. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunRecord } from '../../harness/model/record.ts'
import { faketimeLibrary } from '../../targets/levers/faketime.ts'
import { isInstalled } from '../../targets/levers/installed.ts'
import { cupel, scratch } from './command.ts'

const TARGET = 'targets/lab/oidc-provider/two-clocks.yaml'
const LONG_MS = 180_000

test.runIf(isInstalled('redis-server'))(
  'the clock of one node of oidc-provider is moved by libfaketime, seen to be, and moved back',
  { timeout: LONG_MS },
  async () => {
    const record = await skewed()
    const [scenario] = record.scenarios
    if (faketimeLibrary() === null) {
      expect(scenario?.verdict).toBe('unsupported')
      expect(scenario?.because).toContain('apt install libfaketime')
      return
    }
    expect(record.faults.map(({ rung }) => rung)).toEqual(['libfaketime'])
    for (const { stages } of record.faults) {
      expect(stages.confirmed).toBeDefined()
      expect(stages.mended).toBeDefined()
    }
    expect(record.findings.filter(({ obliges }) => obliges)).toEqual([])
    // By true time the node was wrong: that is what a wrong clock costs.
    expect(refusedWhileAhead(record)).toBeGreaterThan(0)
  },
)

async function skewed(): Promise<RunRecord> {
  const out = await scratch()
  const { stderr } = await cupel([
    'run',
    '--target',
    TARGET,
    '--scenario',
    'test/e2e/fixtures/one-clock-ahead.yaml',
    '--seed',
    '7',
    '--out',
    out,
  ])
  const text = await readFile(join(out, 'latest', 'record.json'), 'utf8').catch(() => {
    throw new Error(stderr)
  })
  return JSON.parse(text) as RunRecord
}

/** How many honest requests, by true time. */
function refusedWhileAhead({ rates }: RunRecord): number {
  const found = rates.find(
    ({ metric, phase, frame, node }) =>
      metric === 'frr' && phase === 'during' && frame === 'world' && node === null,
  )
  return found?.events ?? 0
}
