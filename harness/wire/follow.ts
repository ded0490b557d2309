/** Follows one request through undici's callbacks and keeps what is a fact: the stamps, and the answer or why none came. */
import { errors } from 'undici'
import type { Dispatcher } from 'undici'
import type { NoAnswer } from '../model/history.ts'
import type { Clock, Exchange, RawAnswer } from '../model/target.ts'

/** An exchange but for the release, which only the wire knows. */
export type Facts = Pick<Exchange, 'begunUs' | 'answeredUs' | 'raw'>

export interface Followed {
  readonly handler: Dispatcher.DispatchHandler
  /** Rejects only for a message that cannot be sent at all, which is a mistake of whoever made it. */
  readonly done: Promise<Facts>
  /** Settles it without an answer, unless it has one. */
  giveUp(cause: NoAnswer): void
}

/** @param reused Whether the connection has carried a request before: then a reset without an answer is a stale connection. */
export function follow(clock: Clock, reused: boolean): Followed {
  const { promise: done, resolve, reject } = Promise.withResolvers<Facts>()
  const chunks: Buffer[] = []
  let begunUs: number | null = null
  let startedUs: number | null = null
  let head: { readonly status: number; readonly headers: Readonly<Record<string, string>> } | null =
    null

  const giveUp = (cause: NoAnswer): void => {
    const raw: RawAnswer = { cause: begunUs === null ? 'unsent' : cause }
    resolve({ begunUs: begunUs ?? clock.nowUs(), answeredUs: null, raw })
  }
  const handler: Dispatcher.DispatchHandler = {
    // Called in the turn that writes, before the write.
    onRequestStart() {
      begunUs = clock.nowUs()
    },
    // Called at the first byte of each response; an interim one (1xx) is followed by another.
    onResponseStarted() {
      startedUs = clock.nowUs()
    },
    onResponseStart(_controller, status, headers) {
      if (status >= 200) head = { status, headers: flat(headers) }
    },
    onResponseData(_controller, chunk) {
      chunks.push(chunk)
    },
    onResponseEnd() {
      if (head === null || begunUs === null) return giveUp('reset')
      resolve({
        begunUs,
        answeredUs: startedUs ?? clock.nowUs(),
        raw: { ...head, body: Buffer.concat(chunks) },
      })
    },
    onResponseError(_controller, error) {
      if (error instanceof errors.InvalidArgumentError) reject(error)
      else giveUp(causeOf(error, reused && startedUs === null))
    },
  }
  return { handler, done, giveUp }
}

/** An answer that is no HTTP has bytes, so that its connection was not stale; like any other broken answer it is a reset. */
function causeOf(error: Error, silentAndReused: boolean): NoAnswer {
  if (
    error instanceof errors.ResponseExceededMaxSizeError ||
    error instanceof errors.HeadersOverflowError
  ) {
    return 'too-large'
  }
  return silentAndReused ? 'stale-connection' : 'reset'
}

/** Names in lower case as undici gives them; fields that came more than once are joined (RFC 9110 §5.3). */
function flat(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Readonly<Record<string, string>> {
  const pairs = Object.entries(headers).filter(
    (pair): pair is [string, string | string[]] => pair[1] !== undefined,
  )
  return Object.fromEntries(
    pairs.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
}
