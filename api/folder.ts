/** The folder of one run: made before the target starts, removed again if it never does. */
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { CupelError } from '../harness/errors.ts'
import { unwritable } from '../harness/history/unwritable.ts'

export interface RunFolder {
  readonly path: string
  /**
   * Books a process until the returned function is called, which never throws; `processes.json` stands while there are
   * any.
   *
   * @throws {CupelError} ERR_HISTORY_UNWRITABLE; the process is not booked then, and must not go on.
   */
  adopt(pid: number, name: string): () => void
  /**
   * Writes a file whole or not at all.
   *
   * @throws {CupelError} ERR_HISTORY_UNWRITABLE
   */
  publish(name: string, text: string): Promise<void>
  /** Points `latest` beside the folder to it; rejects where that cannot be, as when `latest` is a folder itself. */
  pointLatest(): Promise<void>
  /** Removes the folder and all in it. */
  discard(): Promise<void>
}

/** @param startedAt ISO 8601; with the target's name it makes the folder's. */
export async function openFolder(
  out: string,
  startedAt: string,
  target: string,
): Promise<RunFolder> {
  const stamp = startedAt.replaceAll(/[:.]/g, '-')
  const path = join(out, `${stamp}-${target.replaceAll(/[^a-z0-9]+/gi, '-')}`)
  await mkdir(path, { recursive: true }).catch((cause: unknown) => {
    throw new CupelError('ERR_CONFIG_INVALID', `cannot write to ${out}`, {
      cause,
      hint: 'Give another folder with --out.',
    })
  })
  return {
    path,
    adopt: registry(join(path, 'processes.json')),
    publish: (name, text) => publish(path, name, text),
    async pointLatest() {
      const link = join(out, 'latest')
      const temporary = join(out, `.latest-${process.pid}`)
      await rm(temporary, { force: true })
      await symlink(basename(path), temporary)
      try {
        await rename(temporary, link)
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
    },
    discard: () => rm(path, { recursive: true, force: true }),
  }
}

/**
 * Writes a file of a folder whole or not at all.
 *
 * @throws {CupelError} ERR_HISTORY_UNWRITABLE
 */
export async function publish(folder: string, name: string, text: string): Promise<void> {
  const temporary = join(folder, `.${name}.part`)
  try {
    await writeFile(temporary, text)
    await rename(temporary, join(folder, name))
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw unwritable(join(folder, name), cause)
  }
}

function registry(file: string): RunFolder['adopt'] {
  const living = new Map<number, string>()
  // Synchronous, so that a process started just before a kill -9 is on the list.
  const book = (): void => {
    const temporary = `${file}.part`
    try {
      writeFileSync(temporary, `${JSON.stringify(Object.fromEntries(living), null, 2)}\n`)
      renameSync(temporary, file)
    } catch (cause) {
      rmSync(temporary, { force: true })
      throw unwritable(file, cause)
    }
  }
  return (pid, name) => {
    living.set(pid, name)
    try {
      book()
    } catch (error) {
      living.delete(pid)
      throw error
    }
    return () => {
      if (!living.delete(pid)) return
      try {
        book()
      } catch {
        // A list that names a process too many, on a disk that is full, harms nobody.
      }
    }
  }
}
