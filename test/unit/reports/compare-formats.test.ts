/** Goal: a comparison in each form is what its readers take it for. Method: the schemas of a run's own reports. */
import type { Log } from 'sarif'
import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../../harness/model/record.ts'
import { compared } from '../../../harness/tally/compare.ts'
import { compareBadge, compareLine } from '../../../reports/compare-badge.ts'
import { compareCsv } from '../../../reports/compare-csv.ts'
import { compareJunit } from '../../../reports/compare-junit.ts'
import { compareSarif } from '../../../reports/compare-sarif.ts'
import { ALL } from './all.ts'
import { scanningProblems } from './code-scanning.ts'
import { hostile, thousands } from './hostile.ts'
import { checkJunit, sarifErrors } from './official.ts'
import { aRate, aRecord } from './records.ts'
import { SORRY } from './sorry.ts'

const target = { ...SORRY.target, called: './deploy/staging.yaml' }
/** The same target when it was well, and was asked everything. */
const WELL: RunRecord = {
  ...SORRY,
  target,
  verdict: 'conforms',
  checks: SORRY.checks.map((check) =>
    check.verdict === 'unsupported' ? check : { ...check, verdict: 'pass' },
  ),
  scenarios: SORRY.scenarios.map((scenario) =>
    scenario.verdict === 'unsupported' ? scenario : { ...scenario, verdict: 'conforms' },
  ),
  rates: [aRate(), aRate({ attack: 'gone', trials: 200 }), aRate({ node: 'node-1' })],
  findings: [],
}
const NOW: RunRecord = { ...SORRY, target }
const NOTHING = aRecord({ target, checks: [], scenarios: [], rates: [] })

const PAIRS: readonly (readonly [name: string, before: RunRecord, after: RunRecord])[] = [
  ['what became worse', WELL, NOW],
  ['a run with itself', SORRY, SORRY],
  ['what became better', NOW, WELL],
  ['runs with nothing in common', NOTHING, NOW],
  ['a hostile target', { ...WELL, target: hostile().target }, hostile()],
  ['a target hostile before', hostile(), SORRY],
  ['what was known beforehand', WELL, ALL],
  ['thousands', { ...WELL, ...thousands(1_000), findings: [] }, thousands(1_000)],
]

describe('as JUnit XML', () => {
  test.each(PAIRS)('of %s is valid by the schema that Jenkins takes', (_, before, after) => {
    const text = compareJunit(compared(before, after))
    expect(() => checkJunit(text)).not.toThrow()
  })

  const text = compareJunit(compared(WELL, NOW))
  test.each([
    [
      'a check that became worse',
      'rfc7523/3/aud-prefix client-authentication longer-path',
      'failure type="worse" message="pass before, fail now: ',
    ],
    [
      'a scenario that became worse',
      'replay-race',
      'failure type="worse" message="conforms before, violates now: ',
    ],
    [
      'a rate that rose',
      'replay-race: false accepts of replay',
      'failure type="worse" message="rose: before 0 of 60 (0 %), 0 % to 5.96 %; now 20 of 20',
    ],
    [
      'what was found and was not before',
      'replay/accepted-concurrently',
      'failure type="high" message="new: ',
    ],
    [
      'a check that is no longer proved',
      'rfc7523/3/exp-missing client-authentication absent',
      'skipped type="no longer proved" message="pass before, inconclusive now: ',
    ],
    [
      'a rate that only the first run has',
      'replay-race: false accepts of gone',
      'skipped type="not compared" message="only the first run has it"',
    ],
    [
      'a rate that only the second run has',
      'store-partition: unavailable of honest, during',
      'skipped type="not compared" message="only the second run has it"',
    ],
  ])('has a case for %s', (_, name, end) => {
    const at = text.indexOf(`name="${name}">`)
    expect(at).toBeGreaterThan(0)
    expect(
      text
        .slice(at + `name="${name}">`.length)
        .trimStart()
        .slice(1),
    ).toMatch(new RegExp(`^${end.replaceAll(/[()|.]/g, '\\$&')}`))
  })

  test('has a case that passes for each cell that is as it was', () => {
    const same = compareJunit(compared(WELL, WELL))
    expect(same).toContain('tests="11" failures="0" errors="0"')
    expect(same).toContain('name="replay-race: false accepts of replay"/>')
    expect(same).toContain('name="rfc7523/3/exp-past client-authentication a-day-ago"/>')
  })

  test('of a failure in both runs says so, and does not fail for it', () => {
    const same = compareJunit(compared(NOW, NOW))
    expect(same).toMatch(/tests="\d+" failures="0" errors="0"/)
    expect(same).toContain('<system-out>fail in both runs: ')
    expect(same).toContain('type="inconclusive" message="inconclusive in both runs: ')
  })

  test('of runs with nothing in common is an error, not a success', () => {
    expect(compareJunit(compared(NOTHING, NOW))).toContain('<error type="nothing compared"')
    expect(compareJunit(compared(WELL, NOW))).not.toContain('nothing compared')
  })
})

describe('as SARIF', () => {
  const log = (before: RunRecord, after: RunRecord): Log =>
    JSON.parse(compareSarif(compared(before, after)))
  const resultsOf = (before: RunRecord, after: RunRecord) =>
    log(before, after).runs[0]?.results ?? []

  test.each(PAIRS)(
    'of %s is valid by the schema of the standard, and as code scanning wants it',
    (_, before, after) => {
      expect(sarifErrors(log(before, after))).toBeNull()
      expect(scanningProblems(log(before, after))).toEqual([])
    },
  )

  test('has an alert for each regression, at the file of the target', () => {
    const results = resultsOf(WELL, NOW)
    expect(results.map(({ ruleId, level }) => `${ruleId} ${level}`)).toEqual([
      'replay/accepted-concurrently error',
      'regression/rate error',
      'regression/scenario error',
      'regression/scenario error',
      'rfc7523/3/aud-prefix error',
      'rfc6749/5.2/no-store warning',
    ])
    for (const { locations } of results)
      expect(locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe('deploy/staging.yaml')
  })

  test('has none where nothing became worse', () => {
    for (const [before, after] of [
      [NOW, NOW],
      [NOW, WELL],
      [NOTHING, NOTHING],
    ] as const)
      expect(resultsOf(before, after)).toEqual([])
  })

  test('finds each again by a print that no other has, and that no seed or time changes', () => {
    const later = { ...NOW, seed: '8', runId: 'B', startedAt: '2027-01-01T00:00:00Z' }
    const prints = (after: RunRecord) =>
      resultsOf(WELL, after).map((each) => JSON.stringify(each.partialFingerprints))
    expect(prints(later)).toEqual(prints(NOW))
    expect(new Set(prints(NOW)).size).toBe(6)
    const elsewhere = { ...NOW, profile: 'oidc-core' }
    expect(prints(elsewhere).filter((print) => prints(NOW).includes(print))).toEqual([])
  })

  test('keeps to as many results as code scanning shows', () => {
    const many = thousands(6_000)
    expect(resultsOf({ ...many, findings: [] }, many)).toHaveLength(5_000)
  })

  test('stands in a category of its own, beside that of the run', () => {
    const [run] = log(WELL, { ...NOW, target: { ...target, name: 'staging' } }).runs
    expect(run?.automationDetails?.id).toBe('cupel-compare/staging/rfc7523/')
    expect(run?.invocations?.[0]?.exitCode).toBe(1)
  })

  test('tells what is no longer proved, and is no alert', () => {
    const [run] = log(WELL, NOW).runs
    const told = run?.invocations?.[0]?.toolExecutionNotifications ?? []
    expect(told.map(({ message }) => message.text)).toEqual([
      'rfc7523/3/exp-missing, client-authentication, absent: pass before, inconclusive now: its control after was lost four times',
    ])
  })
})

test('as CSV has a row for each rate that both have, of as many cells', () => {
  const before = aRecord({ rates: [aRate(), aRate({ node: '@node' }), aRate({ attack: 'gone' })] })
  const after = aRecord({ rates: [aRate({ events: 60 }), aRate({ node: '@node' })] })
  const [head = '', ...rows] = compareCsv(compared(before, after)).trimEnd().split('\r\n')
  expect(head).toMatch(
    /^scenario,metric,attack,phase,node,frame,unit,before_events,.*,chance,adjusted,worse$/,
  )
  expect(rows.map((row) => row.split(',').length)).toEqual([22, 22])
  expect(rows[0]).toMatch(/^replay-race,far,replay,steady,,world,race,0,60,.*,60,60,.*,1$/)
  expect(rows[1]).toMatch(/,'@node,.*,0$/)
})

test('as a badge and as a line tells what became worse', () => {
  const worse = compared(WELL, NOW)
  const badge = 'cupel compare: worse: 1 finding, 1 rate, 2 scenarios, 2 check cases'
  expect(compareBadge(worse)).toContain(badge)
  expect(compareLine(worse)).toContain('; rose: replay-race: false accepts of replay from 0 of 60')
  expect(compareLine(worse).match(/\n/g)).toHaveLength(1)
  expect(compareBadge(compared(NOW, NOW))).toContain('cupel compare: no worse')
  expect(compareLine(compared(NOW, NOW))).toMatch(/^NO WORSE .*exit 0\n$/)
  expect(compareBadge(compared(NOTHING, NOW))).toContain('cupel compare: nothing compared')
  expect(compareLine(compared(NOTHING, NOW))).toMatch(/^NOTHING COMPARED .*exit 2\n$/)
})
