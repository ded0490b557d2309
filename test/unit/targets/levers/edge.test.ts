import { connect, createServer, type Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { openEdge, type Edge } from '../../../../targets/levers/edge.ts'
import { listenOnLoopback } from '../../../../targets/levers/listen.ts'

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
    expect(await edge.probe()).toEqual({ reached: true, attempts: 2, bytes: 6 })
    socket.destroy()
  })

  test('that is cut ends what is open, counts who comes, and lets no byte through', async () => {
    const edge = await echoEdge()
    const before = open(edge.port)
    before.write('abc')
    await said(before)
    const ended = closed(before)
    edge.cut()
    await ended
    const during = open(edge.port)
    during.write('abc')
    await closed(during)
    expect(await edge.probe()).toEqual({ reached: false, attempts: 2, bytes: 0 })
  })

  test('that is mended serves again, and counts from nought', async () => {
    const edge = await echoEdge()
    edge.cut()
    await edge.probe()
    edge.mend()
    expect(await edge.probe()).toEqual({ reached: true, attempts: 1, bytes: 0 })
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
})
