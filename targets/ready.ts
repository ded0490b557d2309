/** When a server that was started counts as ready: by what its port does. */
import { connect } from 'node:net'
import { timer } from '../harness/clock.ts'
import type { ProcessFile } from '../harness/model/target-file.ts'
import type { Site } from '../harness/model/target.ts'

export type Ready = NonNullable<ProcessFile['ready']>

const CONNECT_MS = 1_000

/** How soon whoever forwards a port for nobody (an engine, a proxy) hangs up on who was let in. */
const HANGS_UP_MS = 200

export async function isReady(site: Site, port: number, ready: Ready): Promise<boolean> {
  return 'tcp' in ready ? keepsConnections(port) : answers(site, port, ready.http)
}

export function takesConnections(port: number): Promise<boolean> {
  return connects(port, 0)
}

/** Takes a connection, and does not close it again at once. */
function keepsConnections(port: number): Promise<boolean> {
  return connects(port, HANGS_UP_MS)
}

function connects(port: number, forMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    let cancel = timer(CONNECT_MS, () => settle(false))
    const settle = (up: boolean): void => {
      cancel()
      socket.destroy()
      resolve(up)
    }
    socket.once('connect', () => {
      cancel()
      if (forMs === 0) settle(true)
      else cancel = timer(forMs, () => settle(true))
    })
    socket.once('error', () => settle(false))
    socket.once('close', () => settle(false))
  })
}

/** Any answer but a 5xx: what stands at that path is not the point. */
async function answers(site: Site, port: number, path: string): Promise<boolean> {
  const wire = await site.wires.http(new URL(`http://127.0.0.1:${port}`), null).catch(() => null)
  if (wire === null) return false
  const message = {
    method: 'GET',
    path,
    headers: {},
    body: new Uint8Array(),
    heldBytes: 0,
  } as const
  const { raw } = await wire.send(message, site.signal)
  await wire.close()
  return 'status' in raw && raw.status < 500
}
