/** Requests that were planned and never sent. */
import type { Answer } from './model/history.ts'

/** Why a step has nothing to send that takes something from an answer which did not bring it. */
export const NOTHING_TO_TAKE = 'no-answer-to-take-it-from'

/** Whether the harness owed a request: what would have sent on what never came is none. */
export function isDropped(answer: Answer): boolean {
  return answer.kind === 'none' && answer.cause === 'unsent' && answer.detail !== NOTHING_TO_TAKE
}
