/** Counts requests that failed, and says when there were too many to go on. */
import { NOTHING_TO_TAKE } from '../dropped.ts'
import type { Observation } from '../model/history.ts'

export interface Failures {
  see(observation: Observation): void
}

/** Words for what was not sent by our own doing. */
const OUR_OWN: ReadonlySet<string> = new Set([
  'stopped',
  'signer',
  'nothing-to-repeat',
  NOTHING_TO_TAKE,
  'not-made',
])

/**
 * Failed is what got no answer, found nobody to connect to, or was answered with the server's own trouble (429, 5xx). A
 * connection that the server had let go of is none of it.
 */
export function openFailures(most: number | null, tooMany: (why: string) => void): Failures {
  let failed = 0
  let told = false
  return {
    see(observation) {
      if (most === null || !isFailure(observation)) return
      failed += 1
      if (failed < most || told) return
      told = true
      tooMany(`${most} requests failed (max failures)`)
    },
  }
}

function isFailure({ answer }: Observation): boolean {
  if (answer.kind === 'reply') return answer.status >= 500 || answer.status === 429
  switch (answer.cause) {
    case 'unsent':
      return !OUR_OWN.has(answer.detail ?? '')
    case 'stale-connection':
      return false
    case 'timeout':
    case 'reset':
    case 'too-large':
      return true
  }
}
