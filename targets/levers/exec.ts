/** Levers that are commands of the user's: `kubectl apply -f partition.yaml`, and what takes it back. */
import { execFile } from 'node:child_process'
import type { Lever } from '../../harness/model/fault.ts'
import type { ExecFile } from '../../harness/model/target-file.ts'
import { plainOutput } from '../plain-text.ts'
import { leverOf, type Act } from './lever.ts'

const WITHIN_SECONDS = 30
const TAIL_CHARACTERS = 200
const OUTPUT_BYTES = 1_048_576

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

/** What it printed last is for people to read. Killed where it takes too long; never rejects. */
function ran(
  [command = '', ...rest]: readonly string[],
  { folder, withinSeconds }: Where,
): Promise<{ readonly code: number | string | null; readonly said: string }> {
  return new Promise((resolve) => {
    execFile(
      command,
      rest,
      {
        cwd: folder,
        timeout: withinSeconds * 1000,
        killSignal: 'SIGKILL',
        maxBuffer: OUTPUT_BYTES,
      },
      (error, stdout, stderr) => {
        const said = plainOutput(`${stdout}${stderr}`.trim().slice(-TAIL_CHARACTERS))
        if (error === null) resolve({ code: 0, said })
        else resolve({ code: error.killed === true ? null : (error.code ?? 'a signal'), said })
      },
    )
  })
}
