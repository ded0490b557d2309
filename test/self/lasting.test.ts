/** A target that outlives the run: no run may trip over what an earlier one left in its memory. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { machineClock } from '../../harness/clock.ts'
import type { Target } from '../../harness/model/target.ts'
import { seeded } from '../../harness/random.ts'
import { openWires } from '../../harness/wire/wires.ts'
import { namedTarget } from '../../targets/index.ts'
import { ask } from './ask.ts'

test(
  'the same seed twice against one lasting target accuses it of nothing',
  { timeout: 60_000 },
  async () => {
    const target = await lasting('embedded')
    const options = { target, suites: ['**'], scenarios: ['replay-sequential', 'replay-race'] }
    for (const round of [1, 2]) {
      const { record } = await ask(options)
      expect(
        record.findings.filter(({ obliges }) => obliges),
        `run ${round}`,
      ).toEqual([])
      expect(record.verdict, `run ${round}`).toBe('conforms')
    }
  },
)

/** Opened once; closing a run's session leaves it open until the test is over. */
async function lasting(name: string): Promise<Target> {
  const random = seeded('7')
  const target = await namedTarget(name, random.stream('target'))
  const folder = await mkdtemp(join(tmpdir(), 'cupel-lasting-'))
  const session = await target.open({
    clock: machineClock(),
    random: random.stream('site'),
    wires: openWires(machineClock(), { answerMs: 10_000, answerBytes: 1_048_576 }),
    signal: new AbortController().signal,
    folder,
    note: () => undefined,
    adopt: () => () => undefined,
  })
  onTestFinished(async () => {
    await session.close()
    await rm(folder, { recursive: true, force: true })
  })
  return { ...target, open: () => Promise.resolve({ ...session, close: () => Promise.resolve() }) }
}
