/** The replay store that all nodes share: one memory behind a TCP port, on the clock of its own process. */
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { replayMemory, type ReplayMemory } from './memory.ts'
import { lines, type StoreReply, type StoreRequest } from './store-protocol.ts'

/** What happens before `find` is answered with "absent". The faultless store answers at once. */
export type BeforeAbsent = (key: string) => Promise<void>

export async function serveStore(beforeAbsent: BeforeAbsent | null): Promise<number> {
  const memory = replayMemory()
  const server = createServer({ noDelay: true }, (socket) => {
    socket.setEncoding('utf8')
    socket.on('error', () => socket.destroy())
    socket.on(
      'data',
      lines((line) => void answer(socket, JSON.parse(line) as StoreRequest, memory, beforeAbsent)),
    )
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

async function answer(
  socket: Socket,
  request: StoreRequest,
  memory: ReplayMemory,
  beforeAbsent: BeforeAbsent | null,
): Promise<void> {
  const said = act(request, memory)
  // The answer is settled first: whoever waits here has looked already, and what is saved meanwhile comes too late.
  if (said === 'absent' && beforeAbsent !== null) await beforeAbsent(request.key)
  const reply: StoreReply = { id: request.id, said }
  if (!socket.destroyed) socket.write(`${JSON.stringify(reply)}\n`)
}

function act(request: StoreRequest, memory: ReplayMemory): StoreReply['said'] {
  switch (request.op) {
    case 'insert':
      return memory.insert(request.key, request.requestId, request.keepUntilMs, Date.now())
    case 'find':
      return memory.find(request.key, Date.now()) ? 'present' : 'absent'
    case 'save':
      memory.save(request.key, request.requestId, request.keepUntilMs)
      return 'saved'
  }
}
