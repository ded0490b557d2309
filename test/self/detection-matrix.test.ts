/**
 * The harness's own false accept and false reject rate: every flaw must be convicted by the findings it names, and
 * neither the faultless references nor any flaw may be accused of anything else.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { FINDINGS } from '../../harness/findings.ts'
import type { RunRecord } from '../../harness/model/record.ts'
import type { Target } from '../../harness/model/target.ts'
import { seeded } from '../../harness/random.ts'
import { embedded } from '../../targets/embedded.ts'
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
  'resource',
  'jose',
]
const RUN_MS = 120_000

/**
 * The embedded reference is asked everything. The others and the flaws are spared the situations that take longest and
 * show no flaw there is, unless CUPEL_MATRIX=full (`npm run matrix`).
 */
const QUICK = ['property-*', 'replay-*', 'eviction', 'jti-poisoning']
const FULL = process.env['CUPEL_MATRIX'] === 'full'

/** What a flaw shows only while something is broken. */
const BROKEN = new Map([['replay/accepted-during-fault', 'partitioned-cache']])

const observed = new Map<string, ReadonlyMap<string, number>>()
/** By target, the checks that failed. */
const detected = new Map<string, readonly string[]>()

afterAll(async () => {
  await mkdir('out', { recursive: true })
  const rows = [...observed].map(([name, found]) => [name, Object.fromEntries(found)])
  await writeFile('out/detection-matrix.json', JSON.stringify(Object.fromEntries(rows), null, 2))
})

describe('the detection matrix', () => {
  for (const name of REFERENCES) {
    test(`${name} conforms and is accused of nothing`, { timeout: RUN_MS }, async () => {
      const record = await askOf(name, { quick: name === 'embedded' ? [] : QUICK })
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
        const record = await askOf(`flawed:${flaw.name}`, { flaw, quick: situationsFor(flaw) })
        const asserted = accusations(record).filter((id) => !flaw.may.includes(id))
        expect(asserted, describeFindings(record)).toEqual(flaw.caughtBy.toSorted())
        expect(record.exitCode).toBe(1)
      },
    )
  }

  test('reads as it is committed', async () => {
    await expect(matrix()).toMatchFileSnapshot('detection-matrix.md')
  })

  test('tells flaw by flaw which checks see it, as it is committed', async () => {
    const rows = FLAWS.map(({ name }) => [name, detected.get(`flawed:${name}`) ?? []])
    await expect(`${JSON.stringify(Object.fromEntries(rows), null, 2)}\n`).toMatchFileSnapshot(
      'detections.json',
    )
  })
})

function situationsFor({ shows, caughtBy }: Flaw): readonly string[] {
  if (shows === 'in-checks') return []
  const broken = caughtBy.map((id) => BROKEN.get(id)).filter((each) => each !== undefined)
  return [...QUICK, ...broken]
}

interface Asking {
  readonly flaw?: Flaw
  /** The situations of a quick run; of a reference all when there are none. */
  readonly quick: readonly string[]
}

async function askOf(name: string, { flaw, quick }: Asking): Promise<RunRecord> {
  const whole = (FULL || quick.length === 0) && flaw?.shows !== 'in-checks'
  const target = flaw?.shows === 'in-checks' ? here(flaw) : name
  const { record } = await ask({
    target,
    strict: flaw?.strict === true,
    ...(whole ? {} : { suites: suitesFor(flaw), scenarios: quick }),
  })
  observed.set(name, new Map(record.findings.map(({ id, times }) => [id, times])))
  detected.set(name, failedChecks(record))
  return record
}

/** What a memory does wrong shows in few checks, and a store that waits for company makes each of them slow. */
function suitesFor(flaw: Flaw | undefined): readonly string[] {
  return flaw === undefined || flaw.shows === 'in-checks' ? ['**'] : ['rfc7523/**', 'oidc/**']
}

/** A flaw that requests one by one show needs no connections to show in. */
function here({ name }: Flaw): Target {
  const random = seeded('7').stream('target')
  return embedded(random, { name: `flawed:${name}`, flaw: name, inProcess: true })
}

function failedChecks({ checks }: RunRecord): readonly string[] {
  const failed = checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)
  return [...new Set(failed)].toSorted()
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
  const seen = (name: string, may: readonly string[]): string =>
    columns.filter((id) => observed.get(name)?.has(id) === true && !may.includes(id)).join(', ')
  return [
    '# Detection matrix',
    '',
    'What every run must find, by target, and nothing else.',
    '',
    '| target | must be found |',
    '|---|---|',
    ...REFERENCES.map((name) => `| ${name} | ${seen(name, [])} |`),
    ...FLAWS.map(({ name, may }) => `| flawed:${name} | ${seen(`flawed:${name}`, may)} |`),
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
