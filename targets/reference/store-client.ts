/** A node's connection to the replay store: opened when needed, one retry after a loss, and never a guess. */
import { randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import type { Taken } from './decide.ts'
import { lines, type StoreReply, type StoreRequest } from './store-protocol.ts'

/** Every method resolves to `unavailable` when the store has not answered in time; none rejects. */
export interface StoreClient {
  insert(key: string, keepUntilMs: number): Promise<Taken>
  find(key: string): Promise<'present' | 'absent' | 'unavailable'>
  save(key: string, keepUntilMs: number): Promise<'saved' | 'unavailable'>
}

/** From asking to giving up, the retry included (flaws.md, R). */
const ANSWER_MS = 500

type Said = StoreReply['said'] | 'unavailable'
/** A request without the number that it gets on its connection. */
type Ask = StoreRequest extends infer One
  ? One extends StoreRequest
    ? Omit<One, 'id'>
    : never
  : never

/** What a request waits for: the store's word, or null when the connection was lost. */
type Waiting = Map<number, (said: StoreReply['said'] | null) => void>

interface Connection {
  readonly socket: Socket
  readonly waiting: Waiting
}

export function storeClient(port: number): StoreClient {
  let connection: Connection | null = null
  let asked = 0
  const open = (): Connection => {
    if (connection !== null && !connection.socket.destroyed) return connection
    connection = openConnection(port)
    return connection
  }
  const once = (ask: Ask, within: AbortSignal): Promise<Said | null> =>
    new Promise((resolve) => {
      const { socket, waiting } = open()
      const id = ++asked
      const settle = (said: Said | null): void => {
        waiting.delete(id)
        resolve(said)
      }
      waiting.set(id, settle)
      within.addEventListener('abort', () => settle('unavailable'), { once: true })
      socket.write(`${JSON.stringify({ ...ask, id })}\n`)
    })
  const request = async (ask: Ask): Promise<Said> => {
    const within = AbortSignal.timeout(ANSWER_MS)
    // A lost connection may have been lost after the store acted: the retry carries the same request id.
    return (await once(ask, within)) ?? (await once(ask, within)) ?? 'unavailable'
  }
  return {
    async insert(key, keepUntilMs) {
      const said = await request({ op: 'insert', key, requestId: randomUUID(), keepUntilMs })
      return said === 'inserted' || said === 'present' ? said : 'unavailable'
    },
    async find(key) {
      const said = await request({ op: 'find', key })
      return said === 'present' || said === 'absent' ? said : 'unavailable'
    },
    async save(key, keepUntilMs) {
      const said = await request({ op: 'save', key, requestId: randomUUID(), keepUntilMs })
      return said === 'saved' ? said : 'unavailable'
    },
  }
}

function openConnection(port: number): Connection {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  const waiting: Waiting = new Map()
  socket.setEncoding('utf8')
  socket.on(
    'data',
    lines((line) => {
      const { id, said } = JSON.parse(line) as StoreReply
      waiting.get(id)?.(said)
    }),
  )
  socket.on('error', () => socket.destroy())
  socket.once('close', () => {
    for (const settle of [...waiting.values()]) settle(null)
  })
  // The store's end of the connection means that no answer will come over it.
  socket.once('end', () => socket.destroy())
  return { socket, waiting }
}
