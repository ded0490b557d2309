/**
 * The harness's own false accept and false reject rate: every flaw must be convicted by the findings it names, and
 * neither the faultless references nor any flaw may be accused of anything else.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { FINDINGS } from '../../harness/findings.ts'
import type { RunRecord } from '../../harness/model/record.ts'
import type { Flaw } from '../../targets/flawed/flaw.ts'
import { FLAWS } from '../../targets/index.ts'
import { ask } from './ask.ts'

const REFERENCES = [
  'embedded',
  'reference:reserve-and-release',
  'reference:burns-on-refusal',
  'reference:strict',
  'reference:fapi2',
  'simulated:reference',
  'simulated:reserve-and-release',
  'simulated:burns-on-refusal',
  'simulated:strict',
  'simulated:fapi2',
  'resource',
  'jose',
]
const RUN_MS = 120_000

/**
 * The embedded reference and the simulated one are asked everything. The others and the flaws are spared the situations
 * that take longest and show no flaw there is, unless CUPEL_MATRIX=full (`npm run matrix`).
 */
const QUICK = ['property-assertions', 'replay-*', 'eviction', 'jti-poisoning']
const FULL = process.env['CUPEL_MATRIX'] === 'full'

const WHOLE = ['embedded', 'simulated:reference']

/** What a flaw shows only while something is broken. */
const BROKEN = new Map([
  ['replay/accepted-during-fault', 'partitioned-cache'],
  ['replay/refused-once-presented', 'partitioned-cache'],
])

/** Live ones where somebody is convicted; simulated ones, which have the same code and cost no time, all that there are. */
const FLAWED = FLAWS.flatMap((flaw) => [
  { name: `flawed:${flaw.name}`, flaw, quick: flaw.caughtBy.length > 0 },
  ...(flaw.onlyLive === undefined ? [{ name: `simulated:${flaw.name}`, flaw, quick: true }] : []),
])

/** Of each finding, whether it obliges and how often it was made, by target. */
const observed = new Map<string, ReadonlyMap<string, { obliges: boolean; times: number }>>()

afterAll(async () => {
  await mkdir('out', { recursive: true })
  const rows = [...observed].map(([name, found]) => [name, Object.fromEntries(found)])
  await writeFile('out/detection-matrix.json', JSON.stringify(Object.fromEntries(rows), null, 2))
})

describe('the detection matrix', () => {
  for (const name of REFERENCES) {
    test(`${name} conforms and is accused of nothing`, { timeout: RUN_MS }, async () => {
      const record = await askOf(name, WHOLE.includes(name) ? [] : QUICK)
      expect(accusations(record), describeFindings(record)).toEqual([])
      expect(record.verdict, undecided(record)).toBe('conforms')
      expect(record.exitCode).toBe(0)
    })
  }

  for (const { name, flaw, quick } of FLAWED) {
    if (!quick && !FULL) continue
    test(
      `${name} is convicted by what it names, and of nothing else`,
      { timeout: RUN_MS },
      async () => {
        const record = await askOf(name, [...QUICK, ...brokenFor(flaw)])
        const { caughtBy, may, notedAs = [] } = flaw
        const asserted = accusations(record).filter((id) => !may.includes(id))
        expect(asserted, describeFindings(record)).toEqual(caughtBy.toSorted())
        expect(record.findings.map(({ id }) => id)).toEqual(expect.arrayContaining([...notedAs]))
        expect(record.exitCode, undecided(record)).toBe(caughtBy.length > 0 ? 1 : 0)
      },
    )
  }

  test('reads as it is committed', async () => {
    await expect(matrix()).toMatchFileSnapshot('detection-matrix.md')
  })
})

function brokenFor({ caughtBy, notedAs = [] }: Flaw): readonly string[] {
  return [...caughtBy, ...notedAs]
    .map((id) => BROKEN.get(id))
    .filter((scenario) => scenario !== undefined)
}

/** @param quick The scenarios that a quick run asks; all when there are none. */
async function askOf(target: string, quick: readonly string[]): Promise<RunRecord> {
  const whole = FULL || quick.length === 0
  const { record } = await ask(whole ? { target } : { target, suites: ['**'], scenarios: quick })
  observed.set(
    target,
    new Map(record.findings.map(({ id, obliges, times }) => [id, { obliges, times }])),
  )
  return record
}

function accusations(record: RunRecord): readonly string[] {
  return record.findings
    .filter(({ obliges }) => obliges)
    .map(({ id }) => id)
    .toSorted()
}

/** Cells that are asserted: `must`, `noted`, or nothing. What a flaw merely may show is left out: the page is stable. */
function matrix(): string {
  const columns = [...FINDINGS.keys()].filter((id) =>
    FLAWS.some(({ caughtBy, notedAs = [] }) => [...caughtBy, ...notedAs].includes(id)),
  )
  const cells = (name: string, isAsserted: (id: string) => boolean): string =>
    columns
      .map((id) => {
        const seen = observed.get(name)?.get(id)
        if (seen === undefined || !isAsserted(id)) return ''
        return seen.obliges ? 'must' : 'noted'
      })
      .join(' | ')
  return [
    '# Detection matrix',
    '',
    'What every run must find, by target. An empty cell must stay empty; what is noted obliges nobody.',
    '',
    `| target | ${columns.join(' | ')} |`,
    `|---|${columns.map(() => '---').join('|')}|`,
    ...REFERENCES.map((name) => `| ${name} | ${cells(name, () => true)} |`),
    ...FLAWED.filter(({ quick }) => quick).map(({ name, flaw: { caughtBy, notedAs = [] } }) => {
      const asserted = [...caughtBy, ...notedAs]
      return `| ${name} | ${cells(name, (id) => asserted.includes(id))} |`
    }),
    '',
  ].join('\n')
}

function describeFindings(record: RunRecord): string {
  return record.findings.map(({ id, because }) => `${id}: ${because}`).join('\n')
}

function undecided(record: RunRecord): string {
  const parts = [...record.checks, ...record.scenarios].filter(
    ({ verdict }) => verdict === 'inconclusive',
  )
  return parts.map((part) => `${'id' in part ? part.id : part.name}: ${part.because}`).join('\n')
}
