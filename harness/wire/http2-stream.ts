/** One request on an HTTP/2 connection, and what came of it. */
import type {
  ClientHttp2Session,
  ClientHttp2Stream,
  IncomingHttpHeaders,
  OutgoingHttpHeaders,
} from 'node:http2'
import type { NoAnswer } from '../model/history.ts'
import type { Exchange, RawAnswer } from '../model/target.ts'
import type { Lent } from './limits.ts'
import { patience } from './patience.ts'

export interface Opening {
  readonly headers: OutgoingHttpHeaders
  /** Whether the request has no body at all. */
  readonly bare: boolean
  readonly lent: Lent
  /** Whether the connection has carried a request before. */
  readonly reused: boolean
  /** Whether the server may have looked at the stream of this number, by what it said when it took no more. */
  readonly isTaken: (id: number) => boolean
  /** Whether the whole connection is gone. */
  readonly isBroken: () => boolean
}

/** Error codes by their numbers (RFC 9113 §7). */
const CODES = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
]
const CANCEL = 8

type Head = Omit<Extract<RawAnswer, { status: number }>, 'body'>

export class Stream {
  readonly landed: Promise<Exchange>
  readonly #land: (exchange: Exchange) => void
  readonly #opening: Opening
  readonly #stream: ClientHttp2Stream
  readonly #begunUs: number
  readonly #chunks: Buffer[] = []
  #cancel: () => void
  #releasedUs: number | null = null
  #answeredUs: number | null = null
  #head: Head | null = null
  #bytes = 0
  #over = false

  /** @throws {Error} For a message that cannot be sent at all, and on a connection that takes no more. */
  constructor(session: ClientHttp2Session, opening: Opening) {
    this.#opening = opening
    const { promise, resolve } = Promise.withResolvers<Exchange>()
    this.landed = promise
    this.#land = resolve
    this.#begunUs = opening.lent.clock.nowUs()
    this.#stream = session.request(opening.headers, { endStream: opening.bare })
    this.#cancel = this.#limit()
    this.#follow()
  }

  /** Resolves when the piece has left the process. */
  write(piece: Uint8Array): Promise<void> {
    return new Promise((left) => void this.#stream.write(piece, () => left()))
  }

  /** Hands over the last piece, and begins the time limit anew. */
  release(piece: Uint8Array): void {
    this.#releasedUs = this.#opening.lent.clock.nowUs()
    if (this.#over) return
    this.#cancel()
    this.#cancel = this.#limit()
    if (!this.#opening.bare) this.#stream.end(piece)
  }

  giveUp(raw: RawAnswer): void {
    this.#end(raw)
    this.#stream.close(CANCEL)
  }

  #limit(): () => void {
    return patience(this.#opening.lent.limits.answerMs, () => this.giveUp({ cause: 'timeout' }))
  }

  #follow(): void {
    const stream = this.#stream
    // Interim responses (1xx) are another event, and so are trailers.
    stream.on('response', (headers) => {
      this.#answeredUs = this.#opening.lent.clock.nowUs()
      this.#head = { status: headers[':status'] ?? 0, headers: flat(headers) }
    })
    stream.on('data', (chunk: Buffer) => {
      this.#bytes += chunk.length
      if (this.#bytes > this.#opening.lent.limits.answerBytes)
        this.giveUp({ cause: 'too-large', detail: 'body' })
      else this.#chunks.push(chunk)
    })
    stream.on('end', () => {
      // A reset ends what can be read as well; then it is told when the stream closes.
      if (stream.rstCode === 0) this.#answered()
    })
    stream.on('error', () => {})
    stream.on('close', () => this.#lost())
  }

  #answered(): void {
    const head = this.#head
    if (head === null) return
    const length = head.headers['content-length']
    // RFC 9113 §8.1.1.
    if (length !== undefined && Number(length) !== this.#bytes && !isBodiless(head.status))
      return this.#end({ cause: 'reset', detail: 'cut-short' })
    this.#end({ ...head, body: Buffer.concat(this.#chunks) })
  }

  /** A connection that was closed over our heads says no more of this request than one that is stale. */
  #lost(): void {
    const { reused, isTaken, isBroken } = this.#opening
    const { rstCode } = this.#stream
    const silent = this.#head === null
    const untaken = !isTaken(this.#stream.id ?? 0)
    const broken = isBroken()
    const cause: NoAnswer = silent && reused && (untaken || broken) ? 'stale-connection' : 'reset'
    const how = broken ? 'closed' : `rst:${CODES[rstCode] ?? rstCode}`
    this.#end({ cause, detail: untaken ? 'goaway' : silent ? how : 'cut-short' })
  }

  #end(raw: RawAnswer): void {
    if (this.#over) return
    this.#over = true
    this.#cancel()
    const { lent, reused } = this.#opening
    this.#land({
      begunUs: this.#begunUs,
      releasedUs: this.#releasedUs ?? this.#begunUs,
      answeredUs: 'cause' in raw ? null : (this.#answeredUs ?? lent.clock.nowUs()),
      connection: lent.connection,
      reused,
      raw,
    })
  }
}

function isBodiless(status: number): boolean {
  return status === 204 || status === 304
}

/** Without the pseudo-fields; what came more than once is joined (RFC 9110 §5.3). */
function flat(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name.startsWith(':')) continue
    fields[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return fields
}
