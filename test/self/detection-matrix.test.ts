/**
 * The harness's own false accept and false reject rate: every flaw must be convicted by the findings it names, and
 * neither the faultless references nor any flaw may be accused of anything else.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { FINDINGS } from '../../harness/findings.ts'
import type { RunRecord } from '../../harness/model/record.ts'
import { FLAWS } from '../../targets/index.ts'
import { ask } from './ask.ts'

const REFERENCES = [
  'embedded',
  'reference:reserve-and-release',
  'reference:burns-on-refusal',
  'reference:strict',
  'reference:fapi2',
  'simulated:reference',
  'resource',
  'jose',
]
const RUN_MS = 120_000

/**
 * The embedded reference is asked everything. The others and the flaws are spared the situations that take longest and
 * show no flaw there is, unless CUPEL_MATRIX=full (`npm run matrix`).
 */
const QUICK = ['property-assertions', 'replay-*', 'eviction', 'jti-poisoning']
const FULL = process.env['CUPEL_MATRIX'] === 'full'

/** What a flaw shows only while something is broken. */
const BROKEN = new Map([['replay/accepted-during-fault', 'partitioned-cache']])

const observed = new Map<string, ReadonlyMap<string, number>>()

afterAll(async () => {
  await mkdir('out', { recursive: true })
  const rows = [...observed].map(([name, found]) => [name, Object.fromEntries(found)])
  await writeFile('out/detection-matrix.json', JSON.stringify(Object.fromEntries(rows), null, 2))
})

describe('the detection matrix', () => {
  for (const name of REFERENCES) {
    test(`${name} conforms and is accused of nothing`, { timeout: RUN_MS }, async () => {
      const record = await askOf(name, name === 'embedded' ? [] : QUICK)
      expect(accusations(record), describeFindings(record)).toEqual([])
      expect(record.verdict, undecided(record)).toBe('conforms')
      expect(record.exitCode).toBe(0)
    })
  }

  for (const flaw of FLAWS) {
    test(
      `flawed:${flaw.name} is convicted by what it names, and of nothing else`,
      { timeout: RUN_MS },
      async () => {
        const broken = flaw.caughtBy
          .map((id) => BROKEN.get(id))
          .filter((each) => each !== undefined)
        const record = await askOf(`flawed:${flaw.name}`, [...QUICK, ...broken])
        const asserted = accusations(record).filter((id) => !flaw.may.includes(id))
        expect(asserted, describeFindings(record)).toEqual(flaw.caughtBy.toSorted())
        expect(record.exitCode).toBe(1)
      },
    )
  }

  test('reads as it is committed', async () => {
    await expect(matrix()).toMatchFileSnapshot('detection-matrix.md')
  })
})

/** @param quick The scenarios that a quick run asks; all when there are none. */
async function askOf(target: string, quick: readonly string[]): Promise<RunRecord> {
  const whole = FULL || quick.length === 0
  const { record } = await ask(whole ? { target } : { target, suites: ['**'], scenarios: quick })
  observed.set(target, new Map(record.findings.map(({ id, times }) => [id, times])))
  return record
}

function accusations(record: RunRecord): readonly string[] {
  return record.findings
    .filter(({ obliges }) => obliges)
    .map(({ id }) => id)
    .toSorted()
}

/** Cells that are asserted: `must`, or nothing. What a flaw merely may show is left out, so that the page is stable. */
function matrix(): string {
  const columns = [...FINDINGS.keys()].filter((id) =>
    FLAWS.some(({ caughtBy }) => caughtBy.includes(id)),
  )
  const cells = (name: string, may: readonly string[]): string =>
    columns
      .map((id) => (observed.get(name)?.has(id) === true && !may.includes(id) ? 'must' : ''))
      .join(' | ')
  return [
    '# Detection matrix',
    '',
    'What every run must find, by target. An empty cell must stay empty.',
    '',
    `| target | ${columns.join(' | ')} |`,
    `|---|${columns.map(() => '---').join('|')}|`,
    ...REFERENCES.map((name) => `| ${name} | ${cells(name, [])} |`),
    ...FLAWS.map(({ name, may }) => `| flawed:${name} | ${cells(`flawed:${name}`, may)} |`),
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
