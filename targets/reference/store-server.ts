/** The replay store that all nodes share: one memory behind a TCP port, on the clock of its own process. */
import { createServer, type Socket } from 'node:net'
import { listenOnLoopback } from '../levers/listen.ts'
import { replayMemory, saidTo, type ReplayMemory } from './memory.ts'
import { lines, requestIn, type StoreReply, type StoreRequest } from './store-protocol.ts'

/** Says when `find` may be answered with "absent". The faultless store answers at once. */
export type BeforeAbsent = (key: string, answer: () => void) => void

/** Starts the store and gives its port. */
export function serveStore(
  beforeAbsent: BeforeAbsent | null,
  memory: ReplayMemory = replayMemory(),
): Promise<number> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.setEncoding('utf8')
    socket.on('error', () => socket.destroy())
    const take = lines((line) => answer(socket, requestIn(line), memory, beforeAbsent))
    socket.on('data', take)
  })
  return listenOnLoopback(server)
}

function answer(
  socket: Socket,
  request: StoreRequest,
  memory: ReplayMemory,
  beforeAbsent: BeforeAbsent | null,
): void {
  const said = saidTo(request, memory, Date.now())
  const reply = (): void => {
    const words: StoreReply = { id: request.id, said }
    if (!socket.destroyed) socket.write(`${JSON.stringify(words)}\n`)
  }
  // Whoever waits here has looked already: what is saved meanwhile comes too late.
  if (said === 'absent' && beforeAbsent !== null) beforeAbsent(request.key, reply)
  else reply()
}
