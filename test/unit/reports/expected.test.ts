/** What was expected to fail is told apart from what was not, in every report; what fails no longer is loud. */
import { XmlDocument } from 'libxml2-wasm'
import type { Log } from 'sarif'
import { describe, expect, test } from 'vitest'
import { parseRecord } from '../../../harness/formats/record.ts'
import type { MetExpectation } from '../../../harness/model/expected.ts'
import type { RunRecord } from '../../../harness/model/record.ts'
import { REPORTS } from '../../../reports/index.ts'
import { recordJson } from '../../../reports/record-json.ts'
import { ALL, GATES } from './all.ts'
import { aRecord } from './records.ts'
import { SORRY } from './sorry.ts'

const [finding] = SORRY.findings
const [check] = aRecord().checks
if (finding === undefined || check === undefined) throw new RangeError('expected one of each')

const entry = (id: string, state: MetExpectation['state']): MetExpectation => ({
  entry: { id, reason: `because of ${id}`, issue: 'https://issues.example/7' },
  state,
})

/** A race and a check failed, and both were expected to. */
const EXCUSED: RunRecord = aRecord({
  verdict: 'violates',
  exitCode: 0,
  checks: [{ ...check, verdict: 'fail' }],
  scenarios: aRecord().scenarios.map((each) => ({ ...each, verdict: 'violates' })),
  findings: [finding],
  expectations: [entry('replay-race', 'failed'), entry('rfc7523/3/exp-past', 'failed')],
  skipped: [{ id: 'rfc7662/**', reason: 'there is no introspection' }],
})

/** One of them was not. */
const NEWS: RunRecord = {
  ...EXCUSED,
  exitCode: 1,
  expectations: [entry('rfc7523/3/exp-past', 'failed')],
}

/** And one fails no longer. */
const STALE: RunRecord = aRecord({
  exitCode: 1,
  expectations: [entry('rfc7523/3/exp-past', 'stale'), entry('replay-race', 'undecided')],
})

async function rendered(name: string, record: RunRecord): Promise<string> {
  const writer = REPORTS.find((each) => each.name === name)
  if (writer === undefined) throw new RangeError(name)
  return writer.render(record)
}

describe('JUnit', () => {
  test.each([
    [EXCUSED, '0'],
    [NEWS, '2'],
    [STALE, '1'],
  ])('fails what was not expected, and what is stale', async (record, failures) => {
    const document = XmlDocument.fromString(await rendered('junit', record))
    expect(document.get('/testsuites/@failures')?.content).toBe(failures)
    document.dispose()
  })

  test('says of what was expected why, and where it is being mended', async () => {
    expect(await rendered('junit', EXCUSED)).toContain(
      '<skipped type="expected" message="expected: because of replay-race (https://issues.example/7).',
    )
  })
})

describe('SARIF', () => {
  const suppressed = async (record: RunRecord): Promise<readonly boolean[]> => {
    const log = JSON.parse(await rendered('sarif', record)) as Log
    return (log.runs[0]?.results ?? []).map(({ suppressions = [] }) => suppressions.length > 0)
  }

  test('closes the alert of what was expected, and of nothing else', async () => {
    expect(await suppressed(EXCUSED)).toEqual([true])
    expect(await suppressed(NEWS)).toEqual([false])
  })

  test('closes none that stands for more than what was expected', async () => {
    const more = [...(EXCUSED.expectations ?? [])]
    const one = {
      ...EXCUSED,
      exitCode: 1,
      expectations: more,
      findings: [{ ...finding, times: 1 }],
    }
    expect(await suppressed(one)).toEqual([true])
    expect(await suppressed({ ...one, findings: [{ ...finding, times: 2 }] })).toEqual([false])
  })
})

test.each(['md', 'html', 'line'])(
  '%s says what is stale, and what to do about it',
  async (name) => {
    expect(await rendered(name, STALE)).toContain(
      'Expected to fail, and does not: rfc7523/3/exp-past',
    )
  },
)

test.each(['md', 'html'])('%s says that all was expected, and why', async (name) => {
  const text = (await rendered(name, EXCUSED)).replaceAll('&#58;', ':')
  expect(text).toContain('All that failed was expected.')
  expect(text).toContain('because of replay-race (https://issues.example/7)')
  expect(text).toContain('there is no introspection')
})

test('all of it is read back from a record', () => {
  expect(parseRecord(recordJson(EXCUSED), 'it')).toEqual(EXCUSED)
})

/** As a reader sees it, whatever the form. */
async function read(name: string): Promise<string> {
  return (await rendered(name, ALL))
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll(/\s+/g, ' ')
}

const ALL_BUT_BADGE = REPORTS.map(({ name }) => name).filter((name) => name !== 'badge')

describe.each(ALL_BUT_BADGE)('%s', (name) => {
  test('tells each gate with its limit and what came of it', async () => {
    const text = await read(name)
    for (const { gate, answer } of GATES) {
      // The record has its parts, and everything else the words of the command line.
      if (name === 'json') expect(text).toContain(`"below": ${gate.below}`)
      else expect(text).toContain(`far[replay] < ${gate.below}`)
      expect(text).toContain(answer)
      if (name === 'csv') expect(text).toContain(`far[replay] < ${gate.below}: ${answer}`)
    }
  })

  // The bounds of a table of rates are columns of it.
  test.skipIf(name === 'csv')('tells each gate with its bound', async () => {
    const text = await read(name)
    for (const { because } of GATES) expect(text).toContain(because)
  })

  test.skipIf(name === 'csv')('names what is stale', async () => {
    const text = await read(name)
    expect(text).toContain('rfc7523/3/exp-past')
    if (name !== 'json') expect(text).toMatch(/does not|take the entry out/i)
  })
})

test('the badge counts what is new, what was expected, what is stale and limits', async () => {
  expect(await rendered('badge', ALL)).toContain(
    'violates: 1 finding, 1 limit exceeded, 1 stale entry, 1 as expected',
  )
  expect(await rendered('badge', EXCUSED)).toContain('violates: 2 as expected')
})

const FRESH = 'replay/accepted-concurrently'
const KNOWN = 'replay/accepted-after-eviction'

test.each([
  [
    'text',
    /Found as expected high replay\/accepted-after-eviction once .* Findings, the worst first medium replay\/accepted-concurrently/,
  ],
  [
    'md',
    /<details open><summary><b>replay\/accepted-concurrently<\/b> \(medium, 20 times\).*<details><summary><b>replay\/accepted-after-eviction<\/b> \(high, expected: because of eviction \(https:\/\/issues\.example\/7\), once\)/,
  ],
  [
    'html',
    /">medium<\/span> Copies of .*">high, expected<\/span> .*Expected: because of eviction \(https:\/\/issues\.example\/7\)/,
  ],
  [
    'junit',
    /name="replay\/accepted-concurrently"> <failure .*name="replay\/accepted-after-eviction"> <skipped type="expected"/,
  ],
  ['line', /1 failure as expected/],
  ['csv', /eviction,far,.*,failed /],
])('%s tells a finding that was expected from a new one', async (name, pattern) => {
  expect(await read(name)).toMatch(pattern)
})

test('SARIF suppresses what was expected alone, and sorts it behind what is new', async () => {
  const log = JSON.parse(await rendered('sarif', ALL)) as Log
  const results = log.runs[0]?.results ?? []
  const told = results.map(({ ruleId, level, suppressions = [] }) => [
    ruleId,
    level,
    suppressions.length,
  ])
  expect(told.slice(0, 3)).toEqual([
    ['expected/stale', 'error', 0],
    [FRESH, 'error', 0],
    [KNOWN, 'note', 1],
  ])
})
