/** Whether this machine is ready: its Node, its clock, the disk, and the programs that some targets take. */
import { spawnSync } from 'node:child_process'
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { isoTime, machineClock } from '../harness/clock.ts'
import type { Looked } from '../harness/model/doctor.ts'

/** As package.json says; older ones do not run the sources at all. */
const NODE = [22, 22] as const

/** A history of a million observations takes less than half of it. */
const LEAST_FREE_BYTES = 500e6

export async function lookAtMachine(out: string): Promise<readonly Looked[]> {
  return [node(process.versions.node), cores(availableParallelism()), clock(), ...(await disk(out))]
}

export function node(version: string): Looked {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isNew = major > NODE[0] || (major === NODE[0] && minor >= NODE[1])
  const name = 'Node.js'
  if (isNew) return { name, health: 'good', text: version }
  const needed = `${NODE.join('.')} or newer is needed`
  return { name, health: 'bad', text: `${version}; ${needed}`, help: 'nvm install 24' }
}

export function cores(many: number): Looked {
  const name = 'cores'
  if (many > 1) return { name, health: 'good', text: String(many) }
  const text = '1: requests at a high rate will be late, which a run tells of itself'
  return { name, health: 'note', text }
}

/** What keeps the time of most systems with systemd, which alone knows whether somebody corrects it. */
function clock(): Looked {
  const now = `${isoTime(machineClock().wallUs()).slice(0, 19)}Z`
  const { stdout, status } = spawnSync(
    'timedatectl',
    ['show', '--property=NTPSynchronized', '--value'],
    { encoding: 'utf8', timeout: TIMEDATECTL_MS },
  )
  return clockOf(now, status === 0 ? stdout.trim() : null)
}

const TIMEDATECTL_MS = 2_000

/** @param synchronised What timedatectl said; null where nobody could be asked. */
export function clockOf(now: string, synchronised: string | null): Looked {
  const name = 'clock'
  if (synchronised === 'yes') return { name, health: 'good', text: `${now}, kept by time servers` }
  if (synchronised === 'no') {
    const text = `${now}, and no time server keeps it: a right server with another clock looks wrong`
    return { name, health: 'note', text, help: 'timedatectl set-ntp true' }
  }
  return { name, health: 'good', text: `${now}; nobody here knows whether it is right` }
}

/** As a run would: whether a file can be written there, and nothing is left of it. */
async function disk(out: string): Promise<readonly Looked[]> {
  const [folder, name] = [resolve(out), `folder ${out}`]
  // What of it is not there yet goes again, from the first that had to be made.
  let made: string | undefined
  try {
    made = await mkdir(folder, { recursive: true })
    const file = join(folder, `.cupel-doctor-${process.pid}`)
    await writeFile(file, '', { flag: 'wx' })
    await rm(file)
    const { bavail, bsize } = await statfs(folder)
    return [free(name, bavail * bsize)]
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const help = 'name another folder with --out'
    return [{ name, health: 'bad', text: `cannot be written to: ${why}`, help }]
  } finally {
    if (made !== undefined) await rm(made, { recursive: true, force: true })
  }
}

export function free(name: string, bytes: number): Looked {
  const text = `may be written to, ${size(bytes)} free`
  if (bytes >= LEAST_FREE_BYTES) return { name, health: 'good', text }
  const few = `${text}: a long run may not fit`
  return { name, health: 'note', text: few, help: 'make room, or name another folder with --out' }
}

function size(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(0)} GB` : `${(bytes / 1e6).toFixed(0)} MB`
}
