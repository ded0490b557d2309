import { describe, expect, test } from 'vitest'
import { groupOf, inShort, NOTHING, QUIET } from '../unit/oracle/uses.ts'
import { answeredFromACache } from './answered-from-a-cache.ts'
import { burnedByForgery } from './burned-by-forgery.ts'
import { checkThenSet } from './check-then-set.ts'
import { flushedStore } from './flushed-store.ts'
import { heldUpPastExp } from './held-up-past-exp.ts'
import { lostReply } from './lost-reply.ts'
import { lostReplyThenAccepted } from './lost-reply-then-accepted.ts'
import { memoryInEachNode } from './memory-in-each-node.ts'
import { meshRepeatsRequest } from './mesh-repeats-request.ts'
import { partitionFallsBack } from './partition-falls-back.ts'
import { reservationGivenBack } from './reservation-given-back.ts'
import { storeClientRepeatsInsert } from './store-client-repeats-insert.ts'
import { twoSecondsApart } from './two-seconds-apart.ts'
import { wrongAudienceFirst } from './wrong-audience-first.ts'

const HISTORIES = [
  answeredFromACache,
  burnedByForgery,
  checkThenSet,
  flushedStore,
  heldUpPastExp,
  lostReply,
  lostReplyThenAccepted,
  memoryInEachNode,
  meshRepeatsRequest,
  partitionFallsBack,
  reservationGivenBack,
  storeClientRepeatsInsert,
  twoSecondsApart,
  wrongAudienceFirst,
]

describe('a famous history', () => {
  test.each(HISTORIES)('$name is judged as it was worked by hand', ({ uses, options, says }) => {
    const group = groupOf(uses, { ...QUIET, ...options })
    expect(inShort(group)).toEqual({ ...NOTHING, ...says })
  })
})
