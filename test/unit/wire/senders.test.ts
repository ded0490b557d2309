/** Threads that send: numbered with all other connections, of one time with the thread that asks, and missed when they die. */
import { Worker } from 'node:worker_threads'
import { afterAll, describe, expect, test } from 'vitest'
import { machineClock } from '../../../harness/clock.ts'
import { openSenders } from '../../../harness/wire/senders.ts'
import { SendingThread } from '../../../harness/wire/sending-thread.ts'
import { openWires } from '../../../harness/wire/wires.ts'
import { clock, httpServer, LIMITS, never, post, replyOf } from './servers.ts'

const senders = openSenders(2, clock, { limits: LIMITS })
afterAll(() => senders.close())

test('connections are numbered with all others of the run, whichever thread has them', async () => {
  await using server = await httpServer((request, response) =>
    request.resume().on('end', () => response.end('ok')),
  )
  const wires = openWires(clock, LIMITS, senders.open)
  const called = wires.call(async () => ({ status: 200, headers: {}, body: Buffer.from('') }))
  const opened = await Promise.all([0, 1, 2].map(() => wires.http(server.origin, null)))
  const exchanges = await Promise.all(
    [called, ...opened].map((wire) => wire.send(post('a'), never)),
  )
  expect(exchanges.map(({ connection }) => connection)).toEqual([0, 1, 2, 3])
  await Promise.all(opened.map((wire) => wire.close()))
})

test('stamps of all threads are of one time: what follows on another thread is never earlier', async () => {
  await using server = await httpServer((request, response) =>
    request.resume().on('end', () => response.end(String(clock.nowUs()))),
  )
  const wires = openWires(clock, LIMITS, senders.open)
  const pair = await Promise.all([wires.http(server.origin, null), wires.http(server.origin, null)])
  for (let turn = 0; turn < 50; turn++) {
    const beforeUs = clock.nowUs()
    const wire = pair[turn % 2]
    if (wire === undefined) throw new Error('two were opened')
    const exchange = await wire.send(post('a'), never)
    const atServerUs = Number(Buffer.from(replyOf(exchange).body).toString())
    const stamps = [beforeUs, exchange.begunUs, atServerUs, exchange.answeredUs ?? 0, clock.nowUs()]
    expect(stamps).toEqual(stamps.toSorted((one, other) => one - other))
  }
})

test('a clock with the anchor of another tells the same time, to a microsecond', () => {
  const other = machineClock(clock.anchor)
  for (let times = 0; times < 1000; times++) {
    const [beforeUs, otherUs, afterUs] = [clock.nowUs(), other.nowUs(), clock.nowUs()]
    expect(otherUs).toBeGreaterThanOrEqual(beforeUs - 1)
    expect(otherUs).toBeLessThanOrEqual(afterUs + 1)
  }
})

test('there is at least one', () => {
  expect(() => openSenders(0, clock, { limits: LIMITS })).toThrow(RangeError)
})

/** A thread of a few lines, in the place of one that sends. */
function threadOf(code: string): SendingThread {
  return new SendingThread(new Worker(code, { eval: true }), clock)
}

const OPENS = `
const { parentPort } = require('node:worker_threads')
parentPort.on('message', (text) => {
  for (const [what, number] of JSON.parse(text)) {
    if (what === 'open') parentPort.postMessage(JSON.stringify([['opened', number, 1]]))
    else ACT
  }
})`

describe('a mistake of the harness is an error, and no answer of the target', () => {
  test.each([
    ['dies', `throw new Error('out of memory')`, 'a sending thread died'],
    ['ends', 'process.exit()', 'a sending thread ended'],
    [
      'cannot send what it was given',
      `parentPort.postMessage(JSON.stringify([['failed', 0, 'a path that no request line can hold']]))`,
      'a path that no request line can hold',
    ],
  ])('when a thread %s', async (_name, act, message) => {
    const thread = threadOf(OPENS.replace('ACT', act))
    const origin = new URL('http://127.0.0.1:1')
    const wire = await thread.open(0, origin, null, {})
    await expect(wire.send(post('a'), never)).rejects.toMatchObject({
      code: 'ERR_INTERNAL',
      message,
    })
    await thread.close()
    await expect(thread.open(1, origin, null, {})).rejects.toMatchObject({ code: 'ERR_INTERNAL' })
    await expect(wire.send(post('a'), never)).rejects.toMatchObject({ code: 'ERR_INTERNAL' })
  })

  test('when it dies before anything was opened', async () => {
    const thread = threadOf(`throw new Error('no memory')`)
    await expect(thread.open(0, new URL('http://127.0.0.1:1'), null, {})).rejects.toMatchObject({
      code: 'ERR_INTERNAL',
      message: 'a sending thread died',
    })
  })
})

test('closing them ends what is in flight', async () => {
  await using server = await httpServer(() => {})
  const own = openSenders(1, clock, { limits: LIMITS })
  const wire = await own.open(0, server.origin, null, {})
  const lost = expect(wire.send(post('a'), never)).rejects.toThrow(
    'the sending threads were closed',
  )
  await own.close()
  await lost
})

test('a wire that is closed and then given up is no trouble of the others on its thread', async () => {
  await using silent = await httpServer(() => {})
  await using server = await httpServer((request, response) =>
    request.resume().on('end', () => response.end('ok')),
  )
  const own = openSenders(1, clock, { limits: LIMITS })
  const [one, other] = [
    await own.open(0, silent.origin, null, {}),
    await own.open(1, server.origin, null, {}),
  ]
  const stop = new AbortController()
  const sent = one.send(post('a'), stop.signal)
  await one.close()
  stop.abort()
  expect((await sent).raw).toEqual({ cause: 'reset', detail: 'closed-here' })
  expect(replyOf(await other.send(post('b'), never)).status).toBe(200)
  await own.close()
})

test('what was handed over ahead of its time begins at it, and is not sent where all is stopped before', async () => {
  let asked = 0
  await using server = await httpServer((request, response) => {
    asked++
    request.resume().on('end', () => response.end('ok'))
  })
  const wires = openWires(clock, LIMITS, senders.open)
  const wire = await wires.http(server.origin, null)
  const stop = new AbortController()
  const until = { signal: never, stop: stop.signal }
  const ahead = wire as Required<typeof wire>
  const dueUs = clock.nowUs() + 50_000
  const sent = await ahead.sendAt(dueUs, post('a'), until)
  expect(sent.begunUs).toBeGreaterThanOrEqual(dueUs)
  expect(replyOf(sent).status).toBe(200)
  const called = ahead.sendAt(clock.nowUs() + 50_000, post('b'), until)
  stop.abort()
  const unsent = { cause: 'unsent', detail: 'stopped' }
  expect((await called).raw).toEqual(unsent)
  expect((await ahead.sendAt(clock.nowUs() + 5_000, post('c'), until)).raw).toEqual(unsent)
  expect(asked).toBe(1)
  // Of the next round nothing was called off.
  const next = { signal: never, stop: new AbortController().signal }
  const later = await ahead.sendAt(clock.nowUs() + 5_000, post('d'), next)
  expect(replyOf(later).status).toBe(200)
  await wire.close()
})

test('what is given up is not waited for any longer', async () => {
  await using server = await httpServer(() => {})
  const wire = await openWires(clock, LIMITS, senders.open).http(server.origin, null)
  const stop = new AbortController()
  const sentUs = clock.nowUs()
  const sent = wire.send(post('a'), stop.signal)
  await clock.sleepUntil(sentUs + 50_000)
  stop.abort()
  expect((await sent).raw).toEqual({ cause: 'timeout' })
  expect(clock.nowUs() - sentUs).toBeLessThan((LIMITS.answerMs * 1000) / 2)
  expect(wire.usable()).toBe(false)
})
