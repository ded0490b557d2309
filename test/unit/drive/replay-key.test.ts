/** Which presentations a judge may hold against each other: those that one memory of the target must know. */
import { expect, test } from 'vitest'
import { memoryOf, replayKey } from '../../../harness/drive/replay-key.ts'
import { NO_TRUTH } from '../../../targets/simulated/truth.ts'

const TRUTH = { ...NO_TRUTH, issuer: 'client', jti: 'one' }

function keyAt(endpoint: string, remembersAcross?: readonly string[]): string | null {
  const declares = remembersAcross === undefined ? {} : { remembersAcross }
  return replayKey(memoryOf(endpoint, declares), 'client-authentication', TRUTH)
}

test('an endpoint remembers for itself where the target says nothing', () => {
  expect(keyAt('token')).not.toBe(keyAt('introspection'))
  expect(keyAt('token')).toBe('["token","client-authentication","client","one"]')
})

test('endpoints that the target says remember together have one key, and no other has it', () => {
  const across = ['token', 'introspection']
  expect(keyAt('introspection', across)).toBe(keyAt('token', across))
  expect(keyAt('par', across)).not.toBe(keyAt('token', across))
})

test('the same identifier of another party, or for another use, is another key', () => {
  const own = keyAt('token')
  expect(replayKey('token', 'client-authentication', { ...TRUTH, issuer: 'other' })).not.toBe(own)
  expect(replayKey('token', 'authorization-grant', TRUTH)).not.toBe(own)
  expect(replayKey('token', 'bearer-token', TRUTH)).toBeNull()
  expect(replayKey('token', 'client-authentication', { ...TRUTH, jti: null })).toBeNull()
})
