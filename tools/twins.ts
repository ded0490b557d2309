/**
 * Holds live and simulated systems against each other: the reference and every clustered flaw in every scenario that ships,
 * `npm run twins`, or some of it: `npm run twins -- --over redis --flaw fails-open --scenario 'partition*'`. Takes about
 * ten seconds for each. Ends with 1 where the two were found to do different things.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, matchesGlob } from 'node:path'
import { parseArgs } from 'node:util'
import { run } from '../api/index.ts'
import { shippedScenarios } from '../api/select.ts'
import { machineClock } from '../harness/clock.ts'
import { CupelError } from '../harness/errors.ts'
import type { RunRecord } from '../harness/model/record.ts'
import { CLUSTERED, likeness, twinsOf, type Likeness } from './twin-pairs.ts'

const { values } = parseArgs({
  options: {
    over: { type: 'string', default: 'embedded' },
    flaw: { type: 'string', multiple: true, default: ['*'] },
    scenario: { type: 'string', multiple: true, default: ['*'] },
    seed: { type: 'string', default: '7' },
  },
})

const over = values.over === 'redis' ? 'redis' : 'embedded'
const wanted = (name: string, globs: readonly string[]): boolean =>
  globs.some((glob) => matchesGlob(name, glob))
// A climb asks as much as it can, which has no twin.
const scenarios = (await shippedScenarios()).filter(
  ({ name, climb }) => climb === undefined && wanted(name, values.scenario),
)
const flaws = CLUSTERED.filter((flaw) => wanted(flaw ?? 'reference', values.flaw))

const begunUs = machineClock().nowUs()
const counts = { alike: 0, unlike: 0, unknown: 0 }
for (const flaw of flaws) {
  for (const { name } of scenarios) {
    const held = await heldAgainst(flaw, name).catch(unknown)
    counts[held.kind] += 1
    console.log(`${held.kind.padEnd(8)} ${flaw ?? 'reference'} ${name}: ${told(held)}`)
  }
}
const tookMinutes = (machineClock().nowUs() - begunUs) / 60e6
console.log(`${tookMinutes.toFixed(1)} min`)
console.log(`${counts.alike} alike, ${counts.unlike} unlike, ${counts.unknown} not known`)
process.exitCode = counts.unlike > 0 ? 1 : 0

/** One run that could not be made, as on a machine that is too busy to start anything, tells nothing of the others. */
function unknown(error: unknown): Likeness {
  if (!(error instanceof CupelError)) throw error
  return { kind: 'unknown', because: error.message }
}

async function heldAgainst(flaw: string | null, name: string): Promise<Likeness> {
  const { live, simulated } = twinsOf(flaw, over)
  const twin = await recordOf(simulated, name)
  // What no simulation can be asked needs no live half.
  const able = twin.scenarios.every(({ verdict }) => verdict !== 'unsupported')
  return likeness(flaw, able ? await recordOf(live, name) : twin, twin)
}

function told(held: Likeness): string {
  if (held.kind === 'unknown') return held.because
  if (held.kind === 'alike') return held.findings.join(', ') || 'nothing'
  return `live ${held.live.join(', ') || 'nothing'}; simulated ${held.simulated.join(', ') || 'nothing'}`
}

async function recordOf(target: string, scenario: string): Promise<RunRecord> {
  const out = await mkdtemp(join(tmpdir(), 'cupel-twins-'))
  try {
    const { record } = await run({
      target,
      suites: [],
      scenarios: [scenario],
      profiles: [],
      strict: false,
      seed: values.seed,
      out,
      signal: new AbortController().signal,
      maxPerSecond: null,
      reports: [],
      watch: () => undefined,
      note: () => undefined,
    })
    return record
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}
