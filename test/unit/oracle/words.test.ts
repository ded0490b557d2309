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
  { ...REPLY, status: 200, code: null, active: false },
  { ...REPLY, status: 200, code: null, active: false, token: 'x' },
  { kind: 'none', cause: 'timeout' },
  { kind: 'none', cause: 'unsent' },
]

test('the words of an answer like the one before are not made again', () => {
  const words = openWords()
  const text = words(REPLY)
  let asked = 0
  // Whoever makes words of it asks for its code once more, to write it down.
  const like: Answer = {
    ...REPLY,
    get code() {
      asked += 1
      return REPLY.code
    },
  }
  expect(words(like)).toBe(text)
  expect(asked).toBe(1)
})

test.each<[Answer, string]>([
  [REPLY, '401 invalid_client'],
  [{ ...REPLY, code: null }, '401'],
  [{ ...REPLY, status: 200, token: 'x' }, '200 with a token'],
  [{ ...REPLY, status: 200, active: true, token: 'x' }, '200, active: true'],
  [{ ...REPLY, status: 200, active: false }, '200, active: false'],
  [{ kind: 'none', cause: 'timeout' }, 'no answer (timeout)'],
])('%j in words', (answer, words) => {
  expect(gotWords(answer)).toBe(words)
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
