/** Runs the command line as a stranger would: a process of its own, its output and its exit code. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { onTestFinished } from 'vitest'
import { machineClock } from '../../harness/clock.ts'

export const MAIN = resolve('cli/main.ts')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  /** Resolves when stderr has shown this text. */
  shows(text: string): Promise<void>
}

/** What a child says and ends with. */
export async function endOf(child: ChildProcess): Promise<Ended> {
  let [stdout, stderr] = ['', '']
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code] = await once(child, 'close')
  return { code, stdout, stderr }
}

/** A folder that goes when the test does. */
export async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cupel-e2e-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export function cupel(args: readonly string[], cwd = process.cwd()): Promise<Ended> {
  return start(args, cwd).ended
}

/** @param first A module that is loaded ahead of the command line. */
export function start(args: readonly string[], cwd = process.cwd(), first?: string): Running {
  const ahead = first === undefined ? [] : ['--import', pathToFileURL(resolve(first)).href]
  const child = spawn(process.execPath, [...ahead, MAIN, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  const waiting: { readonly text: string; readonly met: () => void }[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
    for (const each of waiting) if (stderr.includes(each.text)) each.met()
  })
  const ended = new Promise<Ended>((met) => {
    child.on('close', (code) => met({ code, stdout, stderr }))
  })
  return {
    child,
    ended,
    shows: (text) =>
      new Promise((met, fail) => {
        if (stderr.includes(text)) met()
        waiting.push({ text, met })
        void ended.then(({ code }) => fail(new Error(`ended with ${code}: ${stderr}`)))
      }),
  }
}

/** Whether a process with this id is there. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Resolves once `holds` does, tried every 50 ms; false after `withinMs`. */
export async function eventually(holds: () => boolean, withinMs: number): Promise<boolean> {
  const clock = machineClock()
  for (let waited = 0; waited < withinMs; waited += 50) {
    if (holds()) return true
    await clock.sleepUntil(clock.nowUs() + 50_000)
  }
  return holds()
}
