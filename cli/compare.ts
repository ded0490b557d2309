/** `cupel compare`. */
import { compare } from '../api/compare.ts'
import { CupelError } from '../harness/errors.ts'
import { exitCodeOf } from '../harness/tally/compare.ts'
import { compareText } from '../reports/compare-text.ts'
import { reportError } from './errors.ts'

export interface CompareCommandOptions {
  readonly anyway: boolean
  readonly json: boolean
}

/** Of a run that did not end nothing can be said, which is no mistake of whoever asks. */
const INCONCLUSIVE = 2

/** @returns The exit code: 1 on a regression, 2 where nothing could be compared, else 0. */
export async function compareCommand(
  before: string,
  after: string,
  { anyway, json }: CompareCommandOptions,
): Promise<number> {
  try {
    const comparison = await compare(before, after, { anyway })
    const paint = process.stdout.isTTY && process.env['NO_COLOR'] === undefined
    console.log(json ? JSON.stringify(comparison, null, 2) : compareText(comparison, paint))
    return exitCodeOf(comparison)
  } catch (error) {
    if (!(error instanceof CupelError) || error.code !== 'ERR_RECORD_INCOMPLETE') throw error
    reportError(error)
    return INCONCLUSIVE
  }
}
