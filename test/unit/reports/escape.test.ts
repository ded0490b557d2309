import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escape, excerpt } from '../../../reports/escape.ts'

describe('escape', () => {
  test.each([
    ['a colour', '\u001b[31mred', '\\u{1b}[31mred'],
    ['a window title', '\u001b]0;x\u0007', '\\u{1b}]0;x\\u{7}'],
    ['an eight-bit control', '\u009b2J', '\\u{9b}2J'],
    ['a turned reading direction', 'abc\u202etxt.exe', 'abc\\u{202e}txt.exe'],
    ['an isolate', '\u2066x\u2069', '\\u{2066}x\\u{2069}'],
    ['what has no width', 'a\u200bb\ufeffc', 'a\\u{200b}b\\u{feff}c'],
    ['lines within a line', 'a\nb\rc\u2028d', 'a\\u{a}b\\u{d}c\\u{2028}d'],
    ['half of a pair', 'a\ud83d', 'a\\u{d83d}'],
    ['a command to the runner', '::error::x  ::y', '\\u{3a}:error::x  \\u{3a}:y'],
    ['an old command to the runner', 'a ##[error]x', 'a \\u{23}#[error]x'],
    ['hidden tags', '\u{e0041}', '\\u{e0041}'],
  ])('shows %s', (_, text, shown) => {
    expect(escape(text)).toBe(shown)
  })
  test('leaves words of any script and markup alone: it is for terminals, and shows what was there', () => {
    for (const text of ['plain', 'déjà vu', '東京', 'ελληνικά', '✓ · …', '<b>&amp;</b>']) {
      expect(escape(text)).toBe(text)
    }
  })
  test('leaves nothing that acts, of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escape(text)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u)
      }),
    )
  })
})

describe('excerpt', () => {
  test('cuts after escaping, so that no escape grows the line', () => {
    expect(excerpt('\u0001'.repeat(9), 10)).toBe('\\u{1}\\u{1…')
    expect(excerpt('short', 10)).toBe('short')
    expect(excerpt('exactly-10', 10)).toBe('exactly-10')
  })
  test('never cuts a character in half', () => {
    expect(excerpt('😀😀😀', 2)).toBe('😀…')
  })
})
