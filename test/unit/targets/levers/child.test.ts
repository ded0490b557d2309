import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { startChild } from '../../../../targets/levers/child.ts'
import { SKEWED_CLOCK } from '../../../../targets/levers/process-clock.ts'
import { testSite } from '../system.ts'

const PROGRAM = new URL('./a-child.ts', import.meta.url)
const OPTIONS = { name: 'a child', module: PROGRAM, preloads: [] }

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('startChild', () => {
  test('answers what its program answers, and is booked until it has ended', async () => {
    const site = testSite()
    const child = await startChild(site, OPTIONS)
    expect(site.booked.get(child.pid)).toBe('a child')
    expect(await child.ask('program', { say: 'this' })).toEqual({ say: 'this' })
    await child.stop()
    expect(site.booked.size).toBe(0)
    expect(isAlive(child.pid)).toBe(false)
  })

  test('tells a program’s refusal from its end', async () => {
    const child = await startChild(testSite(), OPTIONS)
    await expect(child.ask('program', 'throw')).rejects.toMatchObject({
      code: 'ERR_TARGET_START',
      message: 'a child refused: as you wish',
    })
    await expect(child.ask('program', 'exit')).rejects.toThrow('a child has ended')
    await expect(child.ask('program', null)).rejects.toThrow('a child has ended')
    await child.stop()
  })

  test('shows the end of stderr of a program that does not start', async () => {
    const starting = startChild(testSite(), {
      ...OPTIONS,
      module: new URL('./not-there.ts', PROGRAM),
    })
    await expect(starting).rejects.toMatchObject({
      code: 'ERR_TARGET_START',
      hint: expect.stringContaining('not-there.ts'),
    })
  })

  test('leaves no child that could not be booked', async () => {
    const pids: number[] = []
    const adopt = (pid: number): never => {
      pids.push(pid)
      throw new RangeError('the list is full')
    }
    await expect(startChild({ adopt }, OPTIONS)).rejects.toThrow('the list is full')
    expect(pids).toHaveLength(1)
    expect(pids.some(isAlive)).toBe(false)
  })

  test('ends a child that does not mind SIGTERM', async () => {
    const child = await startChild(testSite(), OPTIONS)
    await child.ask('program', 'ignore SIGTERM')
    await child.stop()
    expect(isAlive(child.pid)).toBe(false)
  })

  test('waits for the program, not for a preload that listens before it', async () => {
    const child = await startChild(testSite(), { ...OPTIONS, preloads: [SKEWED_CLOCK] })
    expect(await child.ask('program', 1)).toBe(1)
    await child.stop()
  })

  test('leaves no child behind when the parent is killed', async () => {
    const parent = spawn(process.execPath, [new URL('./a-parent.ts', import.meta.url).pathname], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(line.toString())
    expect(isAlive(pid)).toBe(true)
    parent.kill('SIGKILL')
    await once(parent, 'exit')
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
  })
})
