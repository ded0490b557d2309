/**
 * Runs the whole chaos set on a faultless target again and again, each time with another seed, and ends with 1 as soon as
 * it is accused of anything: `npm run chaos -- --target redis --runs 50`. What was inconclusive is counted, and why.
 *
 * With `--same` every run has the same seed, and what conforms in one and violates in another ends it with 1 as well; then
 * the target may be a flawed one, which is accused as often as it likes: `npm run chaos -- --same --runs 20`.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { run } from '../api/index.ts'
import { openChaosTally } from './chaos-tally.ts'

const { values } = parseArgs({
  options: {
    target: { type: 'string', default: 'embedded' },
    runs: { type: 'string', default: '50' },
    scenario: { type: 'string', multiple: true, default: ['*'] },
    suite: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string', default: '1' },
    same: { type: 'boolean', default: false },
  },
})

const tally = openChaosTally()
let broken = 0
for (let index = 0; index < Number(values.runs); index++) {
  const seed = values.same ? values.seed : `${values.seed}-${index}`
  const out = await mkdtemp(join(tmpdir(), 'cupel-chaos-'))
  const { record, unmended } = await run({
    target: values.target,
    suites: values.suite,
    scenarios: values.scenario,
    profiles: [],
    strict: false,
    seed,
    out,
    signal: new AbortController().signal,
    maxPerSecond: null,
    reports: [],
    watch: () => undefined,
    note: () => undefined,
  })
  await rm(out, { recursive: true, force: true })
  tally.see(seed, record)
  broken += unmended.length
  for (const { id, because, obliges } of record.findings)
    if (obliges && !values.same) console.log(`seed ${seed}: ${id}: ${because}`)
  for (const what of unmended) console.log(`seed ${seed}: NOT MENDED: ${what}`)
  console.log(`${index + 1} of ${values.runs}: ${record.verdict}`)
  if ((tally.accused > 0 && !values.same) || unmended.length > 0) break
}
for (const line of tally.lines()) console.log(line)
const contradictory = tally.contradictory()
for (const name of contradictory) console.log(`BOTH conforms and violates: ${name}`)
const failed = values.same ? contradictory.length > 0 : tally.accused > 0
process.exitCode = failed || broken > 0 ? 1 : 0
