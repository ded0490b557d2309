/** How fast and in how much memory a history is judged from its file, in a process that does nothing else. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { openHistory } from '../../harness/history/writer.ts'
import type { Figure, Say } from '../figure.ts'
import { history } from '../judge-history.ts'
import type { Told } from '../reader.ts'

const SHAPE = { replayed: 0.3, spread: 2_000, perSecond: 20_000, lifetimeSeconds: 300 }
const A_THOUSAND = 1_000

export const reading: readonly Figure[] = [
  {
    name: 'lines of a history parsed per second',
    unit: 'per s',
    goal: null,
    measure: async (say) => (await told(1_000_000, 'read', say)).perSecond,
  },
  {
    name: 'peak memory, 10 million observations judged from disk',
    unit: 'MiB',
    goal: { atMost: 512 },
    measure: async (say) => (await told(10_000_000, 'judge', say)).peakMiB,
  },
]

async function told(observations: number, what: 'read' | 'judge', say: Say): Promise<Told> {
  const folder = await mkdtemp(join(tmpdir(), 'cupel-bench-'))
  try {
    const file = join(folder, 'history.ndjson.gz')
    await write(file, observations)
    say(`a history of ${observations} observations takes ${await mebibytes(file)} MiB`)
    const { stdout } = await promisify(execFile)(process.execPath, ['bench/reader.ts', what, file])
    const said: Told = JSON.parse(stdout)
    say(`${what}: ${said.observed} observations in ${said.seconds} s, ${said.peakMiB} MiB`)
    return said
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function write(file: string, observations: number): Promise<void> {
  const writer = openHistory(file)
  let some = []
  for (const event of history({ ...SHAPE, observations })) {
    if (event.kind === 'footer') continue
    some.push(event)
    if (some.length < A_THOUSAND) continue
    await writer.write(some)
    some = []
  }
  await writer.write(some)
  await writer.close()
}

async function mebibytes(file: string): Promise<number> {
  return Math.round((await stat(file)).size / 2 ** 20)
}
