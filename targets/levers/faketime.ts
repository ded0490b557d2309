/** The clocks of programs that run under libfaketime, by the file that it reads the offset from (its README, section 4d). */
import { constants, readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import type { ClockControl } from '../../harness/model/fault.ts'
import type { Clock, Session } from '../../harness/model/target.ts'
import { settableClock } from './settable-clock.ts'

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

/** How far apart a drift is told, in microseconds: shorter than anything that is decided by a clock of whole seconds. */
const STEP_US = 20_000

/** @param files By node. What they hold is a relative time, such as `+90`. */
export function faketimeClock(
  files: Readonly<Record<string, string>>,
  session: Pick<Session, 'clockOf'>,
  clock: Clock,
): ClockControl {
  const tell = async (node: string, offsetUs: number): Promise<void> => {
    const file = files[node]
    if (file === undefined) throw new RangeError(`no libfaketime runs in ${node}`)
    await writeFile(file, lineFor(offsetUs), IN_PLACE)
  }
  return settableClock({ rung: 'libfaketime', stepUs: STEP_US, tell }, session, clock)
}

/** What stands there is written over, never first emptied: whoever read nothing would take the true time for its own. */
const IN_PLACE = { flag: constants.O_WRONLY | constants.O_CREAT }

/** Of one length whatever the offset, so that nothing of an earlier one is left behind it. */
function lineFor(offsetUs: number): string {
  const seconds = Math.abs(offsetUs / 1e6).toFixed(6)
  return `${offsetUs < 0 ? '-' : '+'}${seconds.padStart(17, '0')}\n`
}
