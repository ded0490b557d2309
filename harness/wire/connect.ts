/** Opens the socket of a wire before anything is sent on it, so that no stamp is widened by connecting. */
import { connect as connectTcp, isIP } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { HttpWay, TlsOptions } from '../model/target.ts'
import { openTunnel } from './proxy.ts'
import { patience } from './patience.ts'
import { unreachable, type Layer } from './unreachable.ts'

/** Whom to connect to, and how. */
export interface Connecting {
  readonly origin: URL
  readonly tls: TlsOptions | null
  readonly way: HttpWay
  /** The one protocol that is offered (ALPN, RFC 7301). */
  readonly protocol: 'http/1.1' | 'h2'
}

/**
 * A connected socket; over TLS its peer is verified unless `tls.verify` is false.
 *
 * @throws {CupelError} ERR_TARGET_UNREACHABLE when nobody answers at the address within `limitMs`, or TLS fails.
 */
export async function connectTo(to: Connecting, limitMs: number): Promise<Socket> {
  const { origin, way } = to
  const secure = origin.protocol === 'https:'
  const tunnel =
    way.proxy === undefined ? null : await openTunnel(way.proxy, addressOf(origin), limitMs)
  if (tunnel !== null && !secure) return ready(tunnel)
  return new Promise((resolve, reject) => {
    const socket = secure
      ? tlsSocket(to, tunnel)
      : connectTcp({ host: hostOf(origin), port: portOf(origin) })
    let layer: Layer = tunnel === null ? 'TCP' : 'TLS'
    socket.once('connect', () => (layer = secure ? 'TLS' : layer))
    const settle = (): void => {
      cancel()
      socket.off('error', failed)
      socket.off('close', closed)
    }
    const fail = (why: string, word: string, cause?: Error): void => {
      settle()
      // What still comes of it must not end the process.
      socket.on('error', () => {})
      socket.destroy()
      reject(unreachable({ address: addressOf(origin), layer, why, word }, cause))
    }
    const failed = (error: NodeJS.ErrnoException): void =>
      fail(error.code ?? error.message, error.code ?? 'error', error)
    const closed = (): void => fail('closed by the other side', 'closed')
    const cancel = patience(limitMs, () => fail(`no answer within ${limitMs} ms`, 'no-answer'))
    socket.on('error', failed)
    socket.once('close', closed)
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      if ('alpnProtocol' in socket && speaksAnother(socket, to))
        return fail(ANOTHER_PROTOCOL, ANOTHER_PROTOCOL)
      settle()
      resolve(ready(socket))
    })
  })
}

const ANOTHER_PROTOCOL = 'ERR_NO_COMMON_PROTOCOL'

/** The address that a socket for this origin goes to, as `host:port`. */
export function addressOf(origin: URL): string {
  return `${origin.hostname}:${portOf(origin)}`
}

/** A race's last bytes leave when they are written and wait for no acknowledgement (Nagle, RFC 896). */
function ready(socket: Socket): Socket {
  socket.setNoDelay(true)
  return socket
}

/** Where the other side chose nothing, HTTP/1.1 is what it speaks. */
function speaksAnother({ alpnProtocol }: TLSSocket, { protocol }: Connecting): boolean {
  return alpnProtocol === false ? protocol === 'h2' : alpnProtocol !== protocol
}

function tlsSocket({ origin, tls, way, protocol }: Connecting, tunnel: Socket | null): TLSSocket {
  const name = way.host === undefined ? hostOf(origin) : hostOf(new URL(`https://${way.host}`))
  return connectTls({
    ...(tunnel === null ? { host: hostOf(origin), port: portOf(origin) } : { socket: tunnel }),
    ALPNProtocols: [protocol],
    rejectUnauthorized: tls?.verify ?? true,
    // A literal address is no name to ask for (RFC 6066 §3); it is verified against the certificate all the same.
    ...(isIP(name) === 0 ? { servername: name } : { host: name }),
    ...(tls?.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls?.cert === undefined ? {} : { cert: tls.cert }),
    ...(tls?.key === undefined ? {} : { key: tls.key }),
  })
}

function hostOf(origin: URL): string {
  return origin.hostname.replace(/^\[|\]$/gu, '')
}

function portOf(origin: URL): number {
  if (origin.port !== '') return Number(origin.port)
  return origin.protocol === 'https:' ? 443 : 80
}
