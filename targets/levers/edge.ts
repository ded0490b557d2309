/** One edge of a target: a TCP port of ours, through to a target port, that can be cut. Runs in the switchboard. */
import { connect, createServer, type Socket } from 'node:net'
import { listenOnLoopback } from './listen.ts'

export interface Edge {
  readonly port: number
  aim(targetPort: number): void
  /** Ends every connection at once; from now on each new one is counted and ended, and no byte is let through. */
  cut(): void
  mend(): void
  probe(): Promise<{ readonly reached: boolean; readonly attempts: number; readonly bytes: number }>
}

/** How long a probe waits for word from the other end. */
const PROBE_MS = 1_000

interface State {
  targetPort: number
  isCut: boolean
  /** Connections since the edge was last cut or mended. */
  attempts: number
  /** Bytes let through since then, both ways. */
  bytes: number
  readonly sockets: Set<Socket>
  /** Probes under way, by the port they come from: told whether the other end was reached. */
  readonly probes: Map<number, (reached: boolean) => void>
}

/** Listens on a free port of the loopback interface. Aim it before anybody connects. */
export async function openEdge(): Promise<Edge> {
  const state: State = {
    targetPort: 0,
    isCut: false,
    attempts: 0,
    bytes: 0,
    sockets: new Set(),
    probes: new Map(),
  }
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => accept(near, state))
  const port = await listenOnLoopback(server)
  const turn = (isCut: boolean): void => {
    state.isCut = isCut
    state.attempts = 0
    state.bytes = 0
  }
  return {
    port,
    aim: (targetPort) => void (state.targetPort = targetPort),
    cut() {
      turn(true)
      for (const socket of state.sockets) socket.resetAndDestroy()
    },
    mend: () => turn(false),
    async probe() {
      const reached = await reaches(port, state)
      return { reached, attempts: state.attempts, bytes: state.bytes }
    },
  }
}

function accept(near: Socket, state: State): void {
  state.attempts++
  near.on('error', () => undefined)
  const from = near.remotePort ?? 0
  if (state.isCut) {
    state.probes.get(from)?.(false)
    near.resetAndDestroy()
    return
  }
  const far = connect({
    port: state.targetPort,
    host: '127.0.0.1',
    allowHalfOpen: true,
    noDelay: true,
  })
  far.on('error', () => state.probes.get(from)?.(false))
  far.once('connect', () => state.probes.get(from)?.(true))
  join(near, far, state)
  join(far, near, state)
}

/** Lets what comes from one end through to the other, and ends the other when this one ends. */
function join(one: Socket, other: Socket, state: State): void {
  state.sockets.add(one)
  one.on('data', (chunk: Buffer) => void (state.bytes += chunk.length))
  one.pipe(other)
  one.once('close', (hadError: boolean) => {
    state.sockets.delete(one)
    if (hadError) other.resetAndDestroy()
    else other.destroySoon()
  })
}

/** Connects to the edge as its users do. */
function reaches(port: number, state: State): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    let from = -1
    const done = (reached: boolean): void => {
      clearTimeout(late)
      state.probes.delete(from)
      socket.destroy()
      resolve(reached)
    }
    const late = setTimeout(done, PROBE_MS, false)
    socket.once('connect', () => {
      from = socket.localPort ?? -1
      state.probes.set(from, done)
    })
    socket.once('error', () => done(false))
    socket.once('close', () => done(false))
  })
}
