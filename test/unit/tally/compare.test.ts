import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cell } from '../../../harness/model/counts.ts'
import type { Finding, RunRecord } from '../../../harness/model/record.ts'
import { comparable, compared } from '../../../harness/tally/compare.ts'
import { rates } from '../../../harness/tally/rates.ts'
import { aRecord } from '../reports/records.ts'
import { aCell } from './cells.ts'
import { aCheckResult } from './convictions.ts'
import { draws, sampleOf, type Counted } from './samples.ts'

function of(cells: readonly Partial<Cell>[]): RunRecord {
  return aRecord({ rates: rates(cells.map(aCell)) })
}

function worse(before: RunRecord, after: RunRecord) {
  return compared(before, after).rates.filter((rate) => rate.worse)
}

const FINDING: Finding = {
  id: 'replay/accepted-concurrently',
  severity: 'high',
  because: 'Two copies were accepted.',
  obligation: 'declared',
  obliges: true,
  times: 3,
  witness: [
    {
      caseId: 'replay-race/copies/0',
      step: 'replay-race/r0/copies/0/c0',
      node: null,
      begunMs: 1,
      answeredMs: 2,
      sent: '',
      got: '',
    },
  ],
  spec: [],
  cwe: null,
  controls: [],
}

describe('a rate', () => {
  test('that rose from 0 of 20 races to 17 is worse, with Fisher’s chance', () => {
    const comparison = compared(of([{ trials: 20 }]), of([{ trials: 20, events: 17 }]))
    expect(comparison).toMatchObject({ verdict: 'worse', rates: [{ worse: true }] })
    expect(comparison.rates[0]?.chance).toBeCloseTo(1.2847621301458902e-8, 15)
    expect(comparison.exitCode).toBe(1)
  })
  test('must not be called worse for a difference that both samples leave to chance', () => {
    expect(worse(of([{ trials: 60, events: 3 }]), of([{ trials: 60, events: 9 }]))).toEqual([])
    expect(worse(of([{ trials: 20, events: 17 }]), of([{ trials: 20, events: 0 }]))).toEqual([])
  })
  test('must not be called worse for one bad window of a fault', () => {
    const window = (events: number) => aCell(sampleOf('window', [[events, 60]] as const))
    expect(worse(of([window(0)]), of([window(60)]))).toEqual([])
  })
  test('is held against how many others were compared', () => {
    // 1 of 60 to 8 of 60 has a chance of 0.016: worse alone, and not among twenty.
    const rise = { trials: 60, events: 8 }
    const alone = compared(of([{ trials: 60, events: 1 }]), of([rise]))
    expect(alone.rates[0]).toMatchObject({ worse: true, chance: expect.closeTo(0.0161, 3) })
    const others = Array.from({ length: 19 }, (_, index) => ({ attack: `other-${index}` }))
    const many = compared(of([{ trials: 60, events: 1 }, ...others]), of([rise, ...others]))
    expect(many.rates).toHaveLength(20)
    expect(many.rates[0]).toMatchObject({ worse: false, adjusted: expect.closeTo(0.322, 2) })
    expect(many.verdict).toBe('no worse')
  })
  test('is not compared while a fault comes or goes, nor where it only counts doubts', () => {
    const cells = [{ phase: 'transition' }, { metric: 'inconclusive' }] as const
    const all = (events: number) => of(cells.map((cell) => ({ ...cell, trials: 60, events })))
    const comparison = compared(all(0), all(60))
    expect(comparison.rates).toEqual([])
    expect(comparison.verdict).toBe('no worse')
  })
  test('of the code’s frame is held against the world’s where that is all there was', () => {
    const world = { trials: 60 }
    const code = { frame: 'code', trials: 60, events: 50 } as const
    const changes = worse(of([world]), of([{ ...world, events: 50 }, code]))
    expect(changes.map(({ frame }) => frame).toSorted()).toEqual(['code', 'world'])
  })
  test('that only one of the two has a sample of is named, and no change', () => {
    const comparison = compared(
      of([{ trials: 60 }, { attack: 'gone' }, { attack: 'empty', trials: 0 }]),
      of([{ trials: 60 }, { attack: 'fresh', events: 50 }, { attack: 'empty', trials: 60 }]),
    )
    expect(comparison.onlyBefore.rates).toMatchObject([{ attack: 'gone' }])
    expect(comparison.onlyAfter.rates.map(({ attack }) => attack)).toEqual(['fresh', 'empty'])
    expect(comparison.verdict).toBe('no worse')
  })
  test('is found to have risen in few of many comparisons of one target with itself', () => {
    const random = draws(11)
    const cells = () =>
      Array.from({ length: 12 }, (_, index) => {
        const units = Array.from({ length: 40 }, (): Counted =>
          index % 2 === 0 ? [Number(random() < 0.2), 1] : [random() < 0.2 ? 8 : 0, 8],
        )
        const unit = index % 2 === 0 ? 'race' : 'window'
        return aCell({ attack: `class-${index}`, ...sampleOf(unit, units) })
      })
    let found = 0
    for (let index = 0; index < 200; index++)
      if (worse(of(cells()), of(cells())).length > 0) found++
    expect(found / 200).toBeLessThanOrEqual(0.05 + 0.03)
  })
  test('is never worse the other way round as well', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), (one, other) => {
        const [before, after] = [
          of([{ trials: 60, events: one }]),
          of([{ trials: 60, events: other }]),
        ]
        const both = worse(before, after).length + worse(after, before).length
        expect(both).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('findings', () => {
  test('that were not there are a regression where they oblige the target', () => {
    const after = aRecord({ findings: [FINDING] })
    expect(compared(aRecord(), after)).toMatchObject({
      verdict: 'worse',
      findings: { new: [{ id: FINDING.id, obliges: true, times: 3 }], gone: [] },
    })
    const noted = aRecord({ findings: [{ ...FINDING, obliges: false }] })
    expect(compared(aRecord(), noted)).toMatchObject({ verdict: 'no worse' })
    expect(compared(noted, after).verdict).toBe('worse')
  })
  test('that were there are none, and those that are gone are told', () => {
    const record = aRecord({ findings: [FINDING] })
    expect(compared(record, record).verdict).toBe('no worse')
    expect(compared(record, aRecord()).findings).toMatchObject({ new: [], gone: [FINDING.id] })
  })
  test('must not be called new of what the first run never asked', () => {
    const [scenario] = aRecord().scenarios
    const other = scenario === undefined ? [] : [{ ...scenario, name: 'other' }]
    const comparison = compared(aRecord({ scenarios: other }), aRecord({ findings: [FINDING] }))
    expect(comparison).toMatchObject({
      verdict: 'no worse',
      findings: { new: [], unasked: [{ id: FINDING.id }] },
      onlyAfter: { scenarios: ['replay-race'] },
      onlyBefore: { scenarios: ['other'] },
    })
  })
})

describe('verdicts', () => {
  const check = (verdict: RunRecord['checks'][number]['verdict']) =>
    aRecord({ checks: [aCheckResult({ verdict })] })
  test.each([
    ['pass', 'fail', 'worse'],
    ['pass', 'non-strict', 'worse'],
    ['inconclusive', 'fail', 'worse'],
    ['non-strict', 'fail', 'worse'],
    ['pass', 'inconclusive', 'unproved'],
    ['fail', 'inconclusive', 'unproved'],
    ['fail', 'pass', 'better'],
    ['inconclusive', 'pass', 'better'],
    ['informational', 'pass', null],
    ['inconclusive', 'inconclusive', null],
    ['fail', 'fail', null],
  ] as const)('of a check from %s to %s', (before, after, list) => {
    const { checks, verdict } = compared(check(before), check(after))
    for (const name of ['worse', 'better', 'unproved'] as const) {
      expect(checks[name]).toHaveLength(name === list ? 1 : 0)
    }
    expect(verdict).toBe(list === 'worse' ? 'worse' : 'no worse')
  })
  test('of what is unsupported in one are not compared, and told', () => {
    const comparison = compared(check('unsupported'), check('fail'))
    expect(comparison.checks.compared).toBe(0)
    expect(comparison.onlyAfter.checks).toEqual(['rfc7523/3/exp-past:ca:a-day-ago'])
    expect(comparison.verdict).toBe('no worse')
  })
  test.each([
    ['conforms', 'breached', 'worse'],
    ['breached', 'violates', 'worse'],
    ['inconclusive', 'violates', 'worse'],
    ['conforms', 'inconclusive', 'unproved'],
    ['violates', 'conforms', 'better'],
  ] as const)('of a scenario from %s to %s', (before, after, list) => {
    const scenario = (verdict: RunRecord['scenarios'][number]['verdict']) =>
      aRecord({ scenarios: aRecord().scenarios.map((each) => ({ ...each, verdict })) })
    expect(compared(scenario(before), scenario(after)).scenarios[list]).toMatchObject([
      { name: 'replay-race', before, after },
    ])
  })
})

describe('records', () => {
  test('with nothing in common were not compared, which is no pass', () => {
    const nothing = aRecord({ checks: [], scenarios: [], rates: [] })
    const comparison = compared(nothing, aRecord())
    expect(comparison.verdict).toBe('nothing compared')
    expect(comparison.exitCode).toBe(2)
  })
  test.each([
    [
      'another target',
      { target: { ...aRecord().target, name: 'b' } },
      'ERR_RECORDS_APART',
      'embedded',
    ],
    ['another profile', { profile: 'fapi2' }, 'ERR_RECORDS_APART', 'fapi2'],
    ['no end', { complete: false, interrupted: 'stopped' }, 'ERR_RECORD_INCOMPLETE', 'stopped'],
  ] as const)('of %s are refused by name', (_, change, code, word) => {
    const refused = (anyway: boolean) => () => comparable(aRecord(), aRecord(change), { anyway })
    expect(refused(false)).toThrow(expect.objectContaining({ code }))
    expect(refused(false)).toThrow(word)
    if (code === 'ERR_RECORDS_APART') expect(refused(true)).not.toThrow()
    else expect(refused(true)).toThrow()
  })
  test('of another seed or version are compared', () => {
    const other = aRecord({ seed: '8', tool: { ...aRecord().tool, version: '9' } })
    expect(() => comparable(aRecord(), other, { anyway: false })).not.toThrow()
  })
})
