/** One edge of a target: a TCP port of ours, through to a target port, that can be broken. Runs in the switchboard. */
import { connect, createServer, type Socket } from 'node:net'
import { listenOn, LOOPBACK } from './listen.ts'

/**
 * What becomes of what comes to an edge. `cut`: every connection is reset; `black-hole`: it is taken, and nothing comes
 * out at the other end; `one-way`: what is said comes through, what is answered does not; `slow`: each piece comes later.
 */
export type Trouble =
  | { readonly kind: 'cut' }
  | { readonly kind: 'black-hole' }
  | { readonly kind: 'one-way' }
  | { readonly kind: 'slow'; readonly delayMs: number }

export interface Edge {
  readonly port: number
  aim(targetPort: number): void
  break(trouble: Trouble): void
  mend(): void
  probe(): Promise<EdgeSeen>
}

/** What was seen since the edge was last broken or mended. */
export interface EdgeSeen {
  /** Whether who connects now reaches the other end. */
  readonly reached: boolean
  readonly attempts: number
  /** Let through, both ways. */
  readonly bytes: number
  /** Taken and not let through. */
  readonly swallowed: number
  /** Let through later than they came. */
  readonly delayed: number
}

/** How long a probe waits for word from the other end. */
const PROBE_MS = 1_000

interface State {
  targetPort: number
  trouble: Trouble | null
  attempts: number
  bytes: number
  swallowed: number
  delayed: number
  readonly sockets: Set<Socket>
  /** Probes under way, by the port they come from: told whether the other end was reached. */
  readonly probes: Map<number, (reached: boolean) => void>
}

/**
 * Listens on a free port. Aim it before anybody connects.
 *
 * @param host The address of this machine by which its users come: that of the loopback interface when absent.
 */
export async function openEdge(host = LOOPBACK): Promise<Edge> {
  const counts = { attempts: 0, bytes: 0, swallowed: 0, delayed: 0 }
  const state: State = {
    targetPort: 0,
    trouble: null,
    ...counts,
    sockets: new Set(),
    probes: new Map(),
  }
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => accept(near, state))
  const port = await listenOn(server, host)
  const turn = (trouble: Trouble | null): void => void Object.assign(state, { ...counts, trouble })
  const reset = (): void => {
    for (const socket of state.sockets) socket.resetAndDestroy()
  }
  return {
    port,
    aim: (targetPort) => void (state.targetPort = targetPort),
    break(trouble) {
      turn(trouble)
      if (trouble.kind === 'cut') reset()
    },
    mend() {
      // A stream with a hole in it says something else.
      if (state.swallowed > 0 || state.trouble?.kind === 'black-hole') reset()
      turn(null)
    },
    async probe() {
      const reached = await reaches({ port, host }, state)
      const { attempts, bytes, swallowed, delayed } = state
      return { reached, attempts, bytes, swallowed, delayed }
    },
  }
}

function accept(near: Socket, state: State): void {
  state.attempts++
  near.on('error', () => undefined)
  const from = near.remotePort ?? 0
  if (state.trouble?.kind === 'cut') {
    state.probes.get(from)?.(false)
    near.resetAndDestroy()
    return
  }
  if (state.trouble?.kind === 'black-hole') {
    state.probes.get(from)?.(false)
    swallow(near, state)
    return
  }
  const far = connect({
    port: state.targetPort,
    host: LOOPBACK,
    allowHalfOpen: true,
    noDelay: true,
  })
  far.on('error', () => state.probes.get(from)?.(false))
  far.once('connect', () => state.probes.get(from)?.(true))
  join({ one: near, other: far, way: 'there' }, state)
  join({ one: far, other: near, way: 'back' }, state)
}

/** Takes what comes and answers nothing, as long as the other end likes to wait. */
function swallow(near: Socket, state: State): void {
  state.sockets.add(near)
  near.on('data', (chunk: Buffer) => void (state.swallowed += chunk.length))
  near.once('close', () => state.sockets.delete(near))
}

interface Join {
  readonly one: Socket
  readonly other: Socket
  readonly way: 'there' | 'back'
}

/** Lets what comes from one end through to the other, and ends the other when this one ends. */
function join({ one, other, way }: Join, state: State): void {
  const later = inOrder()
  state.sockets.add(one)
  one.on('data', (chunk: Buffer) => {
    if (isSwallowed(state.trouble, way)) {
      state.swallowed += chunk.length
      return
    }
    later(delayOf(state), () => {
      state.bytes += chunk.length
      if (other.write(chunk)) return
      one.pause()
      other.once('drain', () => one.resume())
    })
  })
  one.once('end', () => later(delayOf(state), () => other.end()))
  one.once('close', (hadError: boolean) => {
    state.sockets.delete(one)
    if (hadError) other.resetAndDestroy()
    else later(delayOf(state), () => other.destroySoon())
  })
}

function isSwallowed(trouble: Trouble | null, way: Join['way']): boolean {
  return trouble?.kind === 'black-hole' || (trouble?.kind === 'one-way' && way === 'back')
}

function delayOf(state: State): number {
  if (state.trouble?.kind !== 'slow') return 0
  state.delayed++
  return state.trouble.delayMs
}

/** Nothing overtakes what came before it, also where the delay shrinks meanwhile. */
function inOrder(): (afterMs: number, act: () => void) => void {
  const waiting: { act: () => void; due: boolean }[] = []
  const go = (): void => {
    while (waiting[0]?.due === true) waiting.shift()?.act()
  }
  return (afterMs, act) => {
    if (afterMs === 0 && waiting.length === 0) return act()
    const booking = { act, due: afterMs === 0 }
    waiting.push(booking)
    if (booking.due) return
    setTimeout(() => {
      booking.due = true
      go()
    }, afterMs)
  }
}

/** Connects to the edge as its users do. */
function reaches(
  at: { readonly port: number; readonly host: string },
  state: State,
): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ ...at })
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
