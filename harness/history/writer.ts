/** The history on disk as it grows: NDJSON through gzip, whole up to the last flush whatever happens. */
import { createHash } from 'node:crypto'
import type { HistoryEvent } from '../model/history.ts'
import { openSpool } from './spool.ts'

/** How much may wait for the disk before whoever writes has to wait too. */
const MOST_WAITING_CHARACTERS = 1 << 20

export type Footer = Extract<HistoryEvent, { kind: 'footer' }>

export interface HistoryWriter {
  /**
   * Takes the next events; the header comes first. Resolves when they are queued for the disk, or, with a fault event
   * among them, when they are there: what is about to be broken must be known afterwards.
   *
   * @throws {CupelError} ERR_HISTORY_UNWRITABLE when one of these or an earlier event could not be written.
   */
  write(events: readonly HistoryEvent[]): Promise<void>
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
  const put = (events: readonly HistoryEvent[]): void => {
    let lines = ''
    for (const event of events) lines += `${JSON.stringify(event)}\n`
    hash.update(lines)
    spool.put(lines)
  }
  const count = (event: HistoryEvent): void => {
    if (begun === (event.kind === 'header'))
      throw new RangeError('a history begins with its one header')
    if (event.kind === 'footer') throw new RangeError('closing a history writes its footer')
    begun = true
    if (event.kind === 'round') steps += event.steps
    if (event.kind === 'observed') observed++
  }
  return {
    async write(events) {
      if (closed) throw new RangeError('this history is closed')
      for (const event of events) count(event)
      put(events)
      const urgent = events.some(({ kind }) => kind === 'fault')
      if (urgent || spool.waiting() > MOST_WAITING_CHARACTERS) await spool.flush()
      else spool.check()
    },
    async close() {
      if (closed) throw new RangeError('this history is closed')
      closed = true
      const footer: Footer = { kind: 'footer', steps, observed, digest: hash.copy().digest('hex') }
      put([footer])
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
