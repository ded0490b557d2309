import { connect, createServer, type Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { machineClock } from '../../../../harness/clock.ts'
import { openEdge, type Edge } from '../../../../targets/levers/edge.ts'
import { listenOnLoopback } from '../../../../targets/levers/listen.ts'

const clock = machineClock()

const NONE = { reached: false, attempts: 0, bytes: 0, swallowed: 0, delayed: 0 }

/** An edge to a server that sends everything back. */
async function echoEdge(): Promise<Edge> {
  const target = await listenOnLoopback(
    createServer((socket) => {
      socket.on('error', () => undefined)
      socket.pipe(socket)
    }),
  )
  const edge = await openEdge()
  edge.aim(target)
  return edge
}

function open(port: number): Socket {
  return connect({ port, host: '127.0.0.1' }).on('error', () => undefined)
}

function said(socket: Socket): Promise<string> {
  return new Promise((resolve) => socket.once('data', (chunk: Buffer) => resolve(chunk.toString())))
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()))
}

describe('an edge', () => {
  test('lets through what both ends say, and counts it', async () => {
    const edge = await echoEdge()
    const socket = open(edge.port)
    socket.write('abc')
    expect(await said(socket)).toBe('abc')
    expect(await edge.probe()).toEqual({ ...NONE, reached: true, attempts: 2, bytes: 6 })
    socket.destroy()
  })

  test('that is cut ends what is open, counts who comes, and lets no byte through', async () => {
    const edge = await echoEdge()
    const before = open(edge.port)
    before.write('abc')
    await said(before)
    const ended = closed(before)
    edge.break({ kind: 'cut' })
    await ended
    const during = open(edge.port)
    during.write('abc')
    await closed(during)
    expect(await edge.probe()).toEqual({ ...NONE, attempts: 2 })
  })

  test('that is mended serves again, and counts from nought', async () => {
    const edge = await echoEdge()
    edge.break({ kind: 'cut' })
    await edge.probe()
    edge.mend()
    expect(await edge.probe()).toEqual({ ...NONE, reached: true, attempts: 1 })
    const socket = open(edge.port)
    socket.write('abc')
    expect(await said(socket)).toBe('abc')
    socket.destroy()
  })

  test('to where nobody listens is not reached, though it is not cut', async () => {
    const edge = await openEdge()
    edge.aim(1)
    expect(await edge.probe()).toMatchObject({ reached: false, bytes: 0 })
  })

  test('ends one side when the other ends', async () => {
    const far: Socket[] = []
    const target = await listenOnLoopback(createServer((socket) => void far.push(socket)))
    const edge = await openEdge()
    edge.aim(target)
    const near = open(edge.port)
    await edge.probe()
    const ended = closed(near)
    for (const socket of far) socket.destroy()
    await ended
    expect(near.destroyed).toBe(true)
  })

  test('that is a black hole takes what is said and lets nothing out, until it is mended', async () => {
    const edge = await echoEdge()
    const before = open(edge.port)
    before.write('abc')
    await said(before)
    edge.break({ kind: 'black-hole' })
    before.write('defg')
    const during = open(edge.port)
    during.write('hi')
    await later(100)
    expect(await edge.probe()).toEqual({ ...NONE, attempts: 2, swallowed: 6 })
    // A connection with a hole in it is of no use to anybody.
    const ended = closed(before)
    edge.mend()
    await ended
    expect(await edge.probe()).toMatchObject({ reached: true })
  })

  test('of one way lets questions through and no answer', async () => {
    const edge = await echoEdge()
    edge.break({ kind: 'one-way' })
    const socket = open(edge.port)
    socket.write('abc')
    await later(100)
    expect(await edge.probe()).toMatchObject({ reached: true, bytes: 3, swallowed: 3 })
    socket.destroy()
  })

  test('that is slow lets all through in its order, and later', async () => {
    const edge = await echoEdge()
    edge.break({ kind: 'slow', delayMs: 60 })
    const socket = open(edge.port)
    const begun = clock.nowUs()
    let all = ''
    socket.on('data', (chunk: Buffer) => (all += chunk.toString()))
    for (const part of ['a', 'b', 'c']) {
      socket.write(part)
      await later(10)
    }
    edge.mend()
    while (all.length < 3) await later(5)
    expect(all).toBe('abc')
    expect(clock.nowUs() - begun).toBeGreaterThan(55_000)
    socket.destroy()
  })
})

function later(ms: number): Promise<void> {
  return clock.sleepUntil(clock.nowUs() + ms * 1000)
}
