import { expect, test } from 'vitest'
import { plainOutput } from '../../../targets/plain-text.ts'

test('what a program printed keeps its lines and its markup, and moves no cursor', () => {
  expect(plainOutput('a\tb <c>\r\n\u001b[31mred\u202e\rx')).toBe(
    'a\tb <c>\n\\u{1b}[31mred\\u{202e}\\u{d}x',
  )
})
