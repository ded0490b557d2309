import { describe, expect, test } from 'vitest'
import { CupelError } from '../../../harness/errors.ts'
import { parseRecord } from '../../../harness/formats/record.ts'
import { plain } from '../../../harness/json.ts'
import { recordJson } from '../../../reports/record-json.ts'
import { aRate, aRecord } from '../reports/records.ts'
import { SORRY } from '../reports/sorry.ts'

function wrong(value: unknown): CupelError {
  try {
    parseRecord(typeof value === 'string' ? value : JSON.stringify(value), 'a/record.json')
  } catch (error) {
    if (error instanceof CupelError) return error
    throw error
  }
  throw new Error('it was taken')
}

/** A record as version 0.1.0 wrote it: without all that came later. */
function old(): object {
  const record = Object(plain(aRecord({ rates: [aRate({ trials: 60, coverage: 0.75 })] })))
  for (const late of [
    'runIds',
    'plan',
    'keys',
    'series',
    'recovery',
    'failureModes',
    'pairs',
    'late',
    'leeways',
  ]) {
    delete record[late]
  }
  for (const scenario of record.scenarios) {
    delete scenario.facts
    delete scenario.terms
  }
  for (const rate of record.rates) {
    for (const late of ['owed', 'worst', 'over', 'effective']) delete rate[late]
  }
  delete record.generator.dueToSentHdr
  return record
}

describe('a record', () => {
  test('reads back as it was', () => {
    for (const record of [aRecord(), SORRY]) {
      expect(parseRecord(recordJson(record), 'record.json')).toEqual(record)
    }
  })
  test('of an older version says what can be said in place of what it lacks', () => {
    const record = parseRecord(JSON.stringify(old()), 'record.json')
    expect(record).toMatchObject({
      runIds: [record.runId],
      plan: null,
      scenarios: [{ facts: null, terms: null }],
      series: [],
    })
    expect(record.rates).toEqual([
      aRate({ trials: 60, coverage: 0.75, owed: 80, worst: 20, effective: 60 }),
    ])
  })
})

describe('what is no record', () => {
  test.each([
    ['{', 'expected JSON'],
    ['[]', 'it: expected a map'],
    [{}, 'format: expected 1'],
    [{ ...aRecord(), verdict: 'fine' }, 'verdict: expected one of "violates"'],
    [{ ...aRecord(), checks: 7 }, 'checks: expected a list'],
    [
      { ...aRecord(), rates: [{ ...aRate(), low: 2 }] },
      'rates[0].low: expected a number of at most 1',
    ],
    [
      { ...aRecord(), rates: [aRate({ events: 61 })] },
      'rates[0]: expected counts that can be of one sample',
    ],
    [
      { ...aRecord(), rates: [{ ...aRate(), over: { ...aRate().over, trialsSquared: 1 } }] },
      'rates[0]: expected counts that can be of one sample',
    ],
  ])('says what was expected: %j', (value, words) => {
    const error = wrong(value)
    expect(error.code).toBe('ERR_RECORD_UNREADABLE')
    expect(error.message).toContain('a/record.json is no record')
    expect(error.message).toContain(words)
    expect(error.hint).toContain('record.json')
  })
  test('a newer format is refused by its number', () => {
    const error = wrong({ ...aRecord(), format: 2 })
    expect(error.code).toBe('ERR_RECORD_FORMAT')
    expect(error.message).toBe('a/record.json is a record of format 2; this version reads format 1')
  })
})
