/** Servers that do what no server should: what comes of it is a fact, and never the answer to another request. */
import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { idle } from '../../../harness/clock.ts'
import type { Wire } from '../../../harness/model/target.ts'
import { causeOf, clock, never, openWire, post, replyOf, tcpServer } from './servers.ts'

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'

/** Answers each request as told by its number. */
function answering(act: (socket: Socket, request: number) => unknown) {
  return tcpServer((socket) => {
    let requests = 0
    socket.on('data', () => void act(socket, requests++))
  })
}

/** And goes on once it left, in another turn: where somebody else reads as fast, this thread would do nothing else. */
function writeOn(socket: Socket, text: string, then: () => void): void {
  socket.write(text, () => void idle().then(then))
}

const raw = async (wire: Wire): Promise<unknown> => (await wire.send(post('a'), never)).raw

describe('a connection is used no more', () => {
  test.each([
    ['answers twice at once', (socket: Socket) => socket.write(OK + OK)],
    ['says more than its length', (socket: Socket) => socket.write(`${OK}!`)],
    [
      'closes as it answers',
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nok'),
    ],
    [
      'speaks HTTP/1.0',
      (socket: Socket) => socket.write('HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nok'),
    ],
  ])('after a server that %s; the answer stands', async (_name, act) => {
    await using server = await answering(act)
    const wire = await openWire(server.origin)
    const exchange = await wire.send(post('a'), never)
    expect(Buffer.from(replyOf(exchange).body).toString()).toBe('ok')
    expect(wire.usable()).toBe(false)
    expect(await raw(wire)).toEqual({ cause: 'unsent', detail: 'closed' })
  })

  test('after a server that speaks without being asked', async () => {
    await using server = await answering((socket) => {
      socket.write(OK)
      void clock.sleepUntil(clock.nowUs() + 20_000).then(() => socket.write(OK))
    })
    const wire = await openWire(server.origin)
    expect(causeOf(await wire.send(post('a'), never))).toBe('reply 200')
    expect(wire.usable()).toBe(true)
    await clock.sleepUntil(clock.nowUs() + 60_000)
    expect(wire.usable()).toBe(false)
  })

  test('after a server that closed its own side, with or without an answer', async () => {
    await using server = await tcpServer((socket) => socket.end())
    const wire = await openWire(server.origin)
    while (wire.usable()) await clock.sleepUntil(clock.nowUs() + 1_000)
    expect(await raw(wire)).toEqual({ cause: 'unsent', detail: 'closed' })
  })
})

describe('why there is no answer is told apart', () => {
  test.each([
    ['closed', (socket: Socket) => socket.end()],
    ['ECONNRESET', (socket: Socket) => socket.resetAndDestroy()],
    ['cut-short', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nok')],
    [
      'chunk-size',
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n-1'),
    ],
    ['status-line', (socket: Socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n')],
    [
      'switching-protocols',
      (socket: Socket) => socket.write('HTTP/1.1 101 X\r\nupgrade: h2c\r\n\r\n'),
    ],
  ])('%s', async (detail, act) => {
    await using server = await answering(act)
    const wire = await openWire(server.origin)
    const seen = await raw(wire)
    // What is cut off in the middle of a chunk's size may be either.
    expect(seen).toEqual({
      cause: 'reset',
      detail: detail === 'chunk-size' ? expect.stringMatching(/chunk-size|cut-short/u) : detail,
    })
    expect(wire.usable()).toBe(false)
  })

  test('a server that heard a request before and then went without a word may have taken it', async () => {
    await using server = await answering((socket, request) =>
      request === 0 ? socket.write(OK) : socket.resetAndDestroy(),
    )
    const wire = await openWire(server.origin)
    expect(causeOf(await wire.send(post('a'), never))).toBe('reply 200')
    expect(await raw(wire)).toEqual({ cause: 'stale-connection', detail: 'ECONNRESET' })
  })

  test('one that said something interim first is not stale', async () => {
    await using server = await answering((socket, request) =>
      request === 0 ? socket.write(OK) : socket.end('HTTP/1.1 102 Processing\r\n\r\n'),
    )
    const wire = await openWire(server.origin)
    await wire.send(post('a'), never)
    expect(await raw(wire)).toEqual({ cause: 'reset', detail: 'cut-short' })
  })
})

describe('nothing grows', () => {
  test('interim answers without end are held to the limit of an answer', async () => {
    await using server = await answering((socket) => {
      const flood = (): void => {
        if (!socket.destroyed) writeOn(socket, 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(100), flood)
      }
      flood()
    })
    const wire = await openWire(server.origin, { answerMs: 20_000 })
    expect(await raw(wire)).toEqual({ cause: 'too-large', detail: 'header' })
  })

  test('100 MB are not taken, and not waited for', async () => {
    let wrote = 0
    await using server = await answering((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      const more = (): void => {
        wrote += 65_536
        if (!socket.destroyed && wrote < 100e6) writeOn(socket, 'x'.repeat(65_536), more)
      }
      more()
    })
    const wire = await openWire(server.origin, { answerMs: 20_000 })
    expect(await raw(wire)).toEqual({ cause: 'too-large', detail: 'body' })
    expect(wrote).toBeLessThan(50e6)
  })

  test('a compressed answer is left as it is: a thousand times its size is never made of it', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000))
    await using server = await answering((socket) => {
      const head = `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n\r\n`
      socket.write(Buffer.concat([Buffer.from(head), bomb]))
    })
    const wire = await openWire(server.origin)
    const { headers, body } = replyOf(await wire.send(post('a'), never))
    expect([headers['content-encoding'], body.byteLength]).toEqual(['gzip', bomb.length])
    await wire.close()
  })
})

test('a redirect is an answer, and is not followed', async () => {
  let requests = 0
  await using server = await answering((socket) => {
    requests++
    socket.write(
      'HTTP/1.1 307 Elsewhere\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n',
    )
  })
  const wire = await openWire(server.origin)
  expect(causeOf(await wire.send(post('a'), never))).toBe('reply 307')
  expect(requests).toBe(1)
  await wire.close()
})

test('an answer that comes while the request is still being written stands, and ends the connection', async () => {
  await using server = await tcpServer((socket) => {
    socket.pause()
    socket.write('HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n')
  })
  const wire = await openWire(server.origin)
  const exchange = await wire.send(post('x'.repeat(16 * 1024 * 1024)), never)
  expect(causeOf(exchange)).toMatch(/reply 413|unsent/u)
  await wire.close()
})
