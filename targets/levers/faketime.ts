/** The clocks of programs that run under libfaketime, by the file that it reads the offset from (its README, section 4d). */
import { constants, readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import type { ClockControl } from '../../harness/model/fault.ts'
import type { Clock, Session } from '../../harness/model/target.ts'
import { seenWithin } from './lever.ts'

export const FAKETIME_INSTALL = 'libfaketime is not installed: apt install libfaketime'

const LIBRARY = 'libfaketime.so.1'
/** Where Debian and its like keep it, by architecture, and where others do. */
const ROOTS = ['/usr/lib', '/usr/lib64', '/usr/local/lib']

/** Its path, or null where it is not installed. */
export function faketimeLibrary(): string | null {
  const folders = ROOTS.flatMap((root) => [
    root,
    ...entriesOf(root).map((name) => `${root}/${name}`),
  ])
  for (const folder of folders) {
    if (entriesOf(`${folder}/faketime`).includes(LIBRARY)) return `${folder}/faketime/${LIBRARY}`
  }
  return null
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/**
 * What is written is not yet so: the `Date` of an answer may be a second old, as in Node, which makes its text once a
 * second. So it is looked at until it shows, for as long as that may take; if it never does, `measure` says so.
 */
const SHOWS_US = 3_000_000
/** How far a clock that was read may lie from what was asked, besides how exactly it can be read. */
const NEAR_US = 500_000

/** A drift is a stair: so long is each step, which for a clock at twice the time is 20 ms high. */
const STEP_US = 20_000

/** @param files By node. What they hold is a relative time, such as `+90`. */
export function faketimeClock(
  files: Readonly<Record<string, string>>,
  { clockOf }: Pick<Session, 'clockOf'>,
  clock: Clock,
): ClockControl {
  const offsets = new Map<string, number>()
  const drifts = new Map<string, Drift>()
  const tell = async (node: string, offsetUs: number): Promise<void> => {
    const file = files[node]
    if (file === undefined) throw new RangeError(`no libfaketime runs in ${node}`)
    await writeFile(file, lineFor(offsetUs), IN_PLACE)
    offsets.set(node, offsetUs)
  }
  const halt = async (node: string): Promise<void> => {
    const drift = drifts.get(node)
    drift?.stop.abort()
    await drift?.ended
    drifts.delete(node)
  }
  return {
    rung: 'libfaketime',
    async setOffset(node, offsetUs) {
      await halt(node)
      await tell(node, offsetUs)
      await seenWithin(clock, SHOWS_US, async () => {
        const seen = await clockOf(node)
        if (seen === null) return null
        const isNear = seen.lowUs - NEAR_US <= offsetUs && offsetUs <= seen.highUs + NEAR_US
        return isNear ? true : null
      })
    },
    async setDrift(node, ppm) {
      await halt(node)
      if (ppm === 0) return
      const [fromUs, sinceUs] = [offsets.get(node) ?? 0, clock.nowUs()]
      // The first step shows whether it can be told at all; one that fails later shows in what is measured.
      await tell(node, fromUs)
      const stop = new AbortController()
      const climb = async (): Promise<void> => {
        while (!stop.signal.aborted) {
          await clock.sleepUntil(clock.nowUs() + STEP_US, stop.signal)
          await tell(node, fromUs + ((clock.nowUs() - sinceUs) * ppm) / 1e6)
        }
      }
      drifts.set(node, { stop, ended: climb().catch(() => undefined) })
    },
    async measure(node) {
      const seen = await clockOf(node)
      if (seen === null) throw new RangeError(`the clock of ${node} cannot be read`)
      return { lowUs: seen.lowUs, highUs: seen.highUs }
    },
  }
}

interface Drift {
  readonly stop: AbortController
  /** Resolves once nothing more is written; never rejects. */
  readonly ended: Promise<void>
}

/** What stands there is written over, never first emptied: whoever read nothing would take the true time for its own. */
const IN_PLACE = { flag: constants.O_WRONLY | constants.O_CREAT }

/** Of one length whatever the offset, so that nothing of an earlier one is left behind it. */
function lineFor(offsetUs: number): string {
  const seconds = Math.abs(offsetUs / 1e6).toFixed(6)
  return `${offsetUs < 0 ? '-' : '+'}${seconds.padStart(17, '0')}\n`
}
