import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../../api/index.ts'
import { machineClock } from '../../harness/clock.ts'
import { seeded } from '../../harness/random.ts'
import { embedded } from '../../targets/embedded.ts'
import { median, type Figure, type Say } from '../figure.ts'

const TIMES = 3

interface Conformance {
  readonly seconds: number
  /** Cases that were asked: those without which a check says nothing are not among them. */
  readonly cases: number
}

/** Every check, without properties and situations, of the embedded target on one node, from start to end. */
export const checks: readonly Figure[] = [
  {
    name: 'every check of one embedded node, median of 3',
    unit: 's',
    goal: { atMost: 5 },
    measure: async (say) => median((await all(say)).map(({ seconds }) => seconds)),
  },
  {
    name: 'cases of checks a second, median of 3',
    unit: '1/s',
    goal: null,
    measure: async (say) => median((await all(say)).map(({ cases, seconds }) => cases / seconds)),
  },
]

let measured: Promise<readonly Conformance[]> | null = null

function all(say: Say): Promise<readonly Conformance[]> {
  measured ??= (async () => {
    const runs: Conformance[] = []
    for (let time = 0; time < TIMES; time++) runs.push(await once(say))
    return runs
  })()
  return measured
}

async function once(say: Say): Promise<Conformance> {
  const out = await mkdtemp(join(tmpdir(), 'cupel-bench-'))
  const clock = machineClock()
  const startUs = clock.nowUs()
  const { record } = await run({
    target: embedded(seeded('7').stream('target'), { nodes: 1 }),
    suites: ['**'],
    scenarios: [],
    profiles: [],
    strict: false,
    seed: '7',
    out,
    signal: new AbortController().signal,
    maxPerSecond: null,
    reports: [],
    watch: () => undefined,
    note: () => undefined,
  })
  const seconds = (clock.nowUs() - startUs) / 1e6
  await rm(out, { recursive: true })
  const cases = record.checks.filter(({ verdict }) => verdict !== 'unsupported').length
  say(`${cases} cases, ${record.generator.sent} requests, ${record.verdict}`)
  return { seconds, cases }
}
