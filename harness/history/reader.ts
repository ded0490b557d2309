/** Reads a history back, event by event, whatever became of its end. */
import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { constants, createGunzip } from 'node:zlib'
import { CupelError } from '../errors.ts'
import type { HistoryEvent } from '../model/history.ts'
import { assertEvent } from './shape.ts'

/** The format that this version reads and writes. */
const FORMAT = 1

/** Far more than any event needs; a file may unpack to a line without end. */
const LONGEST_LINE_CHARACTERS = 1 << 24

/**
 * The events of a history, in the order written; `.gz` files are unpacked, others are read as they are.
 *
 * A file cut off anywhere, as by `kill -9`, ends quietly at its last whole line: what was seen is no less true. Such a
 * history has no footer, and a footer is given only where it agrees with all that came before it.
 *
 * @throws {CupelError} ERR_HISTORY_UNREADABLE for what is no history, or no longer the one that was written;
 *   ERR_HISTORY_FORMAT for a newer format.
 */
export async function* readHistory(file: string): AsyncIterable<HistoryEvent> {
  const reading = startReading(file)
  let ended = false
  for await (const { number, text, torn } of lines(file)) {
    const value = parse(text)
    if (value === undefined && torn) break
    if (ended) throw unreadable(file, number, 'something follows the footer')
    const event = reading.take(value, number)
    reading.hash.update(`${text}\n`)
    ended = event.kind === 'footer'
    yield event
  }
  if (!reading.begun()) throw unreadable(file, 1, 'there is no header')
}

interface Reading {
  readonly hash: Hash
  begun(): boolean
  /** Checks one line against those before it. */
  take(value: unknown, number: number): HistoryEvent
}

function startReading(file: string): Reading {
  const hash = createHash('sha256')
  const seen = new Map<string, { readonly round: number; readonly names: Set<string> }>()
  let begun = false
  let steps = 0
  let observed = 0

  function count(event: HistoryEvent): string | null {
    switch (event.kind) {
      case 'round':
        steps += event.steps
        // A round begins when the one before it was answered, so that its names need not be kept.
        seen.set(event.scenario, { round: event.round, names: new Set() })
        return null
      case 'observed':
        observed++
        return repeated(event.scenario, `${event.round}#${event.attempt}#${event.step}`)
          ? `${event.step}, attempt ${event.attempt}, was observed before`
          : null
      case 'footer':
        if (event.steps !== steps || event.observed !== observed) {
          return `the footer counts ${event.steps} steps and ${event.observed} observations, the file ${steps} and ${observed}`
        }
        return event.digest === hash.copy().digest('hex')
          ? null
          : 'the digest of the footer is another one'
      case 'header':
        return begun ? 'there is a second header' : null
      case 'fault':
      case 'clock':
      case 'measured':
      case 'concluded':
        return null
    }
  }
  function repeated(scenario: string, name: string): boolean {
    const round = seen.get(scenario) ?? { round: 0, names: new Set<string>() }
    seen.set(scenario, round)
    if (round.names.has(name)) return true
    round.names.add(name)
    return false
  }

  return {
    hash,
    begun: () => begun,
    take(value, number) {
      if (!begun) checkFormat(file, value)
      assertEvent(value, (what) => {
        throw unreadable(file, number, what)
      })
      const wrong = count(value)
      if (wrong !== null) throw unreadable(file, number, wrong)
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

interface Line {
  readonly number: number
  readonly text: string
  /** The file ends without ending this line. */
  readonly torn: boolean
}

async function* lines(file: string): AsyncIterable<Line> {
  let number = 0
  // The pieces of a line are joined once, when its end is there.
  let pieces: string[] = []
  let length = 0
  for await (const text of texts(file)) {
    const parts = text.split('\n')
    const rest = parts.pop() ?? ''
    for (const part of parts) {
      yield { number: ++number, text: pieces.join('') + part, torn: false }
      pieces = []
      length = 0
    }
    pieces.push(rest)
    length += rest.length
    if (length > LONGEST_LINE_CHARACTERS)
      throw unreadable(file, number + 1, 'it is longer than any event')
  }
  if (length > 0) yield { number: ++number, text: pieces.join(''), torn: true }
}

async function* texts(file: string): AsyncIterable<string> {
  const decoder = new TextDecoder()
  const bytes = createReadStream(file)
  const source: AsyncIterable<Uint8Array> = file.endsWith('.gz')
    ? // A stream that was cut off has no end; what there is of it is given all the same.
      pipeline(bytes, createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }), () => undefined)
    : bytes
  try {
    for await (const chunk of source) yield decoder.decode(chunk, { stream: true })
  } catch (cause) {
    throw notReadable(file, cause)
  }
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
