/** A fault that is a script of the user's, from inflicting to mending: one that mends, one that fails and one that hangs. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunRecord } from '../../harness/model/record.ts'
import { alive, cupel, eventually, scratch, start, type Ended, type Running } from './command.ts'

const LONG_MS = 180_000
const FIXTURES = 'test/e2e/fixtures'

interface Told extends Ended {
  readonly record: RunRecord
  /** Of the server. */
  readonly pid: number
}

async function mendedBy(mend: string): Promise<Told> {
  const out = await scratch()
  const pidFile = join(out, 'pid')
  const ended = await begun(mend, out).ended
  const text = await readFile(join(out, 'runs', 'latest', 'record.json'), 'utf8').catch(() => {
    throw new Error(ended.stderr)
  })
  const record: RunRecord = JSON.parse(text)
  return { ...ended, record, pid: Number(await readFile(pidFile, 'utf8')) }
}

/** What it is told by the environment stands there until the next one is begun. */
function begun(mend: string, out: string): Running {
  process.env['CUPEL_TEST_MEND'] = mend
  process.env['CUPEL_TEST_PID'] = join(out, 'pid')
  return start([
    'run',
    '--target',
    join(FIXTURES, 'own-commands.yaml'),
    '--scenario',
    join(FIXTURES, 'stopped-for-a-while.yaml'),
    '--seed',
    '7',
    '--out',
    join(out, 'runs'),
  ])
}

function isMended({ record, code, stderr }: Told): void {
  expect(record.faults).toMatchObject([
    {
      on: 'the-server',
      rung: 'exec',
      stages: { confirmed: expect.anything(), mended: expect.anything() },
    },
  ])
  expect([record.verdict, code], stderr).toEqual(['conforms', 0])
  expect(stderr).not.toContain('NOT MENDED')
}

async function isLeft({ record, code, stderr, pid }: Told, why: string): Promise<void> {
  expect(record.faults).toMatchObject([{ rung: 'exec', stages: { confirmed: expect.anything() } }])
  expect(record.faults[0]?.stages).not.toHaveProperty('mended')
  const lastLine = stderr.trim().split('\n').at(-1)
  expect(lastLine).toMatch(/^NOT MENDED: node\.pause on the-server: /)
  expect(lastLine).toContain(why)
  expect(code).toBe(255)
  // Stopped as it is, it goes with the run that started it.
  expect(await eventually(() => !alive(pid), 10_000)).toBe(true)
}

test(
  'what mends is seen to; what fails or hangs is tried again, said last and loudest, and ends with 255',
  { timeout: LONG_MS },
  async () => {
    // Beside each other, since most of it is waiting.
    const [mended, failed, hung] = await Promise.all(['go-on', 'fail', 'hang'].map(mendedBy))
    if (mended === undefined || failed === undefined || hung === undefined)
      throw new RangeError('not all of them ran')
    isMended(mended)
    await isLeft(failed, 'ended with 7: nobody may do that here')
    await isLeft(hung, 'did not end within 3 s')
  },
)

test(
  'what a killed run has left broken is said by whoever judges what it wrote',
  { timeout: LONG_MS },
  async () => {
    const out = await scratch()
    const running = begun('go-on', out)
    await running.shows('node.pause on the-server: confirmed')
    running.child.kill('SIGKILL')
    await running.ended
    const [folder = ''] = await readdir(join(out, 'runs'))
    const { code, stderr } = await cupel(['judge', join(out, 'runs', folder)])
    expect(stderr.trim().split('\n').at(-1)).toBe(
      'NOT MENDED: node.pause on the-server: its run ended before it was mended (exec)',
    )
    expect(code).toBe(255)
  },
)
