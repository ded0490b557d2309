/** Reports on disk: each written by itself, so that what breaks one leaves the others as they are. */
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { CupelError } from '../harness/errors.ts'
import type { RunRecord } from '../harness/model/record.ts'
import type { ReportWriter, Writer } from '../harness/model/report.ts'
import { publish } from './folder.ts'
import { readRecord, RECORD } from './record-file.ts'

export interface Written {
  readonly record: RunRecord
  readonly folder: string
  /** The files that were written, in the order of the writers. */
  readonly files: readonly string[]
  /** Why not all was written; null when all was. */
  readonly unwritten: CupelError | null
}

/**
 * Writes reports of a record that lies on disk. The record itself is never written where it was read.
 *
 * @param path A `record.json`, or the folder of a run.
 * @param out The folder to write to, made if it is not there; null for the one the record lies in.
 * @throws {CupelError} ERR_CONFIG_INVALID where there is none, ERR_RECORD_* for what is no record.
 */
export async function report(
  path: string,
  { out, reports }: { readonly out: string | null; readonly reports: readonly ReportWriter[] },
): Promise<Written> {
  const record = await readRecord(path)
  const folder = out ?? (await folderOf(path))
  await makeFolder(folder)
  const writers = out === null ? reports.filter(({ file }) => file !== RECORD) : reports
  const written = await writeReports(record, writers, (name, text) => publish(folder, name, text))
  return { record, folder, ...written }
}

/**
 * Renders and publishes one report after the other. Neither a writer that throws nor a disk that is full ends the run or
 * keeps the others from being written: the verdict is there to be told.
 */
export async function writeReports<Told>(
  told: Told,
  writers: readonly Writer<Told>[],
  put: (file: string, text: string) => Promise<void>,
): Promise<Pick<Written, 'files' | 'unwritten'>> {
  const files: string[] = []
  const failures: CupelError[] = []
  for (const writer of writers) {
    try {
      await put(writer.file, await writer.render(told))
      files.push(writer.file)
    } catch (error) {
      failures.push(failure(writer, error))
    }
  }
  return { files, unwritten: together(failures) }
}

/** @throws {CupelError} ERR_CONFIG_INVALID */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((cause: unknown) => {
    throw new CupelError('ERR_CONFIG_INVALID', `cannot write to ${path}`, {
      cause,
      hint: 'Give another folder with --out.',
    })
  })
}

function failure({ name, file }: Writer<never>, cause: unknown): CupelError {
  if (cause instanceof CupelError) return cause
  const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
  return new CupelError('ERR_REPORT_FAILED', `the report ${name} (${file}) failed: ${why}`, {
    cause,
    hint: 'The record is not touched by it: `cupel report` writes reports again, with this version or another.',
  })
}

/** Several failures as one error, under the code of the first. */
function together(failures: readonly CupelError[]): CupelError | null {
  const [first, ...others] = failures
  if (first === undefined || others.length === 0) return first ?? null
  const message = failures.map((each) => each.message).join('\n')
  const hint = first.hint === undefined ? {} : { hint: first.hint }
  return new CupelError(first.code, message, { ...hint, cause: first.cause })
}

/** The folder that a record lies in, where its path is not that itself. */
export async function folderOf(path: string): Promise<string> {
  const found = await stat(path)
  return found.isDirectory() ? path : dirname(path)
}
