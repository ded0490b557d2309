/** Levers and clocks that are commands of the user's: `kubectl apply -f partition.yaml`, and what takes it back. */
import { spawn } from 'node:child_process'
import { timer } from '../../harness/clock.ts'
import type { ClockControl, Lever } from '../../harness/model/fault.ts'
import type { Clock, Session } from '../../harness/model/target.ts'
import type { ClockCommandFile, ExecFile } from '../../harness/model/target-file.ts'
import { plainOutput } from '../plain-text.ts'
import { filled } from '../ports.ts'
import { leverOf, type Act } from './lever.ts'
import { settableClock } from './settable-clock.ts'

const WITHIN_SECONDS = 30
const TAIL_CHARACTERS = 200

/**
 * The commands run in the folder of the target file. `confirm` ends with 0 when the fault is in force, `confirmMended`
 * when it is over: `kubectl apply` returns before the rule bites, so that nothing is believed without them.
 *
 * @param of Which control it is a lever of.
 */
export function execLever(files: readonly ExecFile[], of: string, folder: string): Lever {
  return leverOf((act, on) => {
    const file = files.find((each) => each.fault === `${of}.${act}` && each.on === on)
    return file === undefined ? null : actOf(file, folder)
  })
}

function actOf(file: ExecFile, folder: string): Act {
  const { inflict, confirm, mend, confirmMended, withinSeconds = WITHIN_SECONDS } = file
  const place = { folder, withinSeconds }
  const succeeds = async (command: readonly string[]): Promise<string | null> => {
    const { code, said } = await ran(command, place)
    return code === 0 ? said : null
  }
  return {
    rung: 'exec',
    inflict: () => run(inflict, place),
    broken: () => succeeds(confirm),
    mend: () => run(mend, place),
    whole: () => succeeds(confirmMended),
  }
}

/** A command takes its time, so that the stair of a drift has few steps. */
const STEP_US = 1_000_000

/** One command sets the clock of any node, and sets it right where it is told 0. */
export function execClock(
  { set, withinSeconds = WITHIN_SECONDS }: ClockCommandFile,
  folder: string,
  { session, clock }: { readonly session: Pick<Session, 'clockOf'>; readonly clock: Clock },
): ClockControl {
  const tell = (node: string, offsetUs: number): Promise<void> => {
    const values = new Map([
      ['node', node],
      ['offsetSeconds', String(offsetUs / 1e6)],
    ])
    return run(filled(set, values), { folder, withinSeconds })
  }
  return settableClock({ rung: 'exec', stepUs: STEP_US, tell }, session, clock)
}

interface Where {
  readonly folder: string
  readonly withinSeconds: number
}

async function run(command: readonly string[], where: Where): Promise<void> {
  const { code, said } = await ran(command, where)
  if (code === 0) return
  const how = code === null ? `did not end within ${where.withinSeconds} s` : `ended with ${code}`
  throw new Error(`${command.join(' ')} ${how}: ${said}`)
}

/**
 * What it printed last is for people to read. In a process group of its own: Ctrl-C is not for it, and where it takes too
 * long whatever it has started is killed with it. Never rejects.
 */
function ran(
  [command = '', ...rest]: readonly string[],
  { folder, withinSeconds }: Where,
): Promise<{ readonly code: number | string | null; readonly said: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, rest, {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    let isLate = false
    const hear = (text: string): void => void (said = (said + text).slice(-TAIL_CHARACTERS))
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', hear)
    const end = (code: number | string): void => {
      cancel()
      resolve({ code: isLate ? null : code, said: plainOutput(said.trim()) })
    }
    const cancel = timer(withinSeconds * 1000, () => {
      isLate = true
      killGroup(child.pid)
      // Whoever left the group may hold them open for as long as it likes.
      child.stdout.destroy()
      child.stderr.destroy()
    })
    child.on('error', (error) => end(error.message))
    child.on('close', (code) => end(code ?? 'a signal'))
  })
}

/** Who is gone already needs no killing. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It ended meanwhile.
  }
}
