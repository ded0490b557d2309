/** Goal: every report is what its readers take it for, whatever a target says. Method: the schemas they publish. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Log } from 'sarif'
import { describe, expect, test } from 'vitest'
import { FINDINGS } from '../../../harness/findings.ts'
import type { RunRecord } from '../../../harness/model/record.ts'
import { parseRecord, recordJsonSchema } from '../../../harness/formats/record.ts'
import { recordJson } from '../../../reports/record-json.ts'
import { REPORTS } from '../../../reports/index.ts'
import { remedyOf } from '../../../reports/remedies.ts'
import { ALL } from './all.ts'
import { hostile, thousands } from './hostile.ts'
import { aRate, aRecord, STOPPED } from './records.ts'
import { scanningProblems } from './code-scanning.ts'
import { checkJunit, sarifErrors } from './official.ts'
import { SORRY } from './sorry.ts'

const RECORDS: readonly (readonly [string, RunRecord])[] = [
  ['a run that went well', aRecord()],
  ['a run that was stopped', STOPPED],
  ['everything wrong', SORRY],
  ['a hostile target', hostile()],
  ['what was known beforehand', ALL],
]

async function rendered(name: string, record: RunRecord): Promise<string> {
  const writer = REPORTS.find((each) => each.name === name)
  if (writer === undefined) throw new RangeError(`no report ${name}`)
  return writer.render(record)
}

describe('as in their snapshots', () => {
  test.each(REPORTS.filter(({ name }) => !['json', 'text', 'html'].includes(name)))(
    '$name',
    async ({ name, file }) => {
      await expect(await rendered(name, SORRY)).toMatchFileSnapshot(`__outputs__/${file}`)
    },
  )
})

describe('SARIF', () => {
  const log = async (record: RunRecord): Promise<Log> => JSON.parse(await rendered('sarif', record))

  test.each(RECORDS)('of %s is valid by the schema of the standard', async (_, record) => {
    expect(sarifErrors(await log(record))).toBeNull()
  })

  test('that says something else is not valid: the schema is at work', async () => {
    expect(sarifErrors({ ...(await log(SORRY)), version: '2.0.0' })).not.toBeNull()
  })

  test.each([...RECORDS, ['thousands', thousands(6_000)] as const])(
    'of %s is as code scanning wants it',
    async (_, record) => {
      expect(scanningProblems(await log(record))).toEqual([])
    },
  )

  test('has as many results as code scanning shows, and no more', async () => {
    expect((await log(thousands(6_000))).runs[0]?.results).toHaveLength(5_000)
  })

  test('that code scanning would refuse or ignore is told: what it asks for is at work', async () => {
    const { runs, ...rest } = await log(SORRY)
    const [run] = runs
    if (run === undefined) throw new RangeError('expected a run')
    const { rules = [] } = run.tool.driver
    const wrong = {
      ...run,
      automationDetails: { id: 'no-category' },
      tool: {
        driver: {
          ...run.tool.driver,
          rules: rules.map((rule) => ({
            ...rule,
            help: { text: '' },
            properties: { tags: ['security'], 'security-severity': '0.0' },
          })),
        },
      },
      results: (run.results ?? []).map((each) => ({ ...each, locations: [] })),
    }
    const problems = scanningProblems({ ...rest, runs: [wrong] }).join('; ')
    for (const each of [
      'category',
      'no help',
      'score 0.0',
      'no precision',
      'no location',
      'no file',
    ])
      expect(problems).toContain(each)
  })

  test('has a lasting fingerprint for each result', async () => {
    const later = { ...SORRY, seed: '8', runId: 'B', startedAt: '2027-01-01T00:00:00Z' }
    const prints = async (record: RunRecord): Promise<readonly string[]> =>
      ((await log(record)).runs[0]?.results ?? []).map((each) =>
        JSON.stringify(each.partialFingerprints),
      )
    expect(await prints(later)).toEqual(await prints(SORRY))
    expect(new Set(await prints(SORRY)).size).toBe((await prints(SORRY)).length)
  })

  test('names the rule and a line for each result', async () => {
    const [run] = (await log(SORRY)).runs
    const rules = run?.tool.driver.rules ?? []
    for (const { ruleId, ruleIndex = -1, locations = [] } of run?.results ?? []) {
      expect(rules[ruleIndex]?.id).toBe(ruleId)
      expect(locations[0]?.physicalLocation?.region?.startLine).toBe(1)
    }
  })

  test.each([
    ['deploy/staging.yaml', 'deploy/staging.yaml'],
    ['./deploy/staging.yml', 'deploy/staging.yml'],
    ['deploy\\my staging.yaml', 'deploy/my%20staging.yaml'],
    ['/srv/staging.yaml', 'file:///srv/staging.yaml'],
    ['C:\\cupel\\staging.yaml', 'file:///C:/cupel/staging.yaml'],
    ['flawed:fails-open', 'flawed-fails-open.yaml'],
  ])('places what it found in a target called %s in %s', async (called, uri) => {
    const record = { ...SORRY, target: { ...SORRY.target, called } }
    for (const { locations } of (await log(record)).runs[0]?.results ?? [])
      expect(locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe(uri)
  })
})

describe('JUnit XML', () => {
  test.each([...RECORDS, ['thousands of errors', thousands(3_000)] as const])(
    'of %s is valid by the schema that Jenkins takes',
    async (_, record) => {
      const text = await rendered('junit', record)
      expect(() => checkJunit(text)).not.toThrow()
    },
  )

  test('that says something else is not valid: the schema is at work', () => {
    expect(() => checkJunit('<testsuites><testcase name="x"/></testsuites>')).toThrow()
  })

  test('counts what it holds', async () => {
    const text = await rendered('junit', SORRY)
    const [, failures, errors] = /failures="(\d+)" errors="(\d+)"/.exec(text) ?? []
    expect(text.match(/<failure /g)).toHaveLength(Number(failures))
    expect(text.match(/<error /g)).toHaveLength(Number(errors))
    expect(text).toContain('<skipped type="unsupported" message="the target has no introspection')
  })
})

describe('JSON', () => {
  const ajv = new Ajv2020({ strict: false })
  const valid = ajv.compile(recordJsonSchema())

  test('the schema that is published is the schema that is checked', async () => {
    const schema = `${JSON.stringify(recordJsonSchema(), null, 2)}\n`
    await expect(schema).toMatchFileSnapshot('../../../schema/record.schema.json')
  })

  test.each(RECORDS)('of %s is valid by it, and reads back', (_, record) => {
    const text = recordJson(record)
    valid(JSON.parse(text))
    expect(valid.errors).toBeNull()
    expect(parseRecord(text, 'it')).toEqual(record)
  })

  test('that lacks a member is not valid: the schema is at work', () => {
    const { verdict: _, ...rest } = aRecord()
    expect(valid(rest)).toBe(false)
  })
})

describe('Markdown', () => {
  test('of a hostile target has no link, image, mention, tag or heading of the target’s', async () => {
    const text = await rendered('md', hostile())
    const tags = new Set(text.match(/<\/?[a-z][^>]*>/gi))
    expect(
      [...tags].filter((tag) => !/^<\/?(b|br|code|sub|summary|details)( open)?>$/.test(tag)),
    ).toEqual([])
    expect(text).not.toMatch(/(?<!\\)!\[|(?<!\\)\]\(|@(?=\w)|:\/\/|\bwww[.]/)
    expect(text.split('\n').filter((line) => /^#(?!## |# )/.test(line))).toEqual([])
  })

  test('stays below what GitHub takes', async () => {
    expect(Buffer.byteLength(await rendered('md', thousands(5_000)))).toBeLessThan(1024 * 1024)
  })
})

describe('CSV', () => {
  test('has a row of as many cells for each rate, and no formula', async () => {
    const rates = [
      aRate(),
      aRate({ scenario: '=1+1', attack: '"quoted", and more' }),
      aRate({ node: '@node' }),
    ]
    const [head = '', ...rows] = (await rendered('csv', aRecord({ rates }))).trimEnd().split('\r\n')
    expect(rows).toHaveLength(3)
    expect(rows[0]?.split(',')).toHaveLength(head.split(',').length)
    expect(rows[1]).toMatch(/^'=1\+1,far,"""quoted"", and more",/)
    expect(rows[2]).toContain(",'@node,")
  })
})

describe('all reports', () => {
  test.each(REPORTS.filter(({ name }) => name !== 'json'))(
    '$name of a hostile target has nothing that moves, hides or turns',
    async ({ name }) => {
      const text = await rendered(name, hostile())
      expect(text).not.toMatch(/[^\P{C}\r\n]|[\p{Zl}\p{Zp}]/u)
      if (['junit', 'badge', 'html'].includes(name)) {
        expect(text).not.toMatch(/<script>alert|<img|<svg onload|<[?]xml[?]>/)
      }
    },
  )

  test.each(REPORTS.filter(({ name }) => name !== 'json'))(
    '$name cuts what is huge',
    async ({ name }) => {
      const text = await rendered(name, hostile('x'.repeat(1_000_000)))
      expect(text.length).toBeLessThan(1_000_000)
    },
  )

  test('every finding of the catalogue says what to do', () => {
    expect([...FINDINGS.keys()].filter((id) => remedyOf(id) === null)).toEqual([])
  })
})
