import { describe, expect, test } from 'vitest'
import { fact, factLines } from '../../../reports/facts.ts'
import { brushes } from '../../../reports/paint.ts'
import { timesText, timeText } from '../../../reports/times.ts'

const FACTS = [
  fact('before', 'one two three four five six seven eight nine ten'),
  fact('as long as it gets', 'x', 'y'),
]

describe('facts', () => {
  test('stand beside their names, and go on below themselves', () => {
    expect(factLines(FACTS, brushes(false, 60))).toEqual([
      '  before              one two three four five six seven',
      '                      eight nine ten',
      '  as long as it gets  x',
      '                      y',
    ])
  })
  test('stand below a name that is too long for the room there is', () => {
    expect(factLines(FACTS, brushes(false, 30))).toEqual([
      '  before         one two three',
      '                 four five six',
      '                 seven eight',
      '                 nine ten',
      '  as long as it gets',
      '                 x',
      '                 y',
    ])
  })
})

test.each([
  ['2026-01-02T03:04:05.678Z', '2026-01-02T03:05:06Z', '2026-01-02 03:04:05 to 03:05:06 UTC'],
  [
    '2026-01-02T23:59:59.9Z',
    '2026-01-03T00:00:01Z',
    '2026-01-02 23:59:59 to 2026-01-03 00:00:01 UTC',
  ],
  ['whenever', '2026-01-03T00:00:01Z', 'whenever to 2026-01-03T00:00:01Z'],
])('from %s to %s is %s', (from, to, text) => expect(timesText(from, to)).toBe(text))

test('a time is to the second, and what is none stands as it is', () => {
  expect(timeText('2026-01-02T03:04:05.678Z')).toBe('2026-01-02 03:04:05 UTC')
  expect(timeText('then\u001b[2J')).toBe('then\\u{1b}[2J')
})
