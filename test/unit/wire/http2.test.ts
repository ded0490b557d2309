/** The HTTP/2 wire against real servers: many requests on one connection, each with its own stamps. */
import { once } from 'node:events'
import { createSecureServer } from 'node:http2'
import { createServer as createHttps } from 'node:https'
import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { certificate } from './certificates.ts'
import { echo, http2Server, listening, open, tap } from './http2-servers.ts'
import { causeOf, clock, never, post, replyOf, running, tcpServer } from './servers.ts'

describe('send', () => {
  test('begins before the server sees the request, and is answered after the server wrote', async () => {
    const seen = { firstUs: 0, wroteUs: 0 }
    await using server = await http2Server((stream) => {
      seen.firstUs = clock.nowUs()
      stream.resume().on('end', () => {
        seen.wroteUs = clock.nowUs()
        stream.respond({ ':status': 200 })
        stream.end('ok')
      })
    })
    const wire = await open(server.origin)
    const exchange = await wire.send(post('a=1'), never)
    expect(exchange.begunUs).toBeLessThanOrEqual(exchange.releasedUs)
    expect(exchange.releasedUs).toBeLessThanOrEqual(seen.firstUs)
    expect(exchange.answeredUs).toBeGreaterThanOrEqual(seen.wroteUs)
    expect(exchange).toMatchObject({ reused: false })
    expect((await wire.send(post('a=2'), never)).reused).toBe(true)
    await wire.close()
  })

  test('sends the message as it is, and gives repeated fields as one', async () => {
    let asked: Readonly<Record<string, unknown>> = {}
    await using server = await http2Server((stream, headers) => {
      asked = headers
      echo(stream, headers)
    })
    const wire = await open(server.origin, { way: { host: 'as.example:8443' } })
    const { headers, body } = replyOf(await wire.send(post('x=%20y'), never))
    expect(Buffer.from(body).toString()).toBe('x=%20y')
    expect(headers).toMatchObject({ 'x-two': 'a, b' })
    expect(asked).toMatchObject({
      ':method': 'POST',
      ':path': '/token',
      ':authority': 'as.example:8443',
      'content-length': '6',
    })
    await wire.send({ ...post('a'), host: 'else.example' }, never)
    expect(asked[':authority']).toBe('else.example')
    await wire.close()
  })

  test('is answered by the final response, not by an interim one', async () => {
    let finalUs = 0
    await using server = await http2Server((stream) => {
      stream.additionalHeaders({ ':status': 103, link: '</a>' })
      void clock.sleepUntil(clock.nowUs() + 30_000).then(() => {
        finalUs = clock.nowUs()
        stream.respond({ ':status': 200 })
        stream.end('ok')
      })
    })
    const wire = await open(server.origin)
    const exchange = await wire.send(post('a'), never)
    expect(causeOf(exchange)).toBe('reply 200')
    expect(exchange.answeredUs).toBeGreaterThanOrEqual(finalUs)
    await wire.close()
  })

  test('many at once share the connection, up to what the server allows', async () => {
    let most = 0
    let under = 0
    await using server = await http2Server((stream) => {
      most = Math.max(most, ++under)
      stream.resume().on('end', () => {
        void clock.sleepUntil(clock.nowUs() + 50_000).then(() => {
          under--
          stream.respond({ ':status': 200 })
          stream.end()
        })
      })
    })
    const wire = await open(server.origin)
    expect(wire.carries).toBe(40)
    const sent = Array.from({ length: 40 }, (_, index) => wire.send(post(`a=${index}`), never))
    expect(wire.usable()).toBe(false)
    expect(new Set((await Promise.all(sent)).map(causeOf))).toEqual(new Set(['reply 200']))
    expect([most, wire.usable()]).toEqual([40, true])
    await wire.close()
  })

  test('rejects for a message that nobody could send', async () => {
    await using server = await http2Server(echo)
    const wire = await open(server.origin)
    const sent = wire.send({ ...post('a'), headers: { 'x-bad': 'a\r\nb' } }, never)
    await expect(sent).rejects.toThrow(/header/iu)
    await wire.close()
  })
})

describe('hold', () => {
  test('has the requests of a race at the server but for their last frames, which then leave in one write', async () => {
    const heads: string[] = []
    const completeUs: number[] = []
    const arrived = Promise.withResolvers<void>()
    await using server = await http2Server((stream) => {
      stream.once('data', (chunk) => {
        heads.push(String(chunk))
        if (heads.length === 30) arrived.resolve()
      })
      stream.on('end', () => {
        completeUs.push(clock.nowUs())
        stream.respond({ ':status': 200 })
        stream.end('ok')
      })
    })
    const writes: number[] = []
    await using counting = await tap(server.origin, (bytes) => writes.push(bytes))
    const wire = await open(counting.origin)
    const held = await Promise.all(
      Array.from({ length: 30 }, () => wire.hold(post('assertion=head.tail', 4), never)),
    )
    await arrived.promise
    expect(new Set(heads)).toEqual(new Set(['assertion=head.']))
    await clock.sleepUntil(clock.nowUs() + 50_000)
    expect(completeUs).toEqual([])
    writes.length = 0
    const exchanges = await Promise.all(held.map((each) => each.release()))
    expect(new Set(exchanges.map(causeOf))).toEqual(new Set(['reply 200']))
    // 30 frames of 9 + 4 bytes; what follows are acknowledgements.
    expect(writes[0]).toBeGreaterThanOrEqual(30 * 13)
    const releasedUs = exchanges.map((each) => each.releasedUs)
    expect(Math.max(...releasedUs)).toBeLessThanOrEqual(Math.min(...completeUs))
    expect(exchanges.every(({ begunUs }, index) => begunUs < (releasedUs[index] ?? 0))).toBe(true)
    await wire.close()
  })

  test('keeps an answer that came before the release, which its stamps show', async () => {
    await using server = await http2Server((stream) => {
      stream.respond({ ':status': 400 })
      stream.end('early')
    })
    const wire = await open(server.origin)
    const held = await wire.hold(post('assertion=x', 1), never)
    await clock.sleepUntil(clock.nowUs() + 50_000)
    const exchange = await held.release()
    expect(replyOf(exchange).status).toBe(400)
    expect(exchange.answeredUs).toBeLessThan(exchange.releasedUs)
    await wire.close()
  })

  test('writes nothing ahead where the body has no tail to hold', async () => {
    let requests = 0
    await using server = await http2Server((stream) => {
      requests++
      stream.respond({ ':status': 200 })
      stream.end()
    })
    const wire = await open(server.origin)
    const held = await wire.hold({ ...post(''), method: 'GET' }, never)
    await clock.sleepUntil(clock.nowUs() + 20_000)
    expect(requests).toBe(0)
    expect(causeOf(await held.release())).toBe('reply 200')
    await wire.close()
  })
})

describe('connecting', () => {
  const pem = certificate()

  test('over TLS offers nothing but HTTP/2', async () => {
    const secure = createSecureServer({ ...pem, allowHTTP1: true })
    await using server = await listening(secure, 'https', echo)
    const wire = await open(server.origin, { tls: { verify: true, ca: pem.cert } })
    expect(causeOf(await wire.send(post('a'), never))).toBe('reply 200')
    await wire.close()
  })

  test('to a server that speaks another version says so and what to do', async () => {
    const other = createHttps({ ...pem, ALPNProtocols: ['http/1.1'] })
    other.listen(0, '127.0.0.1')
    await once(other, 'listening')
    await using server = running(other, 'https', () => other.closeAllConnections())
    const opening = open(server.origin, { tls: { verify: true, ca: pem.cert } })
    await expect(opening).rejects.toMatchObject({
      code: 'ERR_TARGET_UNREACHABLE',
      hint: expect.stringContaining('http: 2'),
    })
  })

  test.each([
    ['answers in HTTP/1.1', (socket: Socket) => void socket.write('HTTP/1.1 400 Bad\r\n\r\n')],
    ['closes', (socket: Socket) => void socket.end()],
    ['says nothing', () => {}],
  ])('without TLS to one that %s is an error, not a wait', async (_name, behave) => {
    await using server = await tcpServer(behave)
    await expect(open(server.origin, { limits: { answerMs: 100 } })).rejects.toMatchObject({
      code: 'ERR_TARGET_UNREACHABLE',
      message: expect.stringContaining(`HTTP/2 with ${server.origin.host} failed`),
    })
  })
})
