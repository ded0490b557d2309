/** The history on disk as it grows: NDJSON through gzip, whole up to the last flush whatever happens. */
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { constants, createGzip } from 'node:zlib'
import type { Gzip } from 'node:zlib'
import { ticker } from '../clock.ts'
import { CupelError } from '../errors.ts'
import type { HistoryEvent } from '../model/history.ts'

const FLUSH_MS = 250
/** How much may wait for the disk before whoever writes has to wait too. */
const MOST_WAITING_CHARACTERS = 1 << 20

export type Footer = Extract<HistoryEvent, { kind: 'footer' }>

export interface HistoryWriter {
  /**
   * Takes the next event; the header comes first. Resolves when it is queued for the disk, or, of a fault event, when it
   * is there: what is about to be broken must be known afterwards.
   *
   * @throws {CupelError} ERR_HISTORY_UNWRITABLE when this or an earlier event could not be written.
   */
  write(event: HistoryEvent): Promise<void>
  /** Writes the footer, which it returns, and closes the file; only a run that reached its end has one. */
  close(): Promise<Footer>
  /** Closes the file without a footer. What was written stays readable and counts as incomplete. */
  abandon(): Promise<void>
}

/** Starts a history in a new file; an existing one is never overwritten. */
export function openHistory(file: string): HistoryWriter {
  const spool = openSpool(file)
  const hash = createHash('sha256')
  let steps = 0
  let observed = 0
  let begun = false
  let closed = false
  const put = (event: HistoryEvent): void => {
    const line = `${JSON.stringify(event)}\n`
    hash.update(line)
    spool.put(line)
  }
  return {
    async write(event) {
      if (closed) throw new RangeError('this history is closed')
      if (begun === (event.kind === 'header'))
        throw new RangeError('a history begins with its one header')
      if (event.kind === 'footer') throw new RangeError('closing a history writes its footer')
      begun = true
      if (event.kind === 'round') steps += event.steps
      if (event.kind === 'observed') observed++
      put(event)
      if (event.kind === 'fault' || spool.waiting() > MOST_WAITING_CHARACTERS) await spool.flush()
      else spool.check()
    },
    async close() {
      if (closed) throw new RangeError('this history is closed')
      closed = true
      const footer: Footer = { kind: 'footer', steps, observed, digest: hash.copy().digest('hex') }
      put(footer)
      await spool.close()
      return footer
    },
    async abandon() {
      if (closed) return
      closed = true
      await spool.close()
    },
  }
}

interface Spool {
  put(text: string): void
  /** Characters that are not on their way to the disk yet. */
  waiting(): number
  /** Resolves when all that was put before is on the disk. */
  flush(): Promise<void>
  /** Throws what went wrong since. */
  check(): void
  close(): Promise<void>
}

/**
 * A compressed file that is flushed by the clock.
 *
 * The compressor's output is collected and written here rather than piped, because a pipe does not say when a flush has
 * reached the file.
 */
function openSpool(file: string): Spool {
  const gzip = createGzip({ level: 1 })
  const packed: Buffer[] = []
  gzip.on('data', (chunk: Buffer) => packed.push(chunk))
  const opened = open(file, 'wx')
  let waiting: string[] = []
  let size = 0
  let failure: CupelError | null = null
  let last: Promise<void> = opened.then(() => undefined, fail)

  async function store(pack: (gzip: Gzip, text: string) => Promise<void>): Promise<void> {
    const text = waiting.join('')
    waiting = []
    size = 0
    if (failure !== null) return
    await pack(gzip, text)
    const handle = await opened
    await append(handle, packed.splice(0))
  }
  function fail(cause: unknown): void {
    failure ??= unwritable(file, cause)
  }
  function check(): void {
    if (failure !== null) throw failure
  }
  /** One at a time and in order; a failure is kept for whoever comes next. */
  async function next(work: () => Promise<void>): Promise<void> {
    last = last.then(work).catch(fail)
    await last
  }

  const stop = ticker(FLUSH_MS, () => {
    if (waiting.length > 0) void next(() => store(packSome))
  })
  return {
    put(text) {
      waiting.push(text)
      size += text.length
    },
    waiting: () => size,
    async flush() {
      await next(() => store(packSome))
      check()
    },
    check,
    async close() {
      stop()
      await next(() => store(packRest))
      await opened.then((handle) => shut(handle)).catch(fail)
      check()
    },
  }
}

function packSome(gzip: Gzip, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    gzip.once('error', reject)
    gzip.write(text)
    gzip.flush(constants.Z_SYNC_FLUSH, () => {
      gzip.off('error', reject)
      resolve()
    })
  })
}

function packRest(gzip: Gzip, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    gzip.once('error', reject)
    gzip.once('end', resolve)
    gzip.end(text)
  })
}

async function append(handle: FileHandle, chunks: readonly Buffer[]): Promise<void> {
  await handle.appendFile(Buffer.concat(chunks))
}

async function shut(handle: FileHandle): Promise<void> {
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const HINTS: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full. Free some space, or choose another folder with --out.',
  EDQUOT:
    'Your share of the disk is used up. Free some space, or choose another folder with --out.',
  EEXIST: 'A history is never overwritten. Choose another folder with --out.',
  ENOENT: 'The folder does not exist.',
  EACCES: 'You may not write there. Choose another folder with --out.',
  EROFS: 'You may not write there. Choose another folder with --out.',
}

function unwritable(file: string, cause: unknown): CupelError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error'
  return new CupelError(
    'ERR_HISTORY_UNWRITABLE',
    `the history ${file} cannot be written (${code})`,
    {
      hint: HINTS[code] ?? 'What was written before can still be judged.',
      cause,
    },
  )
}
