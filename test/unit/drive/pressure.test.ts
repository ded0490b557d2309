/** Over real sockets: what autocannon does with what it is handed is the point. */
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { machineClock } from '../../../harness/clock.ts'
import { ISSUED } from '../../../harness/drive/filled.ts'
import { isPressable, openLoad, type LoadOptions } from '../../../harness/drive/pressure.ts'
import { listenOnLoopback } from '../../../targets/levers/listen.ts'
import { plainMinter, step } from './world.ts'

const clock = machineClock()
const bodies: string[] = []
let open = 0
let server: Server
let origin: URL

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => void (body += chunk))
    request.on('end', () => {
      bodies.push(`${request.method} ${request.url} ${body}`)
      response.end('{}')
    })
  })
  server.on('connection', (socket) => {
    open += 1
    socket.on('close', () => void (open -= 1))
  })
  origin = new URL(`http://127.0.0.1:${await listenOnLoopback(server)}`)
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

/** Mints the identifier itself, so that bodies can be told apart. */
function optionsFor(at: URL): LoadOptions {
  const template = step('pressure', 0, {
    parts: {
      client_assertion: {
        kind: 'minted',
        usage: 'client-authentication',
        signer: 'key',
        header: {},
        claims: { jti: { $jti: 'burst-' } },
        defect: null,
        last: true,
      },
    },
  })
  return {
    template,
    session: { origins: new Map([['node-1', at]]) },
    target: {
      present: (_step, made) => ({
        method: 'POST',
        path: '/token',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: Buffer.from(made['client_assertion'] ?? ''),
        heldBytes: 0,
      }),
    },
    minter: {
      ...plainMinter(),
      mint: async ({ claims }) => ({ text: JSON.stringify(claims), truth: ISSUED }),
    },
    clock,
  }
}
async function until(done: () => boolean): Promise<void> {
  while (!done()) await clock.sleepUntil(clock.nowUs() + 10_000)
}

/** Ten times as long as autocannon takes to look whether it is to end. */
function settled(): Promise<void> {
  return clock.sleepUntil(clock.nowUs() + 500_000)
}

describe('load', () => {
  test('is every request once and none twice, by two windows of one round, and then nothing', async () => {
    const load = openLoad(optionsFor(origin))
    // Nine over four connections do not divide evenly.
    for (const most of [9, 4]) {
      const before = bodies.length
      const running = await load.start('node-1', { perSecond: 10_000, connections: 4, most })
      await until(() => running.counts().answered >= most)
      await running.stop()
      expect(running.counts()).toEqual({ answered: most, errors: 0 })
      expect(bodies.length - before).toBe(most)
    }
    expect(new Set(bodies)).toEqual(
      new Set(
        Array.from({ length: 13 }, (_, index) => `POST /token {"jti":{"$jti":"burst-${index}-"}}`),
      ),
    )
    await until(() => open === 0)
  })

  test('is minted in batches, and all of it is minted', async () => {
    const running = await openLoad(optionsFor(origin)).start('node-1', {
      perSecond: 10_000,
      connections: 4,
      most: 70,
    })
    await until(() => running.counts().answered >= 70)
    await running.stop()
    expect(new Set(bodies.slice(-70)).size).toBe(70)
  })

  test('ends when it is stopped, however much is left', async () => {
    const running = await openLoad(optionsFor(origin)).start('node-1', {
      perSecond: 10,
      connections: 2,
      most: 500,
    })
    await until(() => running.counts().answered > 0)
    await running.stop()
    const { answered } = running.counts()
    expect(answered).toBeLessThan(500)
    await until(() => open === 0)
    expect(running.counts().answered).toBe(answered)
  })

  test('gives up on a port that refuses, instead of trying for ever', async () => {
    const closed = createServer()
    const port = await listenOnLoopback(closed)
    await new Promise((resolve) => closed.close(resolve))
    const running = await openLoad(optionsFor(new URL(`http://127.0.0.1:${port}`))).start(
      'node-1',
      {
        perSecond: 100,
        connections: 2,
        most: 100,
      },
    )
    await until(() => running.counts().errors >= 20)
    await settled()
    const { errors } = running.counts()
    await settled()
    expect(running.counts().errors).toBe(errors)
    await running.stop()
    expect(running.counts().answered).toBe(0)
  })

  test('cannot be put on a node that nobody knows', async () => {
    await expect(
      openLoad(optionsFor(origin)).start('node-9', { perSecond: 1, connections: 1, most: 1 }),
    ).rejects.toThrow('node-9')
  })
})

describe('a target may be pressed', () => {
  const at = (...urls: string[]) => ({
    origins: new Map(urls.map((url, index) => [`node-${index}`, new URL(url)])),
  })
  test.each([
    ['on this machine, without TLS', at('http://127.0.0.1:1', 'http://localhost:2'), null, true],
    ['by its address in IPv6', at('http://[::1]:1'), null, true],
    ['never over TLS', at('https://127.0.0.1:1'), null, false],
    ['never on another machine', at('http://127.0.0.1:1', 'http://as.example'), null, false],
    ['never where a limit is set', at('http://127.0.0.1:1'), 50, false],
    ['never where it has no address', {}, null, false],
  ])('%s', (_name, session, limit, expected) => {
    expect(isPressable(session, limit)).toBe(expected)
  })
})
