/** A compressed file that grows, and is whole up to its last flush whatever happens. */
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { constants, createGzip } from 'node:zlib'
import type { Gzip } from 'node:zlib'
import { ticker } from '../clock.ts'
import type { CupelError } from '../errors.ts'
import { unwritable } from './unwritable.ts'

const FLUSH_MS = 250

export interface Spool {
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
 * Opens a gzip file that is flushed by the clock, every 250 ms.
 *
 * The compressor's output is collected and written here rather than piped, because a pipe does not say when a flush has
 * reached the file.
 *
 * @param flags As of `fs.open`; by default the file must be new.
 */
export function openSpool(file: string, flags = 'wx'): Spool {
  const gzip = createGzip({ level: 1 })
  const packed: Buffer[] = []
  gzip.on('data', (chunk: Buffer) => packed.push(chunk))
  const opened = open(file, flags)
  let waiting: string[] = []
  let size = 0
  let written = 0
  let failure: CupelError | null = null
  let last: Promise<void> = opened.then(() => undefined, fail)

  async function store(pack: (gzip: Gzip, text: string) => Promise<void>): Promise<void> {
    const text = waiting.join('')
    waiting = []
    size = 0
    if (failure !== null) return
    await pack(gzip, text)
    const handle = await opened
    const bytes = Buffer.concat(packed.splice(0))
    await append(handle, bytes, written)
    written += bytes.length
  }
  function fail(cause: unknown): void {
    failure ??= unwritable(`the history ${file}`, cause)
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

/** All of it or nothing: a disk that becomes full takes a part, which would end in the middle of an event. */
async function append(handle: FileHandle, bytes: Buffer, written: number): Promise<void> {
  try {
    await handle.appendFile(bytes)
  } catch (error) {
    await handle.truncate(written).catch(() => {})
    throw error
  }
}

async function shut(handle: FileHandle): Promise<void> {
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
