import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CheckLevel, Verdict } from '../../../harness/model/verdict.ts'
import { EXIT_CODES, exitCode, ofCheck, ofRun, withGates } from '../../../harness/tally/verdict.ts'

describe('a scenario with gates', () => {
  test('that violates stays so whatever the gates say', () => {
    expect(withGates('violates', [{ answer: 'failed' }])).toBe('violates')
  })
  test('is breached by one failed gate, even where proof is missing elsewhere', () => {
    expect(withGates('conforms', [{ answer: 'passed' }, { answer: 'failed' }])).toBe('breached')
    expect(withGates('inconclusive', [{ answer: 'failed' }])).toBe('breached')
  })
  test('is inconclusive with an undecided gate', () => {
    expect(withGates('conforms', [{ answer: 'undecided' }])).toBe('inconclusive')
  })
  test('that is unsupported was held to no gate', () => {
    expect(withGates('unsupported', [{ answer: 'undecided' }])).toBe('unsupported')
  })
  test('keeps its verdict when all pass', () => {
    expect(withGates('conforms', [{ answer: 'passed' }])).toBe('conforms')
    expect(withGates('inconclusive', [])).toBe('inconclusive')
  })
})

const NOTHING = { checks: [], scenarios: [], convictions: [], complete: true } as const

describe('a run', () => {
  test('takes the worst of its supported parts', () => {
    const scenarios = [
      { verdict: 'conforms' },
      { verdict: 'breached' },
      { verdict: 'inconclusive' },
    ] as const
    expect(ofRun({ ...NOTHING, scenarios })).toBe('breached')
    expect(ofRun({ ...NOTHING, scenarios, checks: [{ verdict: 'fail' }] })).toBe('violates')
  })
  test('that supports nothing does not conform', () => {
    expect(ofRun(NOTHING)).toBe('inconclusive')
    expect(
      ofRun({
        ...NOTHING,
        checks: [{ verdict: 'unsupported' }],
        scenarios: [{ verdict: 'unsupported' }],
      }),
    ).toBe('inconclusive')
  })
  test('conforms although one part is unsupported and one answer was poor in form', () => {
    const checks = [
      { verdict: 'pass' },
      { verdict: 'non-strict' },
      { verdict: 'unsupported' },
    ] as const
    expect(ofRun({ ...NOTHING, checks })).toBe('conforms')
  })
  test('violates by a conviction that belongs to no check, and not by one that does not oblige', () => {
    const checks = [{ verdict: 'pass' }] as const
    expect(ofRun({ ...NOTHING, checks, convictions: [{ obliges: true }] })).toBe('violates')
    expect(ofRun({ ...NOTHING, checks, convictions: [{ obliges: false }] })).toBe('conforms')
  })
  test('without an end never conforms, and is not excused either', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...LEVELS)),
        fc.array(fc.constantFrom(...VERDICTS)),
        (a, b) => {
          const checks = a.map((verdict) => ({ verdict }))
          const scenarios = b.map((verdict) => ({ verdict }))
          const whole = ofRun({ ...NOTHING, checks, scenarios })
          const cut = ofRun({ ...NOTHING, checks, scenarios, complete: false })
          expect(cut).toBe(whole === 'conforms' ? 'inconclusive' : whole)
        },
      ),
    )
  })
})

const LEVELS: readonly CheckLevel[] = [
  'pass',
  'non-strict',
  'fail',
  'informational',
  'unsupported',
  'inconclusive',
]
const VERDICTS: readonly Verdict[] = [
  'unsupported',
  'violates',
  'breached',
  'inconclusive',
  'conforms',
]

test.each<[CheckLevel, Verdict]>([
  ['pass', 'conforms'],
  ['non-strict', 'conforms'],
  ['informational', 'conforms'],
  ['fail', 'violates'],
  ['inconclusive', 'inconclusive'],
  ['unsupported', 'unsupported'],
])('a check at %s counts as %s', (level, verdict) => {
  expect(ofCheck(level)).toBe(verdict)
})

describe('the exit code', () => {
  test('is the first that applies of 255, 254, 1, 99, 2, 0', () => {
    expect(EXIT_CODES.map(({ code }) => code)).toEqual([255, 254, 1, 99, 2, 0])
  })
  test.each([
    [{ verdict: 'conforms' }, 0],
    [{ verdict: 'inconclusive' }, 2],
    [{ verdict: 'breached' }, 99],
    [{ verdict: 'violates' }, 1],
    [{ verdict: 'conforms', staleExpectation: true }, 1],
    [{ badUsage: true }, 254],
    [{ verdict: 'violates', faultUnmended: true }, 255],
    [{ badUsage: true, harnessFailed: true }, 255],
  ] as const)('of %o is %i', (ending, code) => {
    expect(exitCode(ending)).toBe(code)
  })
  test('has a sentence for everyone who meets it', () => {
    for (const { meaning } of EXIT_CODES) expect(meaning).toMatch(/^[A-Z].*\.$/)
  })
})
