/** What a reader is told of a target that refuses by a code which the profile does not know for a refusal. */
import { expect, test } from 'vitest'
import { openUnreadCodes, type Owed } from '../../../harness/oracle/answers/unread-codes.ts'
import type { Answer } from '../../../harness/model/history.ts'
import { judged, LOST, presented, reply, truthAt, whole } from './histories.ts'
import { AFTER, BEFORE, CASE, FORGED, judgingOf, row, stimulus } from './one-check.ts'

const ONE = [presented(truthAt(1, {}))]

function owed(answer: Answer, more: Partial<Owed> = {}): Owed {
  const observation = { answer, presented: ONE }
  return { usage: 'client-authentication', outcome: 'elsewhere', observation, ...more }
}

function notesOf(seen: Owed, times = 10): readonly string[] {
  const unread = openUnreadCodes()
  for (let time = 0; time < times; time++) unread.see(seen)
  return unread.notes()
}

const GRANT_ERROR = reply(400, { code: 'invalid_grant' })

test('a code that came ten times in place of refusals is told of, with what would make it one', () => {
  expect(notesOf(owed(GRANT_ERROR))).toEqual([
    '10 client assertions that must be refused were answered "invalid_grant", which is no refusal of them by the profile, so that nobody knows what became of them: if the target refuses by it, policy: { err.own.codes: ["invalid_grant"] } in the target file says so.',
  ])
  expect(notesOf(owed(GRANT_ERROR), 9)).toEqual([])
})

test.each<[string, Owed]>([
  ['a refusal by the profile', owed(GRANT_ERROR, { outcome: 'rejected' })],
  ['an answer without a code', owed(reply(400))],
  ['what never came', owed(LOST)],
  ['an error of the request', owed(reply(400, { code: 'unsupported_grant_type' }))],
  ['a bearer token', owed(GRANT_ERROR, { usage: 'bearer-token' })],
  [
    'a request of two credentials',
    owed(GRANT_ERROR, { observation: { answer: GRANT_ERROR, presented: [...ONE, ...ONE] } }),
  ],
])('%s must not be told of', (_, seen) => {
  expect(notesOf(seen)).toEqual([])
})

test('usages and codes are told apart', () => {
  const unread = openUnreadCodes()
  for (let time = 0; time < 6; time++) {
    unread.see(owed(GRANT_ERROR))
    unread.see(owed(GRANT_ERROR, { usage: 'authorization-grant' }))
    unread.see(owed(reply(400, { code: 'access_denied' })))
  }
  expect(unread.notes()).toEqual([])
})

test.each([
  ['reject', 1],
  ['accept', 0],
] as const)('a judgement tells them of what deserves to %s', (deserves, told) => {
  const steps = Array.from({ length: 10 }, (_, at) => `ask-${at}`)
  const expects = steps.map((step) => row(deserves, { step: `checks/r0/${CASE}/${step}` }))
  const asks = steps.map((step) => stimulus(GRANT_ERROR, deserves === 'reject' ? FORGED : {}, step))
  const { notes } = judged(judgingOf({ expects }), whole([BEFORE, ...asks, AFTER]))
  expect(notes.filter((note) => note.includes('err.own.codes'))).toHaveLength(told)
})
