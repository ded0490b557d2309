/** Programs that a target file has started: each behind a guard, ready before the next one, ended in reverse. */
import { entry } from '../harness/entry.ts'
import { CupelError } from '../harness/errors.ts'
import type { ProcessFile } from '../harness/model/target-file.ts'
import type { Site } from '../harness/model/target.ts'
import type { GuardAnswer, GuardQuestion } from './process-guard.ts'
import { startChild, type Child } from './levers/child.ts'
import { plainOutput } from './plain-text.ts'
import { isReady } from './ready.ts'

export interface Program {
  readonly name: string
  /** With its placeholders filled in. */
  readonly file: ProcessFile
  readonly port: number
  /** The folder that it runs in: the target file's. */
  readonly folder: string
}

export interface Running {
  /** One of them, by its name. */
  one(name: string): Process | null
  /** Ends all of them, the last started first; never rejects. */
  stop(): Promise<void>
}

const READY_SECONDS = 20
const LOOK_AGAIN_US = 50_000

/** A program that was started, for whoever breaks it. */
export interface Process {
  /** The number of its process group. */
  readonly pid: number
  readonly port: number
  /** Ends the whole group without a farewell. */
  kill(): Promise<void>
  /** Starts it again, and waits until it is ready; at the same port. */
  restart(): Promise<void>
}

/**
 * Starts programs in their order, each when the one before is ready.
 *
 * @throws {CupelError} ERR_TARGET_START when one is not installed, ends, or is not ready in time; none runs then.
 */
export async function startPrograms(site: Site, programs: readonly Program[]): Promise<Running> {
  const started: (() => Promise<void>)[] = []
  const processes = new Map<string, Process>()
  const stop = async (): Promise<void> => {
    for (const end of started.splice(0).toReversed()) await end()
  }
  try {
    for (const program of programs) {
      const booked = (end: () => Promise<void>): void => void started.push(end)
      processes.set(program.name, await startProgram(site, program, booked))
    }
    return { stop, one: (name) => processes.get(name) ?? null }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startProgram(
  site: Site,
  program: Program,
  booked: (end: () => Promise<void>) => void,
): Promise<Process> {
  const { name, file, folder } = program
  const [command, ...rest] = file.command
  if (command === undefined) throw new RangeError(`${name} has no command`)
  const guard = await startChild(site, {
    name: `${name} (guard)`,
    module: entry(import.meta, './process-guard'),
    preloads: [],
  })
  booked(() => guard.stop())
  const { pid, missing, ended } = await ask(guard, {
    ask: 'start',
    command: [command, ...rest],
    folder,
    env: file.env ?? {},
  })
  if (missing) throw notInstalled(program, command)
  if (pid === null) throw failed(program, `could not be started: ${ended}`, '')
  const release = site.adopt(pid, name)
  booked(async () => {
    await guard.stop()
    release()
  })
  await ready(site, program, guard)
  return startedAs(site, program, { pid, guard, booked })
}

function startedAs(
  site: Site,
  program: Program,
  {
    pid,
    guard,
    booked,
  }: {
    readonly pid: number
    readonly guard: Child
    readonly booked: (end: () => Promise<void>) => void
  },
): Process {
  /** Whatever was started in its place. */
  let again: Process | null = null
  // A run that is being stopped still mends what it broke.
  const patient: Site = { ...site, signal: new AbortController().signal }
  return {
    get pid() {
      return again?.pid ?? pid
    },
    port: program.port,
    async kill() {
      if (again !== null) return again.kill()
      signalGroup(pid)
      return guard.stop()
    },
    async restart() {
      again = await startProgram(patient, program, booked)
    },
  }
}

/** It may have ended by itself. */
function signalGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

async function ready(site: Site, program: Program, guard: Child): Promise<void> {
  const { ready: how, readySeconds = READY_SECONDS } = program.file
  const untilUs = site.clock.nowUs() + readySeconds * 1e6
  for (;;) {
    const up = how === undefined || (await isReady(site, program.port, how))
    const { ended, tail } = await ask(guard, { ask: 'state' })
    // Whatever answers on its port after it has ended is somebody else.
    if (ended !== null) throw failed(program, `ended before it was ready (${ended})`, tail)
    if (up) return
    if (site.signal.aborted) throw failed(program, 'was not waited for: the run was stopped', tail)
    if (site.clock.nowUs() > untilUs)
      throw failed(program, `was not ready within ${readySeconds} s`, tail)
    await site.clock.sleepUntil(site.clock.nowUs() + LOOK_AGAIN_US, site.signal)
  }
}

async function ask(guard: Child, question: GuardQuestion): Promise<GuardAnswer> {
  const answer = await guard.ask('program', { ...question })
  if (!isGuardAnswer(answer)) throw new TypeError('not the answer of a guard')
  return answer
}

function isGuardAnswer(answer: unknown): answer is GuardAnswer {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    ['pid', 'ended', 'missing', 'tail'].every((member) => member in answer)
  )
}

function notInstalled({ name, file }: Program, command: string): CupelError {
  return new CupelError(
    'ERR_TARGET_START',
    `${name}: there is no program ${JSON.stringify(command)} here`,
    {
      hint: file.install ?? 'Install it, or name it by its whole path in the target file.',
    },
  )
}

function failed({ name }: Program, what: string, tail: string): CupelError {
  const hint =
    tail === '' ? 'It printed nothing.' : `The end of what it printed:\n${plainOutput(tail)}`
  return new CupelError('ERR_TARGET_START', `${name} ${what}`, { hint })
}
