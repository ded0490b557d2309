import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'
import { idle } from '../../../../harness/clock.ts'
import { faketimeClock } from '../../../../targets/levers/faketime.ts'

/** A file, the clock whose time passes only in sleep, and what the node under libfaketime says when it is asked. */
async function faked() {
  const file = join(await mkdtemp(join(tmpdir(), 'cupel-faketime-')), 'node-1')
  let nowUs = 1_000_000
  const lines: string[] = []
  const read = (): number => Number(readFileSync(file, 'utf8').split('\n')[0])
  const clock = {
    nowUs: () => nowUs,
    async sleepUntil(us: number) {
      // Whoever is put off gets no further until others had their turn, as with a real one.
      await idle()
      nowUs = Math.max(nowUs, us)
      lines.push(readFileSync(file, 'utf8'))
    },
  }
  const clockOf = async () => {
    const atUs = Math.round(read() * 1e6)
    return { source: 'date-header', lowUs: atUs - 500_000, highUs: atUs + 500_000 }
  }
  return {
    file,
    lines,
    read,
    pass: async (us: number): Promise<void> => {
      for (const untilUs = clock.nowUs() + us; clock.nowUs() < untilUs;) await idle()
    },
    control: faketimeClock({ 'node-1': file }, { clockOf }, clock),
  }
}

describe('a clock under libfaketime', () => {
  test('goes away from the time at the rate that is asked, and stays where it has come to', async () => {
    const { control, pass, read } = await faked()
    await control.setDrift('node-1', 500_000)
    await pass(4_000_000)
    await control.setDrift('node-1', 0)
    const reached = read()
    expect(reached).toBeGreaterThanOrEqual(1.9)
    expect(reached).toBeLessThan(2.2)
    await idle()
    expect(read()).toBe(reached)
  })

  test('drifts on from where it was set, and back when it is set anew', async () => {
    const { control, pass, read } = await faked()
    await control.setOffset('node-1', 90e6)
    await control.setDrift('node-1', -1_000_000)
    await pass(1_000_000)
    await control.setDrift('node-1', 0)
    expect(read()).toBeLessThan(89.1)
    expect(read()).toBeGreaterThan(88.7)
    await control.setOffset('node-1', 0)
    expect(read()).toBe(0)
  })

  test('never finds its file empty, nor the end of what stood there before', async () => {
    const { control, pass, lines } = await faked()
    await control.setDrift('node-1', 10_000_000)
    await pass(20_000_000)
    await control.setOffset('node-1', -3e6)
    expect(lines.length).toBeGreaterThan(500)
    expect(lines.filter((line) => !/^[+-]\d{10}\.\d{6}\n$/u.test(line))).toEqual([])
  })

  test('takes over a file in which something stands already', async () => {
    const { control, file, read } = await faked()
    writeFileSync(file, '+1\n# a note of whoever wrote it, longer than what is to come\n')
    await control.setOffset('node-1', 2e6)
    expect(read()).toBe(2)
  })

  test('of a node that has no file cannot be moved at all', async () => {
    const { control } = await faked()
    await expect(control.setDrift('node-2', 5)).rejects.toThrow('no libfaketime runs in node-2')
    await expect(control.setOffset('node-2', 5)).rejects.toThrow('no libfaketime runs in node-2')
  })
})
