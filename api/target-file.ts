/** A target from its file. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { FAULTS } from '../faults/index.ts'
import { CupelError } from '../harness/errors.ts'
import { parseTargetFile } from '../harness/formats/target.ts'
import type { Random, Target } from '../harness/model/target.ts'
import { targetOfFile } from '../targets/of-file.ts'

const FAULT_NAMES = FAULTS.map(({ name }) => name)

/** @throws {CupelError} ERR_CONFIG_INVALID with every problem of the file, each with its line. */
export async function targetFromFile(path: string, random: Random): Promise<Target> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CupelError('ERR_CONFIG_INVALID', `cannot read the target file ${path}`, {
      cause,
      hint: 'Give the path of a target file, or a name from `cupel list targets`.',
    })
  })
  return targetOfFile(parseTargetFile(text, path, process.env, FAULT_NAMES), resolve(path), random)
}
