import { describe, expect, test } from 'vitest'
import { known, type Asking } from '../../../../targets/reference/asking.ts'
import {
  refuse,
  type Assertion,
  type Decision,
  type Outcome,
} from '../../../../targets/reference/decide.ts'
import { replayMemory } from '../../../../targets/reference/memory.ts'
import {
  spendFirst,
  spendLast,
  type Memory,
  type Spend,
} from '../../../../targets/reference/spending.ts'

const RIGHT: Assertion = {
  usage: 'client-authentication',
  issuer: 'client',
  subject: 'client',
  audience: 'https://as.example',
  expSeconds: 60,
  nbfSeconds: null,
  iatSeconds: 0,
  jti: 'one',
  algorithm: 'ES256',
  verified: true,
  malformed: [],
  text: '',
}
const TAKE: Decision = { kind: 'take', keepUntilSeconds: 70 }
const NO = refuse('client-authentication', 'for another reason')

/** Whether the identifier of an assertion is held after it was refused for another reason than its signature. */
function spent(spend: Spend, some: Partial<Assertion> = {}): boolean {
  const memory = oneMemory()
  expect(outcomeOf(spend({ ...RIGHT, ...some }, NO, memory))).toEqual(NO)
  return memory.holds()
}

describe.each([
  ['last', spendLast],
  ['first and given back', spendFirst('released')],
  ['first and kept', spendFirst('spent')],
])('taken %s, an identifier', (_, spend) => {
  test('is good once', () => {
    const memory = oneMemory()
    expect(outcomeOf(spend(RIGHT, TAKE, memory)).kind).toBe('accept')
    expect(outcomeOf(spend(RIGHT, TAKE, memory)).kind).toBe('refuse')
  })

  test('is never spent by what its issuer did not sign', () => {
    expect(spent(spend, { verified: false })).toBe(false)
  })

  test('that is none spends nothing', () => {
    expect(spent(spend, { jti: null })).toBe(false)
    expect(spent(spend, { jti: '' })).toBe(false)
  })
})

test('a refused assertion has spent its identifier only where it is taken first and kept', () => {
  expect(spent(spendLast)).toBe(false)
  expect(spent(spendFirst('released'))).toBe(false)
  expect(spent(spendFirst('spent'))).toBe(true)
})

test('what was used already is not given back by a refused copy', () => {
  const memory = oneMemory()
  outcomeOf(spendLast(RIGHT, TAKE, memory))
  expect(outcomeOf(spendFirst('released')(RIGHT, NO, memory)).kind).toBe('refuse')
  expect(memory.holds()).toBe(true)
})

test('a memory that does not answer lets nothing through', () => {
  const silent: Memory = { take: () => known('unavailable'), release: () => known(undefined) }
  for (const spend of [spendLast, spendFirst('released'), spendFirst('spent')]) {
    expect(outcomeOf(spend(RIGHT, TAKE, silent)).kind).toBe('unavailable')
  }
})

function oneMemory(): Memory & { holds(): boolean } {
  const memory = replayMemory()
  let requests = 0
  return {
    take: ({ jti }, keepUntilSeconds) =>
      known(memory.insert(jti ?? '', String(requests++), keepUntilSeconds * 1000, 0)),
    release: ({ jti }) => known(memory.release(jti ?? '')),
    holds: () => memory.find('one', 0),
  }
}

/** Of work whose memory is at hand, so that nobody has to be asked. */
function outcomeOf(asking: Asking<Outcome>): Outcome {
  const step = asking.next()
  if (step.done === true) return step.value
  throw new RangeError(`it asks ${step.value.op}`)
}
