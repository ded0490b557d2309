/** The clocks of programs that run under libfaketime, by the file that it reads the offset from (its README, section 4d). */
import { readdirSync } from 'node:fs'
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

/** @param files By node. What they hold is a relative time, such as `+90`. */
export function faketimeClock(
  files: Readonly<Record<string, string>>,
  { clockOf }: Pick<Session, 'clockOf'>,
  clock: Clock,
): ClockControl {
  return {
    rung: 'libfaketime',
    async setOffset(node, offsetUs) {
      const file = files[node]
      if (file === undefined) throw new RangeError(`no libfaketime runs in ${node}`)
      const seconds = offsetUs / 1e6
      await writeFile(file, `${seconds < 0 ? '-' : '+'}${Math.abs(seconds)}\n`)
      await seenWithin(clock, SHOWS_US, async () => {
        const seen = await clockOf(node)
        if (seen === null) return null
        const isNear = seen.lowUs - NEAR_US <= offsetUs && offsetUs <= seen.highUs + NEAR_US
        return isNear ? true : null
      })
    },
    async measure(node) {
      const seen = await clockOf(node)
      if (seen === null) throw new RangeError(`the clock of ${node} cannot be read`)
      return { lowUs: seen.lowUs, highUs: seen.highUs }
    },
  }
}
