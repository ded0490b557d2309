/** Keys elsewhere among keys here: who signs what, how long it took, and what becomes of a signer that fails. */
import { compactVerify, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { minterWith } from '../../../harness/drive/signing.ts'
import type { Minter } from '../../../harness/drive/minting.ts'
import { publicJwk } from '../../../harness/jwt/keys.ts'
import { signerOf } from '../../../harness/jwt/sign.ts'
import type { MintContext, MintedSource } from '../../../harness/jwt/mint.ts'
import type { Signer } from '../../../harness/model/target.ts'
import { ES256, OTHER_ES256 } from '../jwt/some-keys.ts'
import { jumpingClock } from './jumping-clock.ts'
import { plainMinter } from './world.ts'

const AT_US = 1_700_000_000_000_000
const CONTEXT: MintContext = {
  keys: { here: ES256, there: publicJwk(OTHER_ES256) },
  owners: { here: 'a', there: 'b' },
  runId: 'ABCDEFGHIJKLMNOPQRSTUV',
}
const there = signerOf(OTHER_ES256)

function source(signer: string, change: Partial<MintedSource> = {}): MintedSource {
  return {
    kind: 'minted',
    usage: 'client-authentication',
    signer,
    header: { alg: 'ES256' },
    claims: { iss: 'b', jti: { $jti: 'x' } },
    defect: null,
    last: true,
    ...change,
  }
}

function minter(signer: Signer, clock = jumpingClock()): Minter {
  return minterWith(new Map([['there', signer]]), CONTEXT, plainMinter(), clock)
}

describe('a key elsewhere', () => {
  test('signs its own assertions, of which the truth is as ever, and no others', async () => {
    const asked: string[] = []
    const both = minter(async (input) => {
      asked.push(input)
      return there(input)
    })
    const { text, truth } = await both.mint(source('there'), AT_US)
    await compactVerify(text, await importJWK(publicJwk(OTHER_ES256), 'ES256'))
    expect(truth).toMatchObject({ issuer: 'b', authentic: true, jti: `x${CONTEXT.runId}` })
    await both.mint(source('here'), AT_US)
    expect(asked).toHaveLength(1)
  })

  test('is not asked for what an attacker signs in its place', async () => {
    const both = minter(async () => {
      throw new Error('nobody home')
    })
    const defect = { kind: 'attacker-key', embed: 'none' }
    const { truth } = await both.mint(source('there', { defect }), AT_US)
    expect(truth.authentic).toBe(false)
  })

  test('that gives no signature is an error of its own kind', async () => {
    const both = minter(async () => {
      throw new Error('throttled')
    })
    await expect(both.mint(source('there'), AT_US)).rejects.toMatchObject({ code: 'ERR_SIGNER' })
  })

  test('is asked for eight signatures at once and no more; how long they took is told once', async () => {
    const clock = jumpingClock()
    let running = 0
    let most = 0
    const both = minter(async (input) => {
      most = Math.max(most, ++running)
      await clock.sleepUntil(clock.nowUs() + 20_000)
      running--
      if (input.endsWith('none')) throw new Error('no')
      return there(input)
    }, clock)
    await Promise.all(Array.from({ length: 30 }, () => both.mint(source('there'), AT_US)))
    expect(most).toBe(8)
    const told = Object.fromEntries(both.measured?.() ?? [])
    expect(told).toMatchObject({ 'signer/there/signatures': 30, 'signer/there/failed': 0 })
    expect(told['signer/there/latency-p50-ms']).toBeCloseTo(20, 0)
    expect(Object.fromEntries(both.measured?.() ?? [])['signer/there/signatures']).toBe(0)
  })
})
