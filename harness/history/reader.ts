/** Reads a history back, event by event, whatever became of its end. */
import { CupelError } from '../errors.ts'
import type { HistoryEvent, Observation } from '../model/history.ts'
import { linesOf } from './lines.ts'
import { openOnce, type Once } from './once.ts'
import { assertEvent } from './shape.ts'

/** The format that this version reads and writes. */
const FORMAT = 1

/**
 * Answers stand in the file as they came, but for races, which are told when all of them is answered, and for whatever a
 * time-out keeps waiting: ten seconds. What stands further out of order was not written by a run, and the judge, which
 * forgets what is over, could not judge it.
 */
const MOST_DISORDER_US = 30e6

/**
 * The events of a history, in the order written; `.gz` files are unpacked, others are read as they are.
 *
 * A file cut off anywhere, as by `kill -9`, ends quietly at its last whole line: what was seen is no less true. Such a
 * history has no footer, and a footer is given only where it agrees with all that came before it.
 *
 * @throws {CupelError} ERR_HISTORY_UNREADABLE for what is no history, or no longer the one that was written;
 *   ERR_HISTORY_DISORDERED where it was put into another order; ERR_HISTORY_FORMAT for a newer format.
 */
export async function* readHistory(file: string): AsyncIterable<HistoryEvent> {
  const lines = linesOf(file, {
    unreadable: (cause) => {
      throw notReadable(file, cause)
    },
    tooLong: (number) => {
      throw unreadable(file, number, 'it is longer than any event')
    },
  })
  const reading = startReading(file, () => lines.digestBefore())
  let ended = false
  for await (const { number, text, torn } of lines) {
    const value = parse(text)
    if (value === undefined && torn) break
    if (ended) throw unreadable(file, number, 'something follows the footer')
    const event = reading.take(value, number)
    ended = event.kind === 'footer'
    yield event
  }
  if (!reading.begun()) throw unreadable(file, 1, 'there is no header')
}

interface Reading {
  begun(): boolean
  /** Checks one line against those before it. */
  take(value: unknown, number: number): HistoryEvent
}

function startReading(file: string, digestBefore: () => string): Reading {
  const seen = new Map<string, Once>()
  let begun = false
  let steps = 0
  let observed = 0
  let latestUs = -Infinity

  function wrongWith(event: HistoryEvent): string | null {
    switch (event.kind) {
      case 'round':
        steps += event.steps
        // A round begins when the one before it was answered, so that its names need not be kept.
        seen.set(event.scenario, openOnce())
        return null
      case 'observed':
        observed++
        return isRepeated(event)
          ? `${event.step}, attempt ${event.attempt}, was observed before`
          : null
      case 'footer':
        if (event.steps !== steps || event.observed !== observed) {
          return `the footer counts ${event.steps} steps and ${event.observed} observations, the file ${steps} and ${observed}`
        }
        return event.digest === digestBefore() ? null : 'the digest of the footer is another one'
      case 'header':
        return begun ? 'there is a second header' : null
      case 'fault':
      case 'clock':
      case 'measured':
      case 'concluded':
        return null
    }
  }
  function isRepeated({ scenario, attempt, step }: Observation): boolean {
    const known = seen.get(scenario) ?? openOnce()
    seen.set(scenario, known)
    return !known.take(attempt === 1 ? step : `${attempt}#${step}`)
  }
  function isDisordered({ answeredUs }: Observation): boolean {
    if (answeredUs === null) return false
    latestUs = Math.max(latestUs, answeredUs)
    return answeredUs < latestUs - MOST_DISORDER_US
  }

  return {
    begun: () => begun,
    take(value, number) {
      if (!begun) checkFormat(file, value)
      assertEvent(value, (what) => {
        throw unreadable(file, number, what)
      })
      const wrong = wrongWith(value)
      if (wrong !== null) throw unreadable(file, number, wrong)
      if (value.kind === 'observed' && isDisordered(value)) throw disordered(file, number)
      begun = true
      return value
    },
  }
}

function checkFormat(file: string, value: unknown): void {
  const header = typeof value === 'object' && value !== null ? value : {}
  if (!('kind' in header && header.kind === 'header' && 'format' in header)) {
    throw unreadable(file, 1, 'this is no header of a history')
  }
  const { format } = header
  if (format === FORMAT) return
  if (typeof format === 'number' && format > FORMAT) {
    throw new CupelError(
      'ERR_HISTORY_FORMAT',
      `${file} has format ${format}; this version reads format ${FORMAT}`,
      { hint: 'Judge it with the version that wrote it, or a newer one.' },
    )
  }
  throw unreadable(file, 1, `format ${JSON.stringify(format)} was never written`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function notReadable(file: string, cause: unknown): CupelError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error'
  const missing = code === 'ENOENT'
  return new CupelError(
    'ERR_HISTORY_UNREADABLE',
    missing ? `there is no history ${file}` : `the history ${file} cannot be read (${code})`,
    {
      hint: missing
        ? 'A run keeps its history as history.ndjson.gz in its folder under out/.'
        : 'It is no gzip file, or was damaged. The record of its run may still be whole.',
      cause,
    },
  )
}

function unreadable(file: string, line: number, what: string): CupelError {
  return new CupelError('ERR_HISTORY_UNREADABLE', `${file}, line ${line}: ${what}`, {
    hint: 'Judge the file as the run wrote it. An edited history is no evidence.',
  })
}

function disordered(file: string, line: number): CupelError {
  return new CupelError(
    'ERR_HISTORY_DISORDERED',
    `${file}, line ${line}: it was answered over ${MOST_DISORDER_US / 1e6} s before a line above it`,
    { hint: 'Judge the file as the run wrote it. A sorted or merged history is no evidence.' },
  )
}
