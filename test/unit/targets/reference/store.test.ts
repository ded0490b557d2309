import { createServer, type Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { listenOnLoopback } from '../../../../targets/levers/listen.ts'
import { storeClient } from '../../../../targets/reference/store-client.ts'
import { lines, requestIn } from '../../../../targets/reference/store-protocol.ts'
import { serveStore } from '../../../../targets/reference/store-server.ts'

const LATER = 4_102_444_800_000
const INSERT = { op: 'insert', key: 'a', keepUntilMs: LATER } as const
const SAVE = { ...INSERT, op: 'save' } as const
const FIND = { ...INSERT, op: 'find', keepUntilMs: 0 } as const

/** A store that answers as told: `act` gets each request and its connection. */
function fakeStore(act: (socket: Socket, id: number, requestId: string) => void): Promise<number> {
  return listenOnLoopback(
    createServer((socket) => {
      const take = lines((line) => {
        const { id, requestId } = requestIn(line)
        act(socket, id, requestId)
      })
      socket.setEncoding('utf8').on('error', () => undefined)
      socket.on('data', take)
    }),
  )
}

describe('storeClient', () => {
  test('inserts once over any number of connections', async () => {
    const port = await serveStore(null)
    const clients = [storeClient(port), storeClient(port), storeClient(port)]
    const said = await Promise.all(clients.map((client) => client.ask(INSERT)))
    expect(said.toSorted()).toEqual(['inserted', 'present', 'present'])
  })

  test('finds what was saved', async () => {
    const client = storeClient(await serveStore(null))
    expect(await client.ask(FIND)).toBe('absent')
    expect(await client.ask(SAVE)).toBe('saved')
    expect(await client.ask(FIND)).toBe('present')
  })

  test('retries once after a lost connection, with the same request id', async () => {
    const seen: string[] = []
    const port = await fakeStore((socket, id, requestId) => {
      seen.push(requestId)
      if (seen.length === 1) socket.destroy()
      else socket.write(`${JSON.stringify({ id, said: 'inserted' })}\n`)
    })
    expect(await storeClient(port).ask(INSERT)).toBe('inserted')
    expect(seen).toHaveLength(2)
    expect(new Set(seen).size).toBe(1)
  })

  test('releases no key twice: somebody else may have reserved it in between', async () => {
    let seen = 0
    const port = await fakeStore((socket) => {
      seen += 1
      socket.destroy()
    })
    expect(await storeClient(port).ask({ op: 'release', key: 'a', keepUntilMs: 0 })).toBe(
      'unavailable',
    )
    expect(seen).toBe(1)
  })

  test('gives up after the second loss, and connects anew for the next request', async () => {
    let losses = 0
    const port = await fakeStore((socket, id) => {
      if (losses++ < 2) socket.destroy()
      else socket.write(`${JSON.stringify({ id, said: 'present' })}\n`)
    })
    const client = storeClient(port)
    expect(await client.ask(INSERT)).toBe('unavailable')
    expect(await client.ask(INSERT)).toBe('present')
  })

  test('takes silence for no answer', async () => {
    const client = storeClient(await fakeStore(() => undefined))
    expect(await client.ask(INSERT)).toBe('unavailable')
  })

  test('takes a port where nobody listens for no answer', async () => {
    expect(await storeClient(1).ask(FIND)).toBe('unavailable')
  })
})
