import { describe, expect, test } from 'vitest'
import { timeOf } from '../../../harness/clock.ts'
import { assertAuthorised, isLoopback } from '../../../targets/authorised.ts'

const NOW_US = timeOf('2030-06-15T12:00:00Z') ?? 0
const REMOTE = ['https://as.example/token', 'http://127.0.0.1:8080']
const LEAVE = { authorization: { by: 'the owner', until: '2030-06-15' }, maxRatePerSecond: 5 }

describe('a target elsewhere', () => {
  test('may be asked by leave, to the end of its last day, at a stated rate', () => {
    expect(() => assertAuthorised(REMOTE, LEAVE, [], NOW_US)).not.toThrow()
  })

  test.each([
    [{}, 'its file needs authorization: { by: …, until: … } and maxRatePerSecond'],
    [{ authorization: LEAVE.authorization }, 'its file needs maxRatePerSecond'],
    [{ maxRatePerSecond: 5 }, 'its file needs authorization: { by: …, until: … }'],
    [
      { ...LEAVE, authorization: { by: 'the owner', until: '2030-06-14' } },
      'the authorization by the owner ended with 2030-06-14; it is 2030-06-15',
    ],
    [
      { ...LEAVE, authorization: { by: 'the owner', until: '2030-06-15T11:59:59Z' } },
      'the authorization by the owner ended with 2030-06-15T11:59:59Z; it is 2030-06-15',
    ],
  ])('is refused where its file has only %o', (leave, problem) => {
    expect(() => assertAuthorised(REMOTE, leave, [], NOW_US)).toThrow(
      expect.objectContaining({
        code: 'ERR_NOT_AUTHORISED',
        message: `https://as.example/token is not on this machine: ${problem}`,
      }),
    )
  })

  test('is never sent what keys from the seed signed', () => {
    expect(() => assertAuthorised(REMOTE, LEAVE, ['honest'], NOW_US)).toThrow(
      'https://as.example/token is not on this machine: keys from the seed are no secret, so honest must have a key by file',
    )
  })
})

test('a target on this machine needs no leave', () => {
  expect(() =>
    assertAuthorised(['http://127.0.0.1:8080', 'https://localhost'], {}, ['honest'], NOW_US),
  ).not.toThrow()
})

test.each([
  '127.0.0.1',
  '127.9.9.9',
  '[::1]',
  'localhost',
  'LOCALHOST.',
  'as.localhost',
  '2130706433',
  '0x7f.1',
])('%s is this machine', (host) => expect(isLoopback(new URL(`http://${host}`))).toBe(true))

test.each([
  '127.0.0.1.evil.example',
  '0.0.0.0',
  '10.0.0.1',
  'localhost.example',
  'notlocalhost',
  '[::ffff:10.0.0.1]',
  '[::]',
])('%s is not this machine for certain', (host) =>
  expect(isLoopback(new URL(`http://${host}`))).toBe(false),
)
