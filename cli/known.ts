/** The files of what is known beforehand. */
import { readFile } from 'node:fs/promises'
import { CupelError } from '../harness/errors.ts'
import { parseExpected, parseSkips } from '../harness/formats/expected.ts'
import type { ExpectedFailure, Skip } from '../harness/model/expected.ts'

/** @throws {CupelError} ERR_CONFIG_INVALID for a file that cannot be read, or is no such file. */
export async function expectedIn(file: string): Promise<readonly ExpectedFailure[]> {
  return parseExpected(await textOf(file), file)
}

/** @throws {CupelError} As `expectedIn`. */
export async function skipsIn(file: string): Promise<readonly Skip[]> {
  return parseSkips(await textOf(file), file)
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CupelError('ERR_CONFIG_INVALID', `cannot read ${file}`, {
      cause,
      hint: 'A YAML file as docs/expected.md describes it.',
    })
  })
}
