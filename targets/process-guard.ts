/**
 * Keeps a foreign program from outliving the harness: starts it in a process group of its own and ends the whole group
 * when the harness asks, or is gone (decisions.md, "Signals and left-over processes").
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { timer } from '../harness/clock.ts'
import type { Json } from '../harness/model/plan.ts'
import { answerParent } from './levers/parent.ts'

/** From asking the group to end to killing it; less than the harness waits before it kills this process. */
const GRACE_MS = 600
const TAIL_CHARACTERS = 2_000

/** What the harness asks of the guard. */
export type GuardQuestion =
  | {
      readonly ask: 'start'
      readonly command: readonly [string, ...string[]]
      readonly folder: string
      readonly env: Readonly<Record<string, string>>
    }
  | { readonly ask: 'state' }
/** What the guard says of its program. */
export interface GuardAnswer {
  /** The group's id; null when it could not be started. */
  readonly pid: number | null
  /** How it ended, such as `exit code 1`; null while it runs. */
  readonly ended: string | null
  /** Whether there is no such program. */
  readonly missing: boolean
  readonly tail: string
}

let program: ChildProcess | null = null
let ended: string | null = null
let missing = false
let tail = ''

process.on('disconnect', end)
process.on('SIGTERM', end)
process.on('exit', () => kill('SIGKILL'))
if (!process.connected) process.exit(0)
answerParent('program', async (body) => {
  if (isStart(body)) await start(body)
  return answer()
})

function isStart(question: unknown): question is GuardQuestion & { readonly ask: 'start' } {
  return (
    typeof question === 'object' &&
    question !== null &&
    'ask' in question &&
    question.ask === 'start'
  )
}

function answer(): { readonly [member: string]: Json } & GuardAnswer {
  return { pid: program?.pid ?? null, ended, missing, tail: tail.trim() }
}

function start({
  command: [name, ...rest],
  folder,
  env,
}: GuardQuestion & { ask: 'start' }): Promise<void> {
  const started = spawn(name === 'node' ? process.execPath : name, rest, {
    cwd: folder,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  program = started
  // Some servers say why they fail on stdout.
  for (const stream of [started.stdout, started.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + text).slice(-TAIL_CHARACTERS)
    })
  }
  started.once('exit', (code, signal) => {
    ended = signal === null ? `exit code ${code}` : signal
  })
  return new Promise((resolve) => {
    started.once('spawn', resolve)
    started.once('error', (error: NodeJS.ErrnoException) => {
      missing = error.code === 'ENOENT' || error.code === 'EACCES'
      ended ??= error.message
      resolve()
    })
  })
}

function end(): void {
  if (program === null || (ended !== null && !kill('SIGTERM'))) process.exit(0)
  kill('SIGTERM')
  program.once('exit', () => process.exit(0))
  timer(GRACE_MS, () => process.exit(0))
}

/** Signals the whole group; false when nobody is left in it. */
function kill(signal: NodeJS.Signals): boolean {
  if (program?.pid === undefined) return false
  try {
    process.kill(-program.pid, signal)
    return true
  } catch {
    return false
  }
}
