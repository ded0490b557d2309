/** What goes wrong on the driver's own side: nothing is miscounted, and what is broken is mended all the same. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { openSpool } from '../../../harness/history/spool.ts'
import type { Fault } from '../../../harness/model/fault.ts'
import type { HistoryEvent } from '../../../harness/model/history.ts'
import type { Judge } from '../../../harness/model/verdict.ts'
import { machineClock } from '../../../harness/clock.ts'
import { run } from '../../../harness/run.ts'
import { httpServer } from '../wire/servers.ts'
import { step, world } from './world.ts'

const FULL = '/dev/full'

test('when no more files can be opened, each step is told: answered, or unsent with the reason', async () => {
  const clock = machineClock()
  await using server = await httpServer((request, response) => {
    request.resume().on('end', () => {
      void clock.sleepUntil(clock.nowUs() + 400_000).then(() => response.end('{}'))
    })
  })
  const fixture = join(import.meta.dirname, 'no-files-fixture.ts')
  const limited = ['-c', 'ulimit -n 90 && exec "$0" "$@"', process.execPath]
  const { stdout } = await promisify(execFile)('bash', [...limited, fixture, server.origin.port])
  const seen: readonly string[] = JSON.parse(stdout)
  expect(seen).toHaveLength(120)
  expect([...new Set(seen)].toSorted()).toEqual(['200', 'unsent EMFILE'])
})

describe.skipIf(!existsSync(FULL))('when the disk is full', () => {
  test('nothing more is sent, the fault in force is mended, and the error names the history', async () => {
    const log: string[] = []
    const fault: Fault = {
      name: 'link.cut',
      title: '',
      needs: [],
      forgets: 'nothing',
      async inflict() {
        log.push('inflict')
        return {
          rung: 'paper',
          confirm: async () => 'cut',
          mend: async () => void log.push('mend'),
          confirmMended: async () => 'mended',
        }
      },
    }
    const { driver, asked } = world({ faults: [fault] })
    const spool = openSpool(FULL, 'w')
    const steps = Array.from({ length: 20_000 }, (_, at) => step(`s${at}`, at * 100_000))
    const judge: Judge = {
      see() {},
      watched: () => null,
      soFar: () => null,
      conclude: () => Promise.reject() as never,
    }
    const running = run({
      experiments: [
        {
          name: 'partition',
          question: '',
          start: () => ({
            ask: steps,
            faults: [{ fault: 'link.cut', on: 'a>b', startSeconds: 1, endSeconds: 1_900 }],
            state: null,
          }),
          next: () => ({ conclude: null }),
        },
      ],
      judges: [judge],
      drive: (round) => driver.drive(round),
      async write(events: readonly HistoryEvent[]) {
        for (const event of events) spool.put(JSON.stringify(event))
        if (events.some(({ kind }) => kind === 'fault')) await spool.flush()
        spool.check()
      },
      digest: () => '',
      signal: new AbortController().signal,
    })
    await expect(running).rejects.toMatchObject({
      code: 'ERR_HISTORY_UNWRITABLE',
      message: expect.stringContaining('ENOSPC'),
    })
    expect(log).toEqual(['inflict', 'mend'])
    // Time is simulated, the disk is real: what the disk says comes some simulated minutes late.
    expect(asked.length).toBeLessThan(20_000)
  })
})
