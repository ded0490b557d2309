import { describe, expect, test } from 'vitest'
import { refuse, type Assertion, type Decision } from '../../../../targets/reference/decide.ts'
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
}
const KEY = '["client-authentication","client","one"]'
const TAKE: Decision = { kind: 'take', key: KEY, keepUntilSeconds: 70 }
const NO = refuse('client-authentication', 'for another reason')

/** Whether the identifier of an assertion is held after it was refused for another reason than its signature. */
async function spent(spend: Spend, some: Partial<Assertion> = {}): Promise<boolean> {
  const memory = oneMemory()
  expect(await spend({ ...RIGHT, ...some }, NO, memory)).toEqual(NO)
  return memory.holds()
}

describe.each([
  ['last', spendLast],
  ['first and given back', spendFirst('released')],
  ['first and kept', spendFirst('spent')],
])('taken %s, an identifier', (_, spend) => {
  test('is good once', async () => {
    const memory = oneMemory()
    expect((await spend(RIGHT, TAKE, memory)).kind).toBe('accept')
    expect((await spend(RIGHT, TAKE, memory)).kind).toBe('refuse')
  })

  test('is never spent by what its issuer did not sign', async () => {
    expect(await spent(spend, { verified: false })).toBe(false)
  })

  test('that is none spends nothing', async () => {
    expect(await spent(spend, { jti: null })).toBe(false)
    expect(await spent(spend, { jti: '' })).toBe(false)
  })
})

test('a refused assertion has spent its identifier only where it is taken first and kept', async () => {
  expect(await spent(spendLast)).toBe(false)
  expect(await spent(spendFirst('released'))).toBe(false)
  expect(await spent(spendFirst('spent'))).toBe(true)
})

test('what was used already is not given back by a refused copy', async () => {
  const memory = oneMemory()
  await spendLast(RIGHT, TAKE, memory)
  expect((await spendFirst('released')(RIGHT, NO, memory)).kind).toBe('refuse')
  expect(memory.holds()).toBe(true)
})

test('a memory that does not answer lets nothing through', async () => {
  const silent: Memory = { take: async () => 'unavailable', release: async () => undefined }
  for (const spend of [spendLast, spendFirst('released'), spendFirst('spent')]) {
    expect((await spend(RIGHT, TAKE, silent)).kind).toBe('unavailable')
  }
})

function oneMemory(): Memory & { holds(): boolean } {
  const memory = replayMemory()
  let requests = 0
  return {
    take: async (key, keepUntilSeconds) =>
      memory.insert(key, String(requests++), keepUntilSeconds * 1000, 0),
    release: async (key) => memory.release(key),
    holds: () => memory.find(KEY, 0),
  }
}
