/** Whether this machine and a target are ready, for programs: looked at in the order in which a run would fail. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { machineClock } from '../harness/clock.ts'
import { CupelError, USAGE_ERRORS } from '../harness/errors.ts'
import { parseTargetFile } from '../harness/formats/target.ts'
import type { DoctorReport, Looked, TargetLooked, Tool } from '../harness/model/doctor.ts'
import { freshSeed, seeded } from '../harness/random.ts'
import { placeOf } from '../targets/place.ts'
import { askTarget, type Asked } from './doctor-asked.ts'
import { lookAtMachine } from './doctor-machine.ts'
import { lookAtNetwork } from './doctor-network.ts'
import { lookForTools } from './doctor-tools.ts'
import { openFolder } from './folder.ts'
import { measuring } from './measuring.ts'
import { siteOf } from './opening.ts'
import { isTargetFile, targetFor } from './plan.ts'
import { shippedScenarios } from './select.ts'

export interface DoctorRequest {
  /** As of a run; null to look at the machine alone. */
  readonly target: string | null
  readonly profile: string | null
  /** Where runs would be written. */
  readonly out: string
  readonly maxPerSecond: number | null
  readonly signal: AbortSignal
  note(text: string): void
}

/** Whatever is wrong with machine or target is in what is returned. */
export async function doctor(request: DoctorRequest): Promise<DoctorReport> {
  const folder = await mkdtemp(join(tmpdir(), 'cupel-doctor-'))
  try {
    const machine = await lookAtMachine(request.out)
    const tools = await toolsOf(request, folder)
    const target = request.target === null ? null : await lookAt(request.target, request, folder)
    return {
      format: 1,
      ...readiness([...machine, ...(target?.looked ?? [])]),
      machine,
      tools,
      target,
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export function readiness(looked: readonly Looked[]): Pick<DoctorReport, 'ready' | 'exitCode'> {
  if (looked.some(({ health }) => health === 'bad')) return { ready: 'not ready', exitCode: 254 }
  if (looked.some(({ health }) => health === 'poor')) return { ready: 'in part', exitCode: 2 }
  return { ready: 'ready', exitCode: 0 }
}

async function toolsOf(request: DoctorRequest, out: string): Promise<readonly Tool[]> {
  const folder = await openFolder(out, 'tools', '')
  const clock = machineClock()
  const site = siteOf(request, { clock, folder, random: seeded('doctor') })
  return lookForTools(site, await shippedScenarios())
}

const NOTHING: Asked = { looked: [], asks: null, scenarios: [], cases: [] }

async function lookAt(
  called: string,
  request: DoctorRequest,
  folder: string,
): Promise<TargetLooked> {
  const looked: Looked[] = []
  const ended = (asked: Asked = NOTHING): TargetLooked => ({
    ...asked,
    called,
    looked: [...looked, ...asked.looked],
  })
  const seed = freshSeed()
  try {
    // Loading it settles whether it may be asked at all, so nothing is sent, or looked up, before.
    const target = await targetFor(called, seeded(seed).stream('target'))
    const isFile = isTargetFile(called)
    looked.push({ name: 'target', health: 'good', text: isFile ? MAY_BE_ASKED : OURS })
    const file = isFile ? await fileOf(called) : null
    if (file !== null) looked.push(...(await lookAtNetwork(file.place, machineClock().wallUs())))
    if (looked.some(({ health }) => health === 'bad')) return ended()
    const { profile, maxPerSecond } = request
    const opened = { ...request, target, seed, out: folder }
    const options = { seed, profile, maxPerSecond, noClock: file?.place.clock === 'none' }
    return ended(await measuring(opened, 'doctor', (each) => askTarget(each, options)))
  } catch (error) {
    if (!(error instanceof CupelError) || !USAGE_ERRORS.has(error.code)) throw error
    const help = error.hint === undefined ? {} : { help: error.hint }
    looked.push({
      name: NAMES[error.code] ?? 'target',
      health: 'bad',
      text: error.message,
      ...help,
    })
    return ended()
  }
}

const MAY_BE_ASKED = 'its file can be read, and it may be asked'
const OURS = 'comes with Cupel'

const NAMES: Readonly<Partial<Record<CupelError['code'], string>>> = {
  ERR_NOT_AUTHORISED: 'authorisation',
  ERR_TARGET_UNREACHABLE: 'connection',
  ERR_TARGET_START: 'programs',
}

/** Where it is reached; null of what Cupel starts itself, which is nowhere yet, and of modules. */
async function fileOf(called: string) {
  const file = parseTargetFile(await readFile(called, 'utf8'), called)
  if (file.kind === 'module' || file.processes !== undefined || file.containers !== undefined)
    return null
  return { place: await placeOf(file, dirname(resolve(called))) }
}
