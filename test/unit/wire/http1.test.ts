/** The wire against real servers: its stamps never exclude the truth, and whatever the server does is a fact. */
import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { Clock, Message } from '../../../harness/model/target.ts'
import {
  causeOf,
  clock,
  httpServer,
  never,
  open,
  openWire,
  post,
  replyOf,
  tcpServer,
} from './servers.ts'

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'

describe('send', () => {
  test('begins before the server sees the first byte, and is answered after the server wrote', async () => {
    const seen = { firstUs: 0, lastUs: 0, wroteUs: 0 }
    await using server = await tcpServer((socket) =>
      socket.on('data', (chunk) => {
        seen.firstUs ||= clock.nowUs()
        if (!chunk.toString().endsWith('tail')) return
        seen.lastUs = clock.nowUs()
        seen.wroteUs = clock.nowUs()
        socket.write(ANSWER)
      }),
    )
    const wire = await openWire(server.origin)
    const exchange = await wire.send(post('a=1&b=tail'), never)
    expect(exchange.begunUs).toBeLessThanOrEqual(seen.firstUs)
    expect(exchange.releasedUs).toBeLessThanOrEqual(seen.lastUs)
    expect(exchange.answeredUs).toBeGreaterThanOrEqual(seen.wroteUs)
    expect(exchange).toMatchObject({ reused: false })
    expect(replyOf(exchange)).toMatchObject({ status: 200, headers: { 'content-length': '2' } })
    await wire.close()
  })

  test('is answered by the final response, not by an interim one', async () => {
    let finalUs = 0
    await using server = await httpServer((request, response) => {
      response.writeEarlyHints({ link: '</a>; rel=preload' })
      request.resume().on('end', () => {
        void clock.sleepUntil(clock.nowUs() + 30_000).then(() => {
          finalUs = clock.nowUs()
          response.end('ok')
        })
      })
    })
    const wire = await openWire(server.origin)
    const exchange = await wire.send(post('a=1'), never)
    expect(replyOf(exchange).status).toBe(200)
    expect(exchange.answeredUs).toBeGreaterThanOrEqual(finalUs)
    await wire.close()
  })

  test('calls the server what the message calls it, and else what the target file does', async () => {
    await using server = await httpServer((request, response) =>
      request.resume().on('end', () => response.end(request.headers.host)),
    )
    const wire = await open(server.origin, { way: { host: 'as.example' } })
    const called = async (message: Message): Promise<string> =>
      Buffer.from(replyOf(await wire.send(message, never)).body).toString()
    expect(await called({ ...post('a'), host: 'else.example' })).toBe('else.example')
    expect(await called(post('a'))).toBe('as.example')
    const held = await wire.hold({ ...post('abc', 1), host: 'else.example' }, never)
    const { body } = replyOf(await held.release())
    expect(Buffer.from(body).toString()).toBe('else.example')
    await wire.close()
  })

  test('sends the message as it is, and gives names in lower case and repeated fields as one', async () => {
    let got = ''
    await using server = await httpServer((request, response) => {
      request.on('data', (chunk) => (got += String(chunk)))
      request.on('end', () => {
        response.setHeader('X-Two', ['a', 'b'])
        response.setHeader('Set-Cookie', ['c=1', 'd=2'])
        response.end(JSON.stringify([request.method, request.url, request.headers['content-type']]))
      })
    })
    const wire = await openWire(server.origin)
    const { headers, body } = replyOf(await wire.send(post('x=%20y'), never))
    expect(got).toBe('x=%20y')
    expect(JSON.parse(Buffer.from(body).toString())).toEqual([
      'POST',
      '/token',
      'application/x-www-form-urlencoded',
    ])
    expect(headers).toMatchObject({ 'x-two': 'a, b', 'set-cookie': 'c=1, d=2' })
    const second = await wire.send(
      { ...post(''), method: 'GET', path: '/other?q=1', headers: {} },
      never,
    )
    expect(Buffer.from(replyOf(second).body).toString()).toBe('["GET","/other?q=1",null]')
    expect(second.reused).toBe(true)
    await wire.close()
  })

  test('rejects for a message that nobody could send', async () => {
    await using server = await tcpServer(() => {})
    const wire = await openWire(server.origin)
    const sent = wire.send({ ...post('a'), headers: { 'x-bad': 'a\r\nb' } }, never)
    await expect(sent).rejects.toThrow(/header/u)
    await wire.close()
  })
})

describe('what the server does is a fact', () => {
  test.each([
    ['says nothing', (): string => ''],
    [
      'stops in the middle of a body',
      (): string => 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nok',
    ],
    ['stops in the middle of a header', (): string => 'HTTP/1.1 200 OK\r\ncontent-'],
  ])('a server that %s is a time-out, and the connection is gone', async (_name, answer) => {
    await using server = await tcpServer((socket) =>
      socket.on('data', () => socket.write(answer())),
    )
    const wire = await openWire(server.origin, { answerMs: 80 })
    const exchange = await wire.send(post('a'), never)
    expect(exchange).toMatchObject({ answeredUs: null, raw: { cause: 'timeout' } })
    expect(wire.usable()).toBe(false)
  })

  test('a server that trickles its answer is held to the same limit in all', async () => {
    const trickle = async (socket: Socket): Promise<void> => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 60000\r\n\r\n')
      while (!socket.destroyed) {
        socket.write('.')
        await clock.sleepUntil(clock.nowUs() + 10_000)
      }
    }
    await using server = await tcpServer((socket) =>
      socket.once('data', () => void trickle(socket)),
    )
    const wire = await openWire(server.origin, { answerMs: 100 })
    expect(causeOf(await wire.send(post('a'), never))).toBe('timeout')
  })

  test('the caller gives up by its signal: a time-out', async () => {
    await using server = await tcpServer(() => {})
    const wire = await openWire(server.origin)
    const caller = new AbortController()
    const exchange = wire.send(post('a'), caller.signal)
    await clock.sleepUntil(clock.nowUs() + 20_000)
    caller.abort()
    expect(causeOf(await exchange)).toBe('timeout')
    expect(wire.usable()).toBe(false)
  })

  test('a signal that aborted before: unsent', async () => {
    await using server = await tcpServer(() => {})
    const wire = await openWire(server.origin)
    expect(causeOf(await wire.send(post('a'), AbortSignal.abort()))).toBe('unsent')
  })

  test.each([
    ['resets', 'resetAndDestroy' as const],
    ['closes', 'end' as const],
  ])(
    'a server that %s on the first request is a reset, on a later one a stale connection',
    async (_name, how) => {
      await using first = await tcpServer((socket) => socket.on('data', () => socket[how]()))
      const fresh = await openWire(first.origin)
      expect(causeOf(await fresh.send(post('a'), never))).toBe('reset')
      expect(fresh.usable()).toBe(false)
      await using second = await tcpServer((socket) => {
        let requests = 0
        socket.on('data', () => (requests++ === 0 ? socket.write(ANSWER) : socket[how]()))
      })
      const wire = await openWire(second.origin)
      expect(causeOf(await wire.send(post('a'), never))).toBe('reply 200')
      const again = await wire.send(post('a'), never)
      expect(again).toMatchObject({
        reused: true,
        answeredUs: null,
        raw: { cause: 'stale-connection' },
      })
      expect(wire.usable()).toBe(false)
    },
  )

  test('a reset after the first byte of an answer is no stale connection', async () => {
    await using server = await tcpServer((socket) => {
      let requests = 0
      socket.on('data', () => {
        if (requests++ === 0) return socket.write(ANSWER)
        return socket.end('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nok')
      })
    })
    const wire = await openWire(server.origin)
    await wire.send(post('a'), never)
    expect(causeOf(await wire.send(post('a'), never))).toBe('reset')
  })

  test.each([
    ['no HTTP at all', 'garbage\r\n\r\n'],
    ['an impossible status line', 'HTTP/1.1 2x0 OK\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
    ['a broken chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
  ])('%s is a reset, on a connection used before as well', async (_name, answer) => {
    await using server = await tcpServer((socket) => {
      let requests = 0
      socket.on('data', () => socket.write(requests++ === 0 ? ANSWER : answer))
    })
    const wire = await openWire(server.origin)
    await wire.send(post('a'), never)
    expect(causeOf(await wire.send(post('a'), never))).toBe('reset')
    expect(wire.usable()).toBe(false)
  })

  test.each([
    ['body', `HTTP/1.1 200 OK\r\ncontent-length: 200\r\n\r\n${'x'.repeat(200)}`],
    ['body without a length', `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(200)}`],
    ['header', `HTTP/1.1 200 OK\r\nx-long: ${'x'.repeat(200)}\r\n\r\n`],
  ])('a %s over the limit is too large, and the connection is gone', async (_name, answer) => {
    await using server = await tcpServer((socket) => socket.on('data', () => socket.write(answer)))
    const wire = await openWire(server.origin, { answerBytes: 100 })
    expect(causeOf(await wire.send(post('a'), never))).toBe('too-large')
    expect(wire.usable()).toBe(false)
  })

  test('a connection that the server closed before its first use is not used: nothing is sent', async () => {
    await using server = await tcpServer((socket) => socket.end())
    const wire = await openWire(server.origin)
    while (wire.usable()) await clock.sleepUntil(clock.nowUs() + 1000)
    expect(causeOf(await wire.send(post('a'), never))).toBe('unsent')
  })
})

describe('usable', () => {
  const answers = (keepAlive: string) => `HTTP/1.1 200 OK\r\ncontent-length: 0\r\n${keepAlive}\r\n`

  test.each([
    ['a second where nothing is advertised', '', 1_000_000],
    [
      'half of what is advertised',
      'connection: keep-alive\r\nkeep-alive: timeout=5\r\n',
      2_500_000,
    ],
    [
      'half of a short one',
      'connection: keep-alive\r\nkeep-alive: timeout=1, max=100\r\n',
      500_000,
    ],
  ])('lasts for %s', async (_name, keepAlive, limitUs) => {
    await using server = await tcpServer((socket) =>
      socket.on('data', () => socket.write(answers(keepAlive))),
    )
    let nowUs = 1_000_000
    const still: Clock = { nowUs: () => nowUs, sleepUntil: async () => {} }
    const wire = await open(server.origin, { by: still })
    nowUs += 1_000_000
    expect(wire.usable()).toBe(true)
    nowUs += 1
    expect(wire.usable()).toBe(false)
    await wire.send(post('a'), never)
    nowUs += limitUs
    expect(wire.usable()).toBe(true)
    nowUs += 1
    expect(wire.usable()).toBe(false)
    await wire.close()
  })

  test.each(['connection: close', 'keep-alive: timeout=0'])('ends with %s', async (header) => {
    await using server = await tcpServer((socket) =>
      socket.on('data', () => socket.write(answers(`${header}\r\n`))),
    )
    const wire = await openWire(server.origin)
    expect(causeOf(await wire.send(post('a'), never))).toBe('reply 200')
    await clock.sleepUntil(clock.nowUs() + 1000)
    expect(wire.usable()).toBe(false)
  })
})

test('connecting to nobody is an error that names the address and what to do', async () => {
  const server = await tcpServer(() => {})
  const { origin } = server
  await server[Symbol.asyncDispose]()
  await expect(openWire(origin)).rejects.toMatchObject({
    code: 'ERR_TARGET_UNREACHABLE',
    message: `nobody answers at ${origin.host}: ECONNREFUSED`,
    hint: expect.stringContaining('start the target'),
  })
})
