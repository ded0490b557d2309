/** How a run ends when it does not end well: stopped, killed, or with something broken for good. */
import { spawn } from 'node:child_process'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { constants, gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { alive, cupel, endOf, eventually, MAIN, scratch, start } from './command.ts'

const LONG_MS = 60_000

async function children(out: string): Promise<readonly number[]> {
  const [folder] = (await readdir(out)).filter((name) => name !== 'latest')
  const text = await readFile(join(out, folder ?? '', 'processes.json'), 'utf8')
  return Object.keys(JSON.parse(text) as object).map(Number)
}

describe('Ctrl-C during a partition', () => {
  test('mends it, ends every child, and says so with exit 2', { timeout: LONG_MS }, async () => {
    const out = await scratch()
    const running = start(['run', '--scenario', 'partitioned-cache', '--seed', '7', '--out', out])
    await running.shows('link.cut on node-2>store: confirmed')
    const pids = await children(out)
    expect(pids.length).toBeGreaterThanOrEqual(4)
    expect(pids.every(alive)).toBe(true)
    running.child.kill('SIGINT')
    const { code, stderr, stdout } = await running.ended
    expect(code).toBe(2)
    expect(stderr).toContain('link.cut on node-2>store: mended')
    expect(stdout).toContain('stopped by SIGINT')
    expect(pids.filter(alive)).toEqual([])
  })
})

describe.each(['SIGTERM', 'SIGINT'] as const)('%s while everything is broken', (signal) => {
  const BROKEN = [
    'link.slow on node-1>store',
    'link.one-way on node-2>store',
    'clock.offset on node-1',
    'node.pause on node-3',
    'store.slow on store',
    'keys.outage on rotating',
    'revoke.client on rotating',
  ]

  test('mends all of it, and leaves nothing behind', { timeout: 120_000 }, async () => {
    const out = await scratch()
    const scenario = resolve('test/e2e/fixtures/every-lever.yaml')
    const running = start(['run', '--scenario', scenario, '--seed', '7', '--out', out])
    await Promise.all(BROKEN.map((each) => running.shows(`${each}: confirmed`)))
    const pids = await children(out)
    running.child.kill(signal)
    const { code, stderr, stdout } = await running.ended
    for (const each of BROKEN) expect(stderr).toContain(`${each}: mended`)
    expect(stderr).not.toContain('NOT MENDED')
    expect(stdout).toContain(`stopped by ${signal}`)
    expect(code).toBe(2)
    expect(pids.filter(alive)).toEqual([])
  })
})

describe('kill -9 in the middle', () => {
  test(
    'leaves no process behind and a history that never counts as a pass',
    { timeout: LONG_MS },
    async () => {
      const out = await scratch()
      const running = start(['run', '--scenario', 'partitioned-cache', '--seed', '7', '--out', out])
      await running.shows('link.cut on node-2>store: confirmed')
      const pids = await children(out)
      running.child.kill('SIGKILL')
      await running.ended
      expect(await eventually(() => !pids.some(alive), 10_000)).toBe(true)

      const [folder] = await readdir(out)
      const judged = await cupel(['judge', join(out, folder ?? ''), '--json'])
      const record = JSON.parse(judged.stdout) as {
        complete: boolean
        verdict: string
        rates: { trials: number }[]
      }
      expect(record.complete).toBe(false)
      expect(record.verdict).toBe('inconclusive')
      expect(judged.code).toBe(2)
      expect(record.rates.some(({ trials }) => trials > 0)).toBe(true)
    },
  )
})

describe.skipIf(process.platform === 'win32')(
  'a disk that takes no more, during a partition',
  () => {
    test(
      'stops the run, which mends, says so and is exit 255; what is on disk is whole events, and judged as incomplete',
      { timeout: LONG_MS },
      async () => {
        const out = await scratch()
        // In KiB: more than the header and what comes before the fault, and less than all of it.
        const limited = ['-c', 'ulimit -f 20 && exec "$0" "$@"', process.execPath, MAIN]
        const args = ['run', '--scenario', 'partitioned-cache', '--seed', '7', '--out', out]
        const { code, stderr } = await endOf(spawn('bash', [...limited, ...args]))
        expect(code, stderr).toBe(255)
        expect(stderr).toContain('link.cut on node-2>store: confirmed')
        expect(stderr).toContain('stopped: nothing more is sent, and nothing was left broken')
        expect(stderr).toMatch(/history\.ndjson\.gz cannot be written \((?:EFBIG|ENOSPC)\)/)

        const [folder = ''] = await readdir(out)
        const bytes = await readFile(join(out, folder, 'history.ndjson.gz'))
        const text = gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).toString()
        expect(text.endsWith('\n')).toBe(true)
        const events = text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line))
        expect(events.filter(({ kind }) => kind === 'observed').length).toBeGreaterThan(0)
        expect(events.some(({ kind }) => kind === 'footer')).toBe(false)

        const judged = await cupel(['judge', join(out, folder), '--json'])
        expect(judged.code).toBe(2)
        expect(JSON.parse(judged.stdout)).toMatchObject({
          complete: false,
          verdict: 'inconclusive',
        })
      },
    )
  },
)

describe('a fault that cannot be mended', () => {
  test('is said last, on stderr, and is exit 255', { timeout: LONG_MS }, async () => {
    const out = await scratch()
    const file = join(out, 'target.yaml')
    await writeFile(file, `kind: module\nadapter: ${resolve('test/e2e/fixtures/unmendable.ts')}\n`)
    const scenario = resolve('test/e2e/fixtures/short-cut.yaml')
    const { code, stderr } = await cupel([
      'run',
      '--target',
      file,
      '--scenario',
      scenario,
      '--out',
      out,
    ])
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^NOT MENDED: link\.cut on node-1>store/)
    expect(code).toBe(255)
  })
})

describe('a reader that leaves', () => {
  test.each(['stdout', 'stderr'] as const)('%s closed early changes no exit code', async (name) => {
    const out = await scratch()
    const running = start(['run', '--suite', 'rfc7523/3/iss*', '--seed', '7', '--out', out])
    running.child[name]?.destroy()
    expect((await running.ended).code).toBe(0)
  })
})

test('a folder named latest is left alone, and said, and changes no verdict', async () => {
  const out = await scratch()
  await mkdir(join(out, 'latest'))
  const { code, stderr } = await cupel(['run', '--suite', 'rfc7523/3/iss*', '--out', out])
  expect(code, stderr).toBe(0)
  expect(stderr).toContain('latest does not point to this run')
  expect((await readdir(out)).filter((name) => name.startsWith('.'))).toEqual([])
})
