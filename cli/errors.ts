/** How an error is told, and the exit code it means. */
import { CommanderError } from 'commander'
import { CupelError, USAGE_ERRORS } from '../harness/errors.ts'

const BAD_USAGE = 254
const HARNESS_FAILED = 255

/** Prints what was wrong and what to do next on stderr; returns the exit code. */
export function reportError(error: unknown): number {
  // Commander has printed its own message; asking for help is not an error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : BAD_USAGE
  if (error instanceof CupelError) {
    // Several problems stand a line each, so that an editor can jump to them.
    console.error(`cupel: ${error.message.includes('\n') ? '\n' : ''}${error.message}`)
    if (error.hint !== undefined) console.error(`  ${error.hint}`)
    console.error(`  (${error.code})`)
    return USAGE_ERRORS.has(error.code) ? BAD_USAGE : HARNESS_FAILED
  }
  console.error('cupel: the harness itself failed; nothing is said about the target.')
  console.error(error)
  return HARNESS_FAILED
}
