/** What must never become an exit code that says something about the target: a reader that left, an error of ours. */
import { reportError } from './errors.ts'

/**
 * A closed pipe on stdout or stderr (`cupel run | head -1`) loses text and nothing else: the run goes on, and its
 * verdict stays its exit code. Whatever nobody caught ends the process as a failure of the harness; Node's own code for
 * it, 1, would mean that the target violates.
 */
export function lastResort(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
  // A promise that rejects unhandled arrives here as well.
  process.on('uncaughtException', (error) => {
    process.exit(reportError(error))
  })
}
