/**
 * Goal: containers are started, broken, mended and removed by a real engine, on every way out. Method: runs of the command
 * line, with what the engine itself says of what is left. `npm run test:containers` asks for an engine, so one that is not
 * there fails.
 */
import { execFileSync } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { RunRecord } from '../../harness/model/record.ts'
import { cupel, eventually, scratch, start } from '../e2e/command.ts'

const TARGET = 'targets/lab/reference/containers.yaml'
const PROXIED = 'targets/lab/reference/containers-proxied.yaml'
const BLACK_HOLE = 'test/containers/behind-a-black-hole.yaml'
const EVERYTHING = 'test/containers/everything.yaml'
/** One of each kind; all of them: `--scenario '*'`. */
const CHAOS = [
  'partitioned-silently',
  'partitioned-one-way',
  'store-hanging',
  'store-slow',
  'store-failed-over',
  'key-removal',
  'clock-drift',
  'revocation',
  'token-revocation',
]
/** Pulling images is part of it where none is there. */
const LONG_MS = 300_000

beforeAll(() => {
  process.env['CUPEL_REDIS_IMAGE'] ??= 'redis:8'
  process.env['CUPEL_NODE_IMAGE'] ??= 'node:24-slim'
  docker('version')
})

describe('three nodes and a Redis, each in a container', () => {
  test(
    'suffer all that they can, seen and mended, and are accused of nothing',
    { timeout: LONG_MS },
    async () => {
      const record = await ran(['--target', TARGET, '--scenario', EVERYTHING])
      expect(accusations(record)).toEqual([])
      expect(faultsIn(record)).toEqual([
        'link.cut docker network disconnect',
        'node.pause docker pause',
        'node.kill docker kill',
        'store.pause docker pause',
        'store.outage docker network disconnect',
      ])
      expect(left()).toEqual([])
    },
  )

  test('are removed when the run is stopped amid a cut', { timeout: LONG_MS }, async () => {
    const out = await scratch()
    const running = start(['run', '--target', TARGET, '--scenario', EVERYTHING, '--out', out])
    await running.shows('link.cut on node-2>store: confirmed')
    expect(left().length).toBeGreaterThanOrEqual(5)
    running.child.kill('SIGTERM')
    const { code, stderr } = await running.ended
    expect(code, stderr).toBe(2)
    expect(stderr).toContain('link.cut on node-2>store: mended')
    expect(left()).toEqual([])
  })

  test('are removed when the run is killed', { timeout: LONG_MS }, async () => {
    const out = await scratch()
    const running = start(['run', '--target', TARGET, '--scenario', EVERYTHING, '--out', out])
    await running.shows('link.cut on node-2>store: confirmed')
    running.child.kill('SIGKILL')
    await running.ended
    expect(await eventually(() => left().length === 0, 60_000)).toBe(true)
  })

  test('of an image that is not there are told as such', { timeout: LONG_MS }, async () => {
    const folder = await scratch()
    const text = await readFile(TARGET, 'utf8')
    const file = join(folder, 'target.yaml')
    await writeFile(file, text.replace('${CUPEL_REDIS_IMAGE}', 'localhost/cupel/no-such-image:1'))
    const { code, stderr } = await cupel(['run', '--target', file, '--out', folder])
    expect(stderr).toContain('no-such-image')
    expect(code).toBe(254)
    expect(left()).toEqual([])
  })
})

describe('three nodes behind proxies of ours, and a Redis', () => {
  test(
    'go through whatever their links, store, processes and keys suffer, and a report tells of it',
    { timeout: LONG_MS },
    async () => {
      const out = await scratch()
      const chaos = CHAOS.flatMap((scenario) => ['--scenario', scenario])
      const record = await ran(['--target', PROXIED, '--report', 'html', ...chaos], out)
      expect(accusations(record)).toEqual([])
      expect(record.faults.map(({ name, rung }) => `${name} ${rung}`)).toEqual([
        'link.black-hole tcp-proxy',
        'link.one-way tcp-proxy',
        'store.pause docker pause',
        'store.slow tcp-proxy',
        'store.fail-over redis',
        'keys.rotate own-host',
        'clock.drift libfaketime',
        'revoke.client exec',
      ])
      expect(record.faults.filter(({ stages }) => stages.mended === undefined)).toEqual([])
      // What a machine that is busy never saw in force tells nothing.
      const seen = new Set(faultsIn(record).map((each) => each.split(' ')[0]))
      expect(seen.size).toBeGreaterThan(3)
      for (const { name, verdict } of record.scenarios) {
        const fault = record.faults.find(({ scenario }) => scenario === name)
        expect(verdict, name).toMatch(
          fault === undefined || seen.has(fault.name)
            ? /^(?:conforms|inconclusive)$/u
            : /^inconclusive$/u,
        )
      }
      const page = await readFile(join(out, 'latest', 'report.html'), 'utf8')
      expect(CHAOS.filter((name) => !page.includes(name))).toEqual([])
      expect(left()).toEqual([])
    },
  )

  test('are convicted of failing open behind a black hole', { timeout: LONG_MS }, async () => {
    const file = join(
      import.meta.dirname,
      '../../targets/lab/reference',
      `fails-open.${process.pid}.yaml`,
    )
    const text = await readFile(PROXIED, 'utf8')
    await writeFile(file, text.replace('    env:\n', '    env:\n      CUPEL_FLAW: fails-open\n'))
    onTestFinished(() => rm(file))
    const record = await ran(['--target', file, '--scenario', BLACK_HOLE])
    expect(accusations(record)).toContain('replay/fails-open')
  })
})

describe('nodes of this machine over a Redis in containers', () => {
  test('see it fail over to its replica', { timeout: LONG_MS }, async () => {
    const record = await ran(['--target', 'redis-container', '--scenario', 'store-failed-over'])
    expect(accusations(record)).toEqual([])
    expect(faultsIn(record)).toEqual(['store.fail-over redis'])
    expect(left()).toEqual([])
  })
})

async function ran(args: readonly string[], folder?: string): Promise<RunRecord> {
  const out = folder ?? (await scratch())
  const { stderr } = await cupel(['run', '--seed', '7', '--out', out, ...args])
  const text = await readFile(join(out, 'latest', 'record.json'), 'utf8').catch(() => {
    throw new Error(stderr)
  })
  return JSON.parse(text) as RunRecord
}

function accusations({ findings }: RunRecord): readonly string[] {
  return findings.filter(({ obliges }) => obliges).map(({ id }) => id)
}

/** Those that were seen in force and mended, with what it was done with. */
function faultsIn({ faults }: RunRecord): readonly string[] {
  return faults
    .filter(({ stages }) => stages.confirmed !== undefined && stages.mended !== undefined)
    .map(({ name, rung }) => `${name} ${rung}`)
}

/** Containers and networks that testcontainers has made. */
function left(): readonly string[] {
  const ours = ['--quiet', '--filter', 'label=org.testcontainers=true']
  return [docker('ps', '--all', ...ours), docker('network', 'ls', ...ours)]
    .flatMap((text) => text.split('\n'))
    .filter((line) => line !== '')
}

function docker(...args: readonly string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8' })
}
