/** What a target file has Cupel put between and beside those that it starts: proxies, and the keys of a client. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { TargetFile } from '../../../harness/model/target-file.ts'
import { seeded } from '../../../harness/random.ts'
import { targetOfFile } from '../../../targets/of-file.ts'
import { fileOf } from './a-file.ts'
import { testSite } from './system.ts'

const SEED = seeded('of-file')
const HERE = join(import.meta.dirname, 'target.yaml')

describe('a client that publishes its keys', () => {
  test('is registered by where they are, which is served, counted and changed', async () => {
    const file: TargetFile = fileOf({
      issuer: 'http://127.0.0.1:{as.port}',
      endpoints: { token: 'http://127.0.0.1:{as.port}/token' },
      clients: [
        {
          id: 'rotating',
          for: ['rotating'],
          key: { generate: 'ES256' },
          publishes: { next: { generate: 'ES256' } },
        },
      ],
      processes: {
        as: {
          command: ['node', 'server-fixture.mjs', '{port}', 'serves', '{clients}'],
          ready: { http: '/' },
        },
      },
    })
    const target = await targetOfFile(file, HERE, SEED)
    expect(target.facts.principals[0]?.keys).toMatchObject([
      { kid: 'rotating-key' },
      { kid: 'rotating-next-key', mark: 'next' },
    ])
    const site = { ...testSite(), folder: mkdtempSync(join(tmpdir(), 'cupel-')) }
    const session = await target.open(site)
    onTestFinished(() => session.close())
    const told: { clients: [Record<string, string>] } = JSON.parse(
      readFileSync(join(site.folder, 'clients.json'), 'utf8'),
    )
    expect(told.clients[0]).toEqual({
      client_id: 'rotating',
      jwks_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/rotating$/u),
      token_endpoint_auth_signing_alg: 'ES256',
    })
    const kids = async (): Promise<readonly string[]> => {
      const body: { keys: readonly Record<string, string>[] } = JSON.parse(
        await (await fetch(told.clients[0]['jwks_uri'] ?? '')).text(),
      )
      expect(body.keys.filter((key) => 'd' in key)).toEqual([])
      return body.keys.map(({ kid = '' }) => kid)
    }
    expect(await kids()).toEqual(['rotating-key'])
    const rotated = await session.controls.keys?.inflict('rotate', 'rotating', {})
    expect(await rotated?.confirm()).toMatchObject({ keys: 1 })
    expect(await kids()).toEqual(['rotating-next-key'])
    await rotated?.mend()
    expect(await kids()).toEqual(['rotating-key'])
    expect(await session.counters?.()).toEqual({ 'jwks-fetches': 3 })
  })
})

describe('an edge between two that Cupel starts', () => {
  test('is broken by the proxy that whoever asks is led to, and whole again', async () => {
    const file: TargetFile = fileOf({
      issuer: 'http://127.0.0.1:{as.port}',
      endpoints: { token: 'http://127.0.0.1:{as.port}/token' },
      processes: {
        store: { command: ['node', 'server-fixture.mjs', '{port}'], ready: { http: '/' } },
        as: {
          command: [
            'node',
            'server-fixture.mjs',
            '{port}',
            'asks',
            '{via.store.host}',
            '{via.store.port}',
          ],
          ready: { http: '/' },
        },
      },
      controls: { proxies: { 'node-1>store': { from: 'as', to: 'store' } } },
    })
    const site = testSite()
    const session = await (await targetOfFile(file, HERE, SEED)).open(site)
    onTestFinished(() => session.close())
    const wire = await session.connect('node-1', 'a')
    const asked = async (): Promise<string> => {
      const message = {
        method: 'GET',
        path: '/asked',
        headers: {},
        body: new Uint8Array(),
      } as const
      const { raw } = await wire.send({ ...message, heldBytes: 0 }, site.signal)
      return 'body' in raw ? new TextDecoder().decode(raw.body) : ''
    }
    const { link, store } = session.controls
    expect(store?.rung('outage', 'store')).toBe('tcp-proxy')
    expect(await asked()).toBe('answered')
    for (const [act, seen] of [
      ['cut', /ECONNRESET|hang up/u],
      ['black-hole', /too late/u],
    ] as const) {
      const broken = await link?.inflict(act, 'node-1>store', {})
      expect(await broken?.confirm()).toMatchObject({ reached: false })
      expect(await asked()).toMatch(seen)
      await broken?.mend()
      expect(await broken?.confirmMended()).toMatchObject({ reached: true })
      expect(await asked()).toBe('answered')
    }
    await wire.close()
    await session.close()
    expect([...site.booked.values()]).toEqual([])
  })
})
