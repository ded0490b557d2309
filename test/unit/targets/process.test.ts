import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { CupelError } from '../../../harness/errors.ts'
import type { ProcessFile } from '../../../harness/model/target-file.ts'
import { freePorts } from '../../../targets/ports.ts'
import { startPrograms, type Program } from '../../../targets/process.ts'
import { clock, testSite } from './system.ts'

const FOLDER = import.meta.dirname
const READY = { http: '/' } as const

async function program(how: readonly string[], file: Partial<ProcessFile> = {}): Promise<Program> {
  const port = (await freePorts(['it'])).get('it') ?? 0
  const command = ['node', 'server-fixture.mjs', String(port), ...how]
  return { name: 'server', port, folder: FOLDER, file: { command, ready: READY, ...file } }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Waits for processes to be gone, for as long as a slow machine may need. */
async function gone(pids: readonly number[]): Promise<boolean> {
  for (let tries = 0; tries < 200 && pids.some(isAlive); tries++)
    await clock.sleepUntil(clock.nowUs() + 50_000)
  return !pids.some(isAlive)
}

function pidsIn(file: string): readonly number[] {
  const pids: number[] = JSON.parse(readFileSync(file, 'utf8'))
  return pids
}

async function errorOf(started: Promise<unknown>): Promise<CupelError> {
  const error: unknown = await started.catch((thrown: unknown) => thrown)
  if (error instanceof CupelError) return error
  throw new TypeError('expected a CupelError', { cause: error })
}

describe('a program', () => {
  test('is ready when started, and gone with its children when stopped', async () => {
    const site = testSite()
    const file = join(mkdtempSync(join(tmpdir(), 'cupel-')), 'pids')
    const server = await program(['child', file])
    const running = await startPrograms(site, [server])
    const wire = await site.wires.http(new URL(`http://127.0.0.1:${server.port}`), null)
    await wire.close()
    const pids = pidsIn(file)
    expect(pids.map(isAlive)).toEqual([true, true])
    expect([...site.booked.values()]).toEqual(['server (guard)', 'server'])
    await running.stop()
    expect(await gone(pids)).toBe(true)
    expect(site.booked.size).toBe(0)
  })

  test('that ignores SIGTERM is killed', async () => {
    const site = testSite()
    const running = await startPrograms(site, [await program(['stubborn'])])
    const pids = [...site.booked.keys()]
    await running.stop()
    expect(await gone(pids)).toBe(true)
  })

  test('gets the environment of its file', async () => {
    const site = testSite()
    const server = await program([], { env: { FIXTURE: 'from the file' } })
    const running = await startPrograms(site, [server])
    const wire = await site.wires.http(new URL(`http://127.0.0.1:${server.port}`), null)
    const message = {
      method: 'GET',
      path: '/',
      headers: {},
      body: new Uint8Array(),
      heldBytes: 0,
    } as const
    const { raw } = await wire.send(message, site.signal)
    await wire.close()
    await running.stop()
    expect('headers' in raw && raw.headers['x-env']).toBe('from the file')
  })

  test('may be ready when it takes connections', async () => {
    const running = await startPrograms(testSite(), [await program([], { ready: { tcp: true } })])
    await running.stop()
  })
})

describe('a program that does not start leaves nothing running and says why:', () => {
  test('it is not installed', async () => {
    const site = testSite()
    const first = await program([])
    const missing = {
      ...(await program([])),
      name: 'store',
      file: { command: ['no-such-store'], install: 'apt install it' },
    }
    const error = await errorOf(startPrograms(site, [first, missing]))
    expect(error).toMatchObject({
      code: 'ERR_TARGET_START',
      message: 'store: there is no program "no-such-store" here',
      hint: 'apt install it',
    })
    expect(site.booked.size).toBe(0)
  })

  test('it ends', async () => {
    const site = testSite()
    const error = await errorOf(startPrograms(site, [await program(['fails'])]))
    expect(error.message).toBe('server ended before it was ready (exit code 3)')
    expect(error.hint).toContain('cannot open the database')
    expect(site.booked.size).toBe(0)
  })

  test('it is never ready', async () => {
    const site = testSite()
    const error = await errorOf(
      startPrograms(site, [await program(['deaf'], { readySeconds: 0.5 })]),
    )
    expect(error.message).toBe('server was not ready within 0.5 s')
    expect(site.booked.size).toBe(0)
  })
})

test('kill -9 of the harness leaves neither the program nor its children', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'cupel-')), 'pids')
  const port = (await freePorts(['it'])).get('it') ?? 0
  const parent = spawn(process.execPath, [join(FOLDER, 'parent-fixture.ts'), String(port), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(parent.stdout, 'data')
  const pids = pidsIn(file)
  expect(pids.map(isAlive)).toEqual([true, true])
  parent.kill('SIGKILL')
  expect(await gone(pids)).toBe(true)
})
