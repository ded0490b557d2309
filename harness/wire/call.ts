/** A wire around a function, for verifiers that are called and for simulated targets. */
import type { Exchange, Message, RawAnswer, Wire } from '../model/target.ts'
import type { NoAnswer } from '../model/history.ts'
import type { Lent } from './limits.ts'

/**
 * Stamps a call as a request: begun and released before the call, answered after its promise resolved. Nothing can be
 * written ahead of a call, so `hold` makes it at the release. An exception of the function is a reset.
 *
 * Its time limit is kept by the lent clock, so that it holds in simulated time as well.
 */
export function callWire(verify: (message: Message) => Promise<RawAnswer>, lent: Lent): Wire {
  const { clock, limits, connection } = lent
  let uses = 0
  const send = async (message: Message, signal: AbortSignal): Promise<Exchange> => {
    const begunUs = clock.nowUs()
    const stamps = { begunUs, releasedUs: begunUs, connection, reused: uses++ > 0 }
    if (signal.aborted) return { ...stamps, answeredUs: null, raw: { cause: 'unsent' } }
    const over = new AbortController()
    const given = new Promise<RawAnswer>((resolve) => {
      const giveUp = (): void => resolve({ cause: 'timeout' })
      signal.addEventListener('abort', giveUp, { signal: over.signal })
      void clock.sleepUntil(begunUs + limits.answerMs * 1000, over.signal).then(giveUp)
    })
    const raw = await Promise.race([answerOf(verify, message, limits.answerBytes), given])
    const answeredUs = 'cause' in raw ? null : clock.nowUs()
    over.abort()
    return { ...stamps, answeredUs, raw }
  }
  return {
    send,
    hold: async (message, signal) => ({ release: () => send(message, signal) }),
    usable: () => true,
    close: async () => {},
  }
}

async function answerOf(
  verify: (message: Message) => Promise<RawAnswer>,
  message: Message,
  limitBytes: number,
): Promise<RawAnswer> {
  try {
    const raw = await verify(message)
    return 'body' in raw && raw.body.byteLength > limitBytes ? none('too-large') : raw
  } catch {
    return none('reset')
  }
}

function none(cause: NoAnswer): RawAnswer {
  return { cause }
}
