/** A held request: everything but its tail is at the server, and the tail is not. */
import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import {
  causeOf,
  clock,
  httpServer,
  isElsewhere,
  never,
  openWire,
  post,
  replyOf,
  tcpServer,
} from './servers.ts'

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'

describe('hold', () => {
  test('keeps the tail back until the release', async () => {
    let got = ''
    let completeUs = 0
    const arrived = Promise.withResolvers<void>()
    await using server = await httpServer((request, response) => {
      request.on('data', (chunk) => {
        got += String(chunk)
        arrived.resolve()
      })
      request.on('end', () => {
        completeUs = clock.nowUs()
        response.end('ok')
      })
    })
    const wire = await openWire(server.origin)
    const held = await wire.hold(post('assertion=head.tail', 4), never)
    await arrived.promise
    await clock.sleepUntil(clock.nowUs() + 50_000)
    expect([got, completeUs]).toEqual(['assertion=head.', 0])
    expect(wire.usable()).toBe(false)
    const beforeUs = clock.nowUs()
    const exchange = await held.release()
    expect(got).toBe('assertion=head.tail')
    expect(exchange.begunUs).toBeLessThan(beforeUs)
    expect(exchange.releasedUs).toBeGreaterThanOrEqual(beforeUs)
    expect(exchange.releasedUs).toBeLessThanOrEqual(completeUs)
    expect(exchange.answeredUs).toBeGreaterThanOrEqual(completeUs)
    expect(wire.usable()).toBe(true)
    await wire.close()
  })

  test('is ready only when what precedes the tail has left the process', async () => {
    const connected = Promise.withResolvers<Socket>()
    await using server = await tcpServer((socket) => connected.resolve(socket.pause()))
    const wire = await openWire(server.origin)
    // More than the buffers of two sockets take.
    const holding = wire.hold(post('x'.repeat(32 * 1024 * 1024), 1), never)
    let ready = false
    void holding.then(() => (ready = true))
    await clock.sleepUntil(clock.nowUs() + 50_000)
    expect(ready).toBe(false)
    const socket = await connected.promise
    socket.resume()
    await holding
    await wire.close()
  })

  test('has twenty requests waiting at the server, and the last is released before the first is complete', async () => {
    const headsUs: number[] = []
    const completeUs: number[] = []
    await using server = await httpServer((request, response) => {
      request.once('data', () => headsUs.push(clock.nowUs()))
      request.on('end', () => {
        completeUs.push(clock.nowUs())
        response.end('ok')
      })
      request.resume()
    })
    const wires = await Promise.all(Array.from({ length: 20 }, () => openWire(server.origin)))
    const held = await Promise.all(
      wires.map((wire) => wire.hold(post('assertion=x.y.z', 1), never)),
    )
    while (headsUs.length < 20) await clock.sleepUntil(clock.nowUs() + 1000)
    expect(completeUs).toEqual([])
    const exchanges = await Promise.all(held.map((each) => each.release()))
    const releasedUs = exchanges.map((each) => each.releasedUs)
    expect(exchanges.map(causeOf)).toEqual(exchanges.map(() => 'reply 200'))
    // A server that runs meanwhile may be done with the first.
    if (!isElsewhere()) expect(Math.max(...releasedUs)).toBeLessThanOrEqual(Math.min(...completeUs))
    expect(Math.max(...headsUs)).toBeLessThanOrEqual(Math.min(...releasedUs))
    await Promise.all(wires.map((wire) => wire.close()))
  })

  test('keeps an answer that came before the release, which its stamps show', async () => {
    await using server = await tcpServer((socket) =>
      socket.once('data', () => socket.write(ANSWER)),
    )
    const wire = await openWire(server.origin)
    const held = await wire.hold(post('assertion=x', 1), never)
    await clock.sleepUntil(clock.nowUs() + 50_000)
    const exchange = await held.release()
    expect(replyOf(exchange).status).toBe(200)
    expect(exchange.answeredUs).toBeLessThan(exchange.releasedUs)
    expect(wire.usable()).toBe(false)
    await wire.close()
  })

  test('writes nothing ahead where the body has no tail to hold', async () => {
    let requests = 0
    await using server = await httpServer((request, response) => {
      requests++
      request.resume().on('end', () => response.end('ok'))
    })
    const wire = await openWire(server.origin)
    const held = await wire.hold({ ...post(''), method: 'GET' }, never)
    await clock.sleepUntil(clock.nowUs() + 20_000)
    expect(requests).toBe(0)
    const exchange = await held.release()
    expect(causeOf(exchange)).toBe('reply 200')
    expect(exchange.releasedUs).toBe(exchange.begunUs)
    await wire.close()
  })

  test('is a time-out when the release does not come in time, and a later release says so', async () => {
    await using server = await httpServer((request) => void request.resume())
    const wire = await openWire(server.origin, { answerMs: 50 })
    const held = await wire.hold(post('assertion=x', 1), never)
    await clock.sleepUntil(clock.nowUs() + 100_000)
    expect(causeOf(await held.release())).toBe('timeout')
  })
})
