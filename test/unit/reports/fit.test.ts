/** Goal: text fits a terminal of any width and loses no word. Method: the summaries, at the widths that people have. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitted, rewrapped } from '../../../reports/fit.ts'
import { estimate } from '../../../reports/figures.ts'
import { wrap } from '../../../reports/layout.ts'
import { brushes } from '../../../reports/paint.ts'
import { rateLines, shownRates } from '../../../reports/summary-rates.ts'
import { declarationLines } from '../../../reports/summary-target.ts'
import { summary } from '../../../reports/summary.ts'
import { hostile } from './hostile.ts'
import { aRecord } from './records.ts'
import { SORRY } from './sorry.ts'

const SGR = new RegExp(String.raw`${String.fromCodePoint(27)}\[\d+m`, 'g')

/** Words as a reader sees them, wherever lines end. */
function letters(text: string): string {
  return text.replaceAll(SGR, '').replaceAll(/\s+/g, '')
}

describe.each([40, 80, 120, 200])('at %i columns', (columns) => {
  test.each([
    ['well', aRecord()],
    ['wrong', SORRY],
    ['hostile', hostile()],
  ])('a summary of %s is no wider and loses nothing', (_, record) => {
    for (const paint of [false, true]) {
      const text = fitted(summary(record, { paint, columns }), columns)
      const lines = text.split('\n').map((line) => line.replaceAll(SGR, ''))
      // A single word that is longer is left whole, so that it can be copied.
      const wide = lines.filter((line) => line.length > columns)
      expect(wide.filter((line) => line.trim().includes(' '))).toEqual([])
      // Of rates a narrow terminal gets fewer columns.
      const rates = letters(rateLines(record.rates, brushes(false, columns)).join(''))
      const whole = letters(rateLines(record.rates, brushes(false)).join(''))
      expect(letters(text)).toBe(letters(summary(record, { paint })).replace(whole, rates))
    }
  })
})

test('rates say their counts, interval and bound at any width', () => {
  const rates = shownRates(SORRY.rates)
  for (const columns of [40, 80, 100, 200]) {
    const text = letters(rateLines(rates, brushes(false, columns)).join(''))
    for (const rate of rates) expect(text).toContain(letters(estimate(rate)))
  }
})

test('one statement of a list is told from the next at any width', () => {
  const { declares } = aRecord().target
  for (const columns of [40, 80, 200]) {
    const lines = declarationLines(declares, brushes(false, columns))
    const first = lines.filter((line) => /^ {2}\S/.test(line))
    expect(first.map((line) => line.trim().split(' ')[0])).toEqual([
      'replay',
      'leewaySeconds',
      'path',
    ])
  }
})

test('moves columns together before it breaks a line, and goes on further in', () => {
  const line = '  false accepts     0 of 30              9.50 %   presentation'
  expect(fitted(line, 60)).toBe('  false accepts  0 of 30  9.50 %  presentation')
  expect(fitted(line, 30)).toBe('  false accepts  0 of 30\n    9.50 %  presentation')
})

test('breaks a paragraph once, though it was wrapped for wider terminals', () => {
  const words = Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ')
  const paint = brushes(true)
  for (const lines of [wrap(words, '    '), wrap(words, '    ').map(paint.dim)]) {
    const text = rewrapped(lines.join('\n'), 50).replaceAll(SGR, '').split('\n')
    expect(letters(text.join(''))).toBe(letters(words))
    for (const line of text.slice(1, -1)) {
      expect(line).toMatch(/^ {6}word/)
      expect(line.length).toBeGreaterThan(40)
    }
  }
})

test('leaves text alone where it fits, or where nobody knows how wide it may be', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(undefined, 0, 10, 10_000), (text, columns) => {
      expect(fitted(text, columns)).toBe(text)
      expect(rewrapped(text, columns)).toBe(text)
    }),
  )
})

test('three findings are told with their requests at the end, the others with the command alone', () => {
  const [finding] = SORRY.findings.filter(({ obliges }) => obliges)
  const ids = ['a', 'b', 'c', 'd', 'e']
  const findings = ids.flatMap((id) => (finding === undefined ? [] : [{ ...finding, id }]))
  const text = summary({ ...SORRY, findings })
  const end = text.slice(text.indexOf('Findings, the worst first'))
  expect(end.match(/ 1\. sent at/g)).toHaveLength(3)
  // The fifth is told twice: at the very end stands what to type.
  expect(end.match(/cupel replay/g)).toHaveLength(ids.length + 1)
  expect(end.split('\n').slice(-2).join(' ')).toContain('exit 1')
})
