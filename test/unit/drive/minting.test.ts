import { Worker } from 'node:worker_threads'
import { compactVerify, importJWK } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { minterOver, truthMinter, workerMinter } from '../../../harness/drive/minting.ts'
import type { Minter } from '../../../harness/drive/minting.ts'
import { publicJwk, seededKey } from '../../../harness/jwt/keys.ts'
import { truthOf } from '../../../harness/jwt/mint.ts'
import type { MintContext, MintedSource } from '../../../harness/jwt/mint.ts'
import { seeded } from '../../../harness/random.ts'

const AT_US = 1_700_000_000_000_000
const KEY = seededKey('ES256', 'client-1-key', seeded('minting'))
const CONTEXT: MintContext = {
  keys: { one: KEY },
  owners: { one: 'client-1' },
  runId: 'ABCDEFGHIJKLMNOPQRSTUV',
}

describe.each([1, 3])('%i minting threads', (threads) => {
  let minter: Minter
  beforeAll(() => {
    minter = workerMinter(CONTEXT, threads)
  })
  afterAll(() => minter.close())

  test('say how much they still have to do', async () => {
    await minter.ready
    const asked = Array.from({ length: 30 }, (_, i) => minter.mint(sourceOf(`${i}`), AT_US))
    expect(minter.backlog).toBe(30)
    await Promise.all(asked)
    expect(minter.backlog).toBe(0)
  })

  test('gives 200 callers at once each its own assertion', async () => {
    const verifying = await importJWK(publicJwk(KEY), 'ES256')
    const names = Array.from({ length: 200 }, (_, i) => `${i}-`)
    const minted = await Promise.all(names.map((name) => minter.mint(sourceOf(name), AT_US)))
    expect(minted.map(({ truth }) => truth.jti)).toEqual(names.map((name) => name + CONTEXT.runId))
    expect(new Set(minted.map(({ text }) => text)).size).toBe(200)
    for (const { text, truth } of minted) {
      const { payload } = await compactVerify(text, verifying)
      expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject({ jti: truth.jti })
    }
  })

  test('gives each its own though texts among them hold line breaks', async () => {
    const broken = (name: string): MintedSource => ({
      ...sourceOf(name),
      defect: { kind: 'surrounded', before: '\n', after: '\r\n\n' },
    })
    const names = Array.from({ length: 30 }, (_, i) => `${i}-`)
    const minted = await Promise.all(
      names.map((name, i) => minter.mint(i % 3 === 1 ? broken(name) : sourceOf(name), AT_US)),
    )
    const jtis = minted.map(({ text }) => {
      const [, payload = ''] = text.trim().split('.')
      return JSON.parse(Buffer.from(payload, 'base64url').toString()).jti
    })
    expect(jtis).toEqual(names.map((name) => name + CONTEXT.runId))
    expect(minted[1]?.text.startsWith('\n')).toBe(true)
  })

  test('rejects a bad source alone', async () => {
    const bad = { ...sourceOf('bad'), defect: { kind: 'no-such' } }
    const settled = await Promise.allSettled([
      minter.mint(sourceOf('before'), AT_US),
      minter.mint(bad, AT_US),
      minter.mint(sourceOf('after'), AT_US),
    ])
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(settled[1]).toMatchObject({ reason: expect.any(RangeError) })
  })

  test('rejects what cannot be sent to a thread alone', async () => {
    const unsendable: MintedSource = Object.assign(sourceOf('bad'), { note: 1n })
    const settled = await Promise.allSettled([
      minter.mint(unsendable, AT_US),
      minter.mint(sourceOf('good'), AT_US),
    ])
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
  })
})

describe('a minting thread that is gone', () => {
  test('rejects what was not yet minted, and all that is asked later', async () => {
    const minter = workerMinter(CONTEXT)
    const before = Promise.allSettled([1, 2, 3].map((i) => minter.mint(sourceOf(`${i}`), AT_US)))
    await minter.close()
    expect((await before).map(({ status }) => status)).toEqual(Array(3).fill('rejected'))
    await expect(minter.mint(sourceOf('late'), AT_US)).rejects.toMatchObject({
      code: 'ERR_INTERNAL',
    })
    await minter.close()
  })

  test.each([
    ['by an error', 'throw new Error("out of order")', 'the minting thread died'],
    ['by leaving', 'process.exit(3)', 'the minting thread ended'],
  ])('rejects everybody when it dies %s', async (_, act, message) => {
    const script = `const { parentPort } = require('node:worker_threads')
      parentPort.postMessage({ texts: '[]', refused: [] })
      parentPort.on('message', () => { ${act} })`
    const minter = minterOver(CONTEXT, [new Worker(script, { eval: true })])
    const asked = [1, 2, 3].map((i) => minter.mint(sourceOf(`${i}`), AT_US))
    for (const each of await Promise.allSettled(asked)) {
      expect(each).toMatchObject({ status: 'rejected', reason: { code: 'ERR_INTERNAL', message } })
    }
    await expect(minter.mint(sourceOf('late'), AT_US)).rejects.toThrow(message)
    await minter.close()
  })
})

test('a thread that gives another number of texts than were asked for gives nobody one', async () => {
  const script = `const { parentPort } = require('node:worker_threads')
    parentPort.postMessage({ texts: '[]', refused: [] })
    parentPort.on('message', () => parentPort.postMessage({ texts: '["a.b.c"]', refused: [] }))`
  const minter = minterOver(CONTEXT, [new Worker(script, { eval: true })])
  await minter.ready
  const asked = ['1', '2'].map((name) => minter.mint(sourceOf(name), AT_US))
  for (const each of await Promise.allSettled(asked)) {
    expect(each).toMatchObject({ status: 'rejected', reason: { code: 'ERR_INTERNAL' } })
  }
  await minter.close()
})

describe('the minter of bare truth', () => {
  test('gives the truth as text and signs nothing', async () => {
    const minter = truthMinter(CONTEXT)
    const { text, truth } = await minter.mint(sourceOf('a'), AT_US)
    expect(truth).toEqual(truthOf(sourceOf('a'), AT_US, CONTEXT))
    const { signer, header } = sourceOf('a')
    const { kid = null } = Object(header)
    expect(JSON.parse(text)).toEqual({ ...truth, signed: { kid, key: signer } })
    await minter.close()
  })

  test('rejects a bad source and does not throw', async () => {
    const bad = { ...sourceOf('a'), signer: 'nobody' }
    await expect(truthMinter(CONTEXT).mint(bad, AT_US)).rejects.toThrow(RangeError)
  })
})

function sourceOf(name: string): MintedSource {
  return {
    kind: 'minted',
    usage: 'client-authentication',
    signer: 'one',
    header: { alg: 'ES256', kid: 'client-1-key' },
    claims: { iss: 'client-1', exp: { $now: 60 }, jti: { $jti: name } },
    defect: null,
    last: true,
  }
}
