/** A scenario in a file outside the repository: it needs nothing installed beside it, for it imports types only. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunRecord } from '../../harness/model/record.ts'
import { cupel, scratch } from './command.ts'

const SCENARIO = `
import type { Scenario } from 'cupel/model'

export default {
  name: 'three-in-a-row',
  question: 'Is an assertion refused the second and the third time?',
  means: { conforms: 'It was.', violates: 'It was not.' },
  needs: [],
  nodes: 1,
  streams: [
    {
      name: 'thrice',
      attack: 'replay',
      usage: 'authorization-grant',
      by: 'honest',
      arrivals: { kind: 'in-turn', count: 5 },
      copies: 3,
      release: 'in-turn',
      gapSeconds: 0,
      nodes: 'rotate',
      lifetimeSeconds: 60,
    },
  ],
  faults: [],
  guards: [{ name: 'pairs', counts: 'pairs', stream: 'thrice', needed: 5 }],
  gates: [],
  maxUndecided: 0,
} satisfies Scenario
`

test(
  'a scenario file elsewhere runs, in TypeScript and with type imports only',
  { timeout: 60_000 },
  async () => {
    const folder = await scratch()
    const file = join(folder, 'mine.ts')
    await writeFile(file, SCENARIO)
    const out = join(folder, 'out')
    const { code, stderr } = await cupel(['run', '--scenario', file, '--out', out])
    expect(code, stderr).toBe(0)
    const record = JSON.parse(
      await readFile(join(out, 'latest', 'record.json'), 'utf8'),
    ) as RunRecord
    expect(record.scenarios.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['three-in-a-row', 'conforms'],
    ])
  },
)
