import { expect, test } from 'vitest'
import type { Answer } from '../../../harness/model/history.ts'
import { gotWords, openWords } from '../../../harness/oracle/answers/words.ts'

const REPLY = {
  kind: 'reply',
  status: 401,
  code: 'invalid_client',
  active: null,
  headers: {},
  token: null,
  form: [],
  bytes: 0,
  excerpt: '',
} satisfies Answer

const ANSWERS: readonly Answer[] = [
  REPLY,
  { ...REPLY, code: 'invalid_request' },
  { ...REPLY, code: null },
  { ...REPLY, status: 400 },
  { ...REPLY, status: 200, code: null, token: 'x' },
  { ...REPLY, status: 200, code: null },
  { ...REPLY, status: 200, code: null, active: true },
  { ...REPLY, status: 200, code: null, active: false, token: 'x' },
  { kind: 'none', cause: 'timeout' },
  { kind: 'none', cause: 'unsent' },
]

test('the words of an answer like the one before are not made again', () => {
  const words = openWords()
  const text = words(REPLY)
  let asked = 0
  // Whoever makes words of it asks twice for a token: once whether it is like the one before.
  const like: Answer = {
    ...REPLY,
    get token() {
      asked += 1
      return null
    },
  }
  expect(words(like)).toBe(text)
  expect(asked).toBe(1)
})

test('an answer has its own words, whatever came before it', () => {
  const words = openWords()
  for (const one of ANSWERS) {
    for (const other of ANSWERS) {
      expect([words(one), words(other)]).toEqual([gotWords(one), gotWords(other)])
    }
  }
  expect(words(REPLY)).toBe('401 invalid_client')
})
