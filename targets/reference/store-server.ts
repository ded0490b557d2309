/** The replay store that all nodes share: one memory behind a TCP port, on the clock of its own process. */
import { createServer, type Socket } from 'node:net'
import { listenOnLoopback } from '../levers/listen.ts'
import { replayMemory, type ReplayMemory } from './memory.ts'
import { lines, requestIn, type StoreReply, type StoreRequest } from './store-protocol.ts'

/** What happens before `find` is answered with "absent". The faultless store answers at once. */
export type BeforeAbsent = (key: string) => Promise<void>

/** Starts the store and gives its port. */
export function serveStore(
  beforeAbsent: BeforeAbsent | null,
  memory: ReplayMemory = replayMemory(),
): Promise<number> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.setEncoding('utf8')
    socket.on('error', () => socket.destroy())
    const take = lines((line) => void answer(socket, requestIn(line), memory, beforeAbsent))
    socket.on('data', take)
  })
  return listenOnLoopback(server)
}

async function answer(
  socket: Socket,
  request: StoreRequest,
  memory: ReplayMemory,
  beforeAbsent: BeforeAbsent | null,
): Promise<void> {
  const said = act(request, memory)
  // Whoever waits here has looked already: what is saved meanwhile comes too late.
  if (said === 'absent' && beforeAbsent !== null) await beforeAbsent(request.key)
  const reply: StoreReply = { id: request.id, said }
  if (!socket.destroyed) socket.write(`${JSON.stringify(reply)}\n`)
}

function act(
  { op, key, requestId, keepUntilMs }: StoreRequest,
  memory: ReplayMemory,
): StoreReply['said'] {
  if (op === 'insert') return memory.insert(key, requestId, keepUntilMs, Date.now())
  if (op === 'find') return memory.find(key, Date.now()) ? 'present' : 'absent'
  if (op === 'release') {
    memory.release(key)
    return 'released'
  }
  memory.save(key, requestId, keepUntilMs)
  return 'saved'
}
