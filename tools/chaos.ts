/**
 * Runs the whole chaos set on a faultless target again and again, each time with another seed, and ends with 1 as soon as
 * it is accused of anything: `npm run chaos -- --target redis --runs 50`. What was inconclusive is counted, and why.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { run } from '../api/index.ts'

const { values } = parseArgs({
  options: {
    target: { type: 'string', default: 'embedded' },
    runs: { type: 'string', default: '50' },
    scenario: { type: 'string', multiple: true, default: ['*'] },
    seed: { type: 'string', default: '1' },
  },
})

/** They ask as much as they can, or draw cases that break nothing. */
const OTHERS = /^(capacity|property-.*)$/

const reasons = new Map<string, number>()
let accused = 0
let judged = 0
for (let index = 0; index < Number(values.runs); index++) {
  const seed = `${values.seed}-${index}`
  const out = await mkdtemp(join(tmpdir(), 'cupel-chaos-'))
  const { record, unmended } = await run({
    target: values.target,
    suites: [],
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
  for (const { name, verdict, because } of record.scenarios) {
    if (OTHERS.test(name)) continue
    judged += 1
    if (verdict !== 'inconclusive') continue
    const reason = `${name}: ${because.replaceAll(/\d+/g, 'n')}`
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  const accusations = record.findings.filter(({ obliges }) => obliges)
  accused += accusations.length
  for (const { id, because } of accusations) console.log(`seed ${seed}: ${id}: ${because}`)
  for (const what of unmended) console.log(`seed ${seed}: NOT MENDED: ${what}`)
  console.log(`${index + 1} of ${values.runs}: ${record.verdict}`)
  if (accused > 0 || unmended.length > 0) break
}
const unsure = [...reasons.values()].reduce((sum, times) => sum + times, 0)
console.log(`${judged} scenarios judged, ${unsure} of them inconclusive, ${accused} accusations`)
for (const [reason, times] of [...reasons].toSorted(([, one], [, other]) => other - one))
  console.log(`${times} times ${reason}`)
process.exitCode = accused > 0 ? 1 : 0
