/** The replay store that all nodes share: one memory behind a TCP port, on the clock of its own process. */
import { createServer, type Socket } from 'node:net'
import { listenOnLoopback } from '../levers/listen.ts'
import { answerParent } from '../levers/parent.ts'
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
  answerParent('store', (order) => {
    obey(order, memory)
    return memory.size
  })
  return listenOnLoopback(server)
}

/** How long somebody else's keys are kept. */
const FOREIGN_MS = 3_600_000

/** `flush` forgets everything, a number puts so many keys of somebody else's in; anything else only asks how many there are. */
function obey(order: unknown, memory: ReplayMemory): void {
  if (order === 'flush') memory.clear()
  if (typeof order !== 'number') return
  const untilMs = Date.now() + FOREIGN_MS
  for (let each = 0; each < order; each++) memory.save(`foreign ${each}`, '', untilMs)
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
