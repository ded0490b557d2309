/** Whatever an HTTP/2 server does is a fact, and what it says of itself is no more than its word. */
import type { Http2Server, ServerHttp2Session } from 'node:http2'
import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { Wire } from '../../../harness/model/target.ts'
import { echo, http2Server, open, type Serve } from './http2-servers.ts'
import { causeOf, clock, never, post } from './servers.ts'

describe('what the server does is a fact', () => {
  const told = async (wire: Wire): Promise<unknown> => (await wire.send(post('a'), never)).raw

  test.each<[string, Serve]>([
    ['says nothing', () => {}],
    [
      'stops in the middle of a body',
      (stream) => {
        stream.respond({ ':status': 200 })
        stream.write('a')
      },
    ],
  ])('a server that %s is a time-out; the connection carries nothing new', async (_name, serve) => {
    await using server = await http2Server(serve)
    const wire = await open(server.origin, { limits: { answerMs: 80 } })
    expect(await told(wire)).toEqual({ cause: 'timeout' })
    expect(wire.usable()).toBe(false)
    expect(await told(wire)).toMatchObject({ cause: 'unsent' })
  })

  test('a time-out of one request is none of another on the same connection', async () => {
    let streams = 0
    await using server = await http2Server((stream) => {
      if (streams++ === 0) return
      void clock.sleepUntil(clock.nowUs() + 100_000).then(() => {
        stream.respond({ ':status': 200 })
        stream.end()
      })
    })
    const wire = await open(server.origin, { limits: { answerMs: 150 } })
    const first = wire.send(post('a'), never)
    await clock.sleepUntil(clock.nowUs() + 75_000)
    const second = wire.send(post('b'), never)
    expect([causeOf(await first), causeOf(await second)]).toEqual(['timeout', 'reply 200'])
  })

  test('a refused stream is a reset and not unsent: that it was not looked at is the server’s word alone', async () => {
    await using server = await http2Server((stream) => stream.close(7))
    const wire = await open(server.origin)
    expect(await told(wire)).toEqual({ cause: 'reset', detail: 'rst:REFUSED_STREAM' })
    expect(wire.usable()).toBe(true)
    await wire.close()
  })

  test('a stream reset after its first byte is cut short, however its connection was used before', async () => {
    await using server = await http2Server((stream) => {
      stream.respond({ ':status': 200 })
      stream.write('a')
      void clock.sleepUntil(clock.nowUs() + 20_000).then(() => stream.destroy(new Error('over')))
    })
    const wire = await open(server.origin)
    expect(await told(wire)).toEqual({ cause: 'reset', detail: 'cut-short' })
    expect(await told(wire)).toEqual({ cause: 'reset', detail: 'cut-short' })
    await wire.close()
  })

  test('a body shorter than its length is no answer', async () => {
    await using server = await http2Server((stream) => {
      stream.respond({ ':status': 200, 'content-length': '10' })
      stream.write('abc')
      void clock.sleepUntil(clock.nowUs() + 20_000).then(() => stream.close(0))
    })
    const wire = await open(server.origin)
    expect(await told(wire)).toEqual({ cause: 'reset', detail: 'cut-short' })
    await wire.close()
  })

  test('a server that goes away: what it did not look at is a stale connection, and nothing new is sent', async () => {
    let session: ServerHttp2Session | null = null
    let streams = 0
    await using server = await http2Server(
      (stream, headers) => {
        if (streams++ === 0) echo(stream, headers)
        // It says that the first stream was the last it took.
        else session?.goaway(0, 1)
      },
      (one) => (session = one),
    )
    const wire = await open(server.origin)
    expect(causeOf(await wire.send(post('a'), never))).toBe('reply 200')
    expect(await told(wire)).toEqual({ cause: 'stale-connection', detail: 'goaway' })
    expect(wire.usable()).toBe(false)
    expect(await told(wire)).toMatchObject({ cause: 'unsent', detail: 'closed' })
  })

  test('a connection that breaks is a reset on the first request, and stale on a later one', async () => {
    const sockets = new Set<Socket>()
    let streams = 0
    await using server = await http2Server((stream, headers) => {
      if (streams++ === 1) echo(stream, headers)
      else for (const socket of sockets) socket.resetAndDestroy()
    })
    ;(server.server as Http2Server).on('connection', (socket: Socket) => sockets.add(socket))
    const first = await open(server.origin)
    expect(await told(first)).toMatchObject({ cause: 'reset' })
    const second = await open(server.origin)
    expect(causeOf(await second.send(post('a'), never))).toBe('reply 200')
    expect(await told(second)).toMatchObject({ cause: 'stale-connection' })
    expect(second.usable()).toBe(false)
  })

  test.each<[string, Serve]>([
    [
      'body',
      (stream) => {
        stream.respond({ ':status': 200 })
        stream.end('x'.repeat(500))
      },
    ],
  ])('a %s over the limit is too large', async (_name, serve) => {
    await using server = await http2Server(serve)
    // Its head alone, by the count of RFC 9113 §6.5.2, has 107.
    const wire = await open(server.origin, { limits: { answerBytes: 200 } })
    expect(await told(wire)).toEqual({ cause: 'too-large', detail: 'body' })
    expect(wire.usable()).toBe(true)
    await wire.close()
  })

  test('a head of more than a thousand fields is no answer', async () => {
    await using server = await http2Server((stream) => {
      stream.respond({
        ':status': 200,
        ...Object.fromEntries(Array.from({ length: 1_500 }, (_, index) => [`x-${index}`, 'a'])),
      })
      stream.end()
    })
    const wire = await open(server.origin)
    const raw = await told(wire)
    expect(raw).toMatchObject({ cause: expect.stringMatching(/reset|too-large/u) })
    await wire.close()
  })

  test('the caller gives up by its signal: a time-out for each request in flight', async () => {
    await using server = await http2Server(() => {})
    const wire = await open(server.origin)
    const caller = new AbortController()
    const sent = [1, 2].map(() => wire.send(post('a'), caller.signal))
    await clock.sleepUntil(clock.nowUs() + 20_000)
    caller.abort()
    expect((await Promise.all(sent)).map(causeOf)).toEqual(['timeout', 'timeout'])
    expect(causeOf(await wire.send(post('a'), caller.signal))).toBe('unsent')
  })
})
