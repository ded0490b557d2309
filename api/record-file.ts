/** Records on disk. */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CupelError } from '../harness/errors.ts'
import { parseRecord } from '../harness/formats/record.ts'
import type { RunRecord } from '../harness/model/record.ts'

/** As a run's folder has it. */
export const RECORD = 'record.json'

/**
 * @param path A `record.json`, or the folder of a run.
 * @throws {CupelError} ERR_CONFIG_INVALID where there is none, ERR_RECORD_* for what is no record.
 */
export async function readRecord(path: string): Promise<RunRecord> {
  const found = await stat(path).catch(() => null)
  const file = found?.isDirectory() === true ? join(path, RECORD) : path
  const source = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CupelError('ERR_CONFIG_INVALID', `there is no record at ${file}`, {
      cause,
      hint: 'Give a record.json, or the folder of a run that ended. `cupel judge FOLDER --json` makes one from a history.',
    })
  })
  return parseRecord(source, file)
}
