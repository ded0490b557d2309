/** Who may have used a replay key up, and so excuses the refusal of another use of it. */
import { answeredOf, begunOf, type Use } from './use.ts'

/**
 * What a use may have done to the memory: `accepted` took the key, an `unknown` one (no answer, or an error of the
 * server) and a `refused` one (turned away by something that may come after the replay check) perhaps did, and `never`
 * is what cannot have.
 */
export type Taking = 'accepted' | 'unknown' | 'refused' | 'never'

/** Rules that are settled before a sound server looks at its replay memory: who signed, with what, and does it verify. */
const BEFORE_REPLAY: ReadonlySet<string> = new Set(['authentic', 'key', 'signature', 'algorithm'])

/**
 * Only what anyone could have made without the issuer's key never takes: a server that lets such a thing use a key up
 * lets strangers do so. The refusal of a use that deserves acceptance takes nothing that was not taken before.
 */
export function taking(use: Use): Taking {
  switch (use.outcome) {
    case 'accepted':
      return 'accepted'
    case 'failed':
    case 'unanswered':
      return use.authentic ? 'unknown' : 'never'
    case 'elsewhere':
    case 'challenged':
      return use.authentic ? 'refused' : 'never'
    case 'rejected':
      return use.authentic && mayFollowReplayCheck(use) ? 'refused' : 'never'
    case 'unsent':
      return 'never'
  }
}

/** Whether `before` may have been judged before `use` was: it began no later than that was answered. */
export function mayPrecede(before: Use, use: Use): boolean {
  return begunOf(before) <= answeredOf(use)
}

function mayFollowReplayCheck({ deserved, cause }: Use): boolean {
  switch (deserved) {
    case 'either':
      return true
    case 'reject':
      return !BEFORE_REPLAY.has(cause)
    case 'accept':
      return false
  }
}
