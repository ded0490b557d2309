/** Opens the socket of a wire before anything is sent on it, so that no stamp is widened by connecting. */
import { connect as connectTcp, isIP } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { CupelError } from '../errors.ts'
import type { TlsOptions } from '../model/target.ts'
import { patience } from './patience.ts'

/**
 * A connected socket; over TLS its peer is verified unless `tls.verify` is false.
 *
 * @throws {CupelError} ERR_TARGET_UNREACHABLE when nobody answers at the address within `limitMs`, or TLS fails.
 */
export function connectTo(origin: URL, tls: TlsOptions | null, limitMs: number): Promise<Socket> {
  const secure = origin.protocol === 'https:'
  return new Promise((resolve, reject) => {
    const socket = secure
      ? tlsSocket(origin, tls)
      : connectTcp({ host: hostOf(origin), port: portOf(origin) })
    let reached = false
    socket.once('connect', () => (reached = true))
    // Stays for the socket's life: an idle connection that is reset must not end the process.
    socket.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message, error))
    const cancel = patience(limitMs, () => fail(`no answer within ${limitMs} ms`))
    const fail = (why: string, cause?: Error): void => {
      cancel()
      socket.destroy()
      reject(unreachable(origin, secure && reached ? 'TLS' : 'TCP', why, cause))
    }
    socket.once('close', () => fail('closed by the other side'))
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      cancel()
      // A race's last bytes leave when they are written and wait for no acknowledgement (Nagle, RFC 896).
      socket.setNoDelay(true)
      resolve(socket)
    })
  })
}

/** The address that a socket for this origin goes to, as `host:port`. */
export function addressOf(origin: URL): string {
  return `${origin.hostname}:${portOf(origin)}`
}

function tlsSocket(origin: URL, tls: TlsOptions | null): Socket {
  const host = hostOf(origin)
  return connectTls({
    host,
    port: portOf(origin),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: tls?.verify ?? true,
    // A literal address is no name to ask for (RFC 6066 §3); it is verified against the certificate all the same.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(tls?.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls?.cert === undefined ? {} : { cert: tls.cert }),
    ...(tls?.key === undefined ? {} : { key: tls.key }),
  })
}

const UNKNOWN_AUTHORITY =
  'give the certificate of its authority as `ca` under `tls` in the target file'

/** By the code of the error, where it is not its authority that is missing. */
const TLS_HINTS: Readonly<Record<string, string>> = {
  ERR_TLS_CERT_ALTNAME_INVALID:
    'its certificate is for another name: use that name in the target file, or let it have one for this name',
  ERR_SSL_WRONG_VERSION_NUMBER:
    'that port does not speak TLS: correct the port, or write http: in the target file',
  ERR_SSL_PACKET_LENGTH_TOO_LONG:
    'that port does not speak TLS: correct the port, or write http: in the target file',
  CERT_HAS_EXPIRED: 'its certificate has expired: give it a new one, or correct the clock here',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet: correct the clock here or there',
}

function unreachable(
  origin: URL,
  layer: 'TCP' | 'TLS',
  why: string,
  cause: Error | undefined,
): CupelError {
  const address = addressOf(origin)
  const message =
    layer === 'TLS' ? `TLS with ${address} failed: ${why}` : `nobody answers at ${address}: ${why}`
  const hint =
    layer === 'TLS'
      ? (TLS_HINTS[why] ?? UNKNOWN_AUTHORITY)
      : 'start the target, or correct its address in the target file'
  return new CupelError(
    'ERR_TARGET_UNREACHABLE',
    message,
    cause === undefined ? { hint } : { hint, cause },
  )
}

function hostOf(origin: URL): string {
  return origin.hostname.replace(/^\[|\]$/gu, '')
}

function portOf(origin: URL): number {
  if (origin.port !== '') return Number(origin.port)
  return origin.protocol === 'https:' ? 443 : 80
}
