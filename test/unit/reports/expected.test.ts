/** What was expected to fail is told apart from what was not, in every report; what fails no longer is loud. */
import { XmlDocument } from 'libxml2-wasm'
import type { Log } from 'sarif'
import { describe, expect, test } from 'vitest'
import { parseRecord } from '../../../harness/formats/record.ts'
import type { MetExpectation } from '../../../harness/model/expected.ts'
import type { RunRecord } from '../../../harness/model/record.ts'
import { REPORTS } from '../../../reports/index.ts'
import { recordJson } from '../../../reports/record-json.ts'
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
