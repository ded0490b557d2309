/** A node's connection to the replay store: opened when needed, one retry after a loss, and never a guess. */
import { randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { mayRepeat, type Question, type Said } from './asking.ts'
import { lines, replyIn, type StoreReply, type StoreRequest } from './store-protocol.ts'

export interface StoreClient {
  /** Resolves to `unavailable` when the store has not answered in time; never rejects. */
  ask(question: Question): Promise<Said>
}

/** From asking to giving up, the retry included (flaws.md, R). */
const ANSWER_MS = 500

/** What a request waits for: the store's word, or null when the connection was lost. */
type Waiting = Map<number, (said: StoreReply['said'] | null) => void>

interface Connection {
  readonly socket: Socket
  readonly waiting: Waiting
}

export function storeClient(port: number): StoreClient {
  const once = asker(port)
  return {
    async ask(question) {
      const within = AbortSignal.timeout(ANSWER_MS)
      const ask = { ...question, requestId: randomUUID() }
      // A lost connection may have been lost after the store acted: the retry carries the same request id.
      const said = (await once(ask, within)) ?? (mayRepeat(ask) ? await once(ask, within) : null)
      return said ?? 'unavailable'
    },
  }
}

/** Asks over one connection, opened anew after it was lost. Null when it is lost before the answer. */
function asker(
  port: number,
): (ask: Omit<StoreRequest, 'id'>, within: AbortSignal) => Promise<Said | null> {
  let connection: Connection | null = null
  let asked = 0
  return (ask, within) =>
    new Promise((resolve) => {
      if (connection === null || connection.socket.destroyed) connection = openConnection(port)
      const { socket, waiting } = connection
      const id = ++asked
      const settle = (said: Said | null): void => {
        waiting.delete(id)
        resolve(said)
      }
      waiting.set(id, settle)
      within.addEventListener('abort', () => settle('unavailable'), { once: true })
      const request: StoreRequest = { ...ask, id }
      socket.write(`${JSON.stringify(request)}\n`)
    })
}

function openConnection(port: number): Connection {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  const waiting: Waiting = new Map()
  const take = lines((line) => {
    const { id, said } = replyIn(line)
    waiting.get(id)?.(said)
  })
  socket.setEncoding('utf8')
  socket.on('data', take)
  socket.on('error', () => socket.destroy())
  // The store's end of the connection means that no answer will come over it.
  socket.once('end', () => socket.destroy())
  socket.once('close', () => {
    // A retry opens a connection of its own, so nothing is added here meanwhile.
    for (const settle of waiting.values()) settle(null)
  })
  return { socket, waiting }
}
