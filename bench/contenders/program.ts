/** Contenders that are programs of their own. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether it is there at all: it starts, whatever it then says. */
export function isInstalled(command: string, ...args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore' })
    child.on('error', () => resolve(false))
    child.on('exit', () => resolve(true))
  })
}

/** Resolves when it has ended, by itself or because it was asked to. */
export function started(
  command: string,
  args: readonly string[],
  { over, cwd }: { readonly over: AbortSignal; readonly cwd?: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'ignore', ...(cwd === undefined ? {} : { cwd }) })
    over.addEventListener('abort', () => child.kill('SIGKILL'))
    child.on('error', reject)
    child.on('exit', () => resolve())
  })
}

/** Lends a folder that is gone afterwards. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'cupel-bench-'))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Where peers may lie that no package manager knows: see docs/performance.md. */
export const PEERS = process.env['CUPEL_BENCH_PEERS'] ?? 'out/peers'
