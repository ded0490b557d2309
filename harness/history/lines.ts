/** The lines of a file, unpacked where it is packed, with a digest of all that came before a line. */
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { constants, createGunzip } from 'node:zlib'

/** Far more than any event needs; a file may unpack to a line without end. */
const LONGEST_LINE_BYTES = 1 << 24

const LINE_FEED = 0x0a

/** So much is unpacked at a time, by another thread: for each piece this one waits until that had a core and has one itself. */
const PIECE_BYTES = 1 << 18

export interface Lines extends AsyncIterable<Line> {
  /** SHA-256 of every byte before the line that was given last, in hexadecimal. */
  digestBefore(): string
}

export interface Line {
  /** Counts from 1. */
  readonly number: number
  readonly text: string
  /** The file ends without ending this line. */
  readonly torn: boolean
}

export interface Refusals {
  /** Throws: the file cannot be read. */
  unreadable(cause: unknown): never
  /** Throws: the line is longer than any event. */
  tooLong(number: number): never
}

/** Hashes whole chunks rather than lines, which is most of what reading would otherwise cost. */
export function linesOf(file: string, refuse: Refusals): Lines {
  const hash = createHash('sha256')
  const at = { chunk: Buffer.alloc(0), hashed: 0, line: 0 }
  const hashUpTo = (end: number): void => {
    hash.update(at.chunk.subarray(at.hashed, end))
    at.hashed = end
  }

  async function* read(): AsyncGenerator<Line, void, undefined> {
    let number = 0
    let rest: Buffer = Buffer.alloc(0)
    for await (const bytes of chunksOf(file, refuse)) {
      const chunk = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
      Object.assign(at, { chunk, hashed: 0, line: 0 })
      for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, end + 1)) {
        yield { number: ++number, text: chunk.toString('utf8', at.line, end), torn: false }
        at.line = end + 1
      }
      hashUpTo(at.line)
      rest = chunk.subarray(at.line)
      if (rest.length > LONGEST_LINE_BYTES) refuse.tooLong(number + 1)
    }
    if (rest.length === 0) return
    Object.assign(at, { chunk: rest, hashed: 0, line: 0 })
    yield { number: ++number, text: rest.toString('utf8'), torn: true }
  }
  return {
    [Symbol.asyncIterator]: read,
    digestBefore() {
      hashUpTo(at.line)
      return copyOf(hash)
    },
  }
}

function copyOf(hash: Hash): string {
  return hash.copy().digest('hex')
}

async function* chunksOf(file: string, refuse: Refusals): AsyncIterable<Buffer> {
  const bytes = createReadStream(file, { highWaterMark: 1 << 16 })
  const source: AsyncIterable<Buffer> = file.endsWith('.gz')
    ? // A stream that was cut off has no end; what there is of it is given all the same.
      pipeline(
        bytes,
        createGunzip({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: PIECE_BYTES }),
        () => undefined,
      )
    : bytes
  try {
    yield* source
  } catch (cause) {
    refuse.unreadable(cause)
  }
}
