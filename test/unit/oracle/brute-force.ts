/**
 * A second opinion on one replay key, by trying everything: is there any placement of the acts of one right memory inside
 * the intervals that explains what was seen? It shares no code with the ledger.
 *
 * The memory inserts if absent, atomically, or reserves so and gives the reservation back at any time later. Each use acts
 * once, somewhere in `[begun, answered]`. Exp is far away, no clock is in doubt and nothing forgets.
 */
import type { Use } from '../../../harness/oracle/replay/use.ts'

/** What a use may do at its instant, given what it came to. */
type Act =
  /** Finds the key absent and takes it for good. */
  | 'take'
  /** Finds the key absent and takes it until it is given back. */
  | 'reserve'
  /** Finds the key taken or reserved. */
  | 'meet'
  /** Does not look at the memory. */
  | 'pass'

type Memory = 'absent' | 'taken' | 'reserved'

export function explainable(uses: readonly Use[]): boolean {
  return search(uses, -Infinity, 'absent')
}

/** Whichever use acts next does so as early as it can: nothing that follows gains by waiting. */
function search(waiting: readonly Use[], nowUs: number, memory: Memory): boolean {
  if (waiting.length === 0) return true
  return waiting.some((use) => {
    const atUs = Math.max(nowUs, use.begunUs ?? -Infinity)
    if (atUs > (use.answeredUs ?? Infinity)) return false
    const rest = waiting.filter((each) => each !== use)
    return actsOf(use).some((act) => after(act, memory).some((next) => search(rest, atUs, next)))
  })
}

/** The states that the memory may be in after an act; none if the act is impossible. A reservation may end first. */
function after(act: Act, memory: Memory): readonly Memory[] {
  const befores: readonly Memory[] = memory === 'reserved' ? ['reserved', 'absent'] : [memory]
  return befores.flatMap((before): readonly Memory[] => {
    switch (act) {
      case 'take':
        return before === 'absent' ? ['taken'] : []
      case 'reserve':
        return before === 'absent' ? ['reserved'] : []
      case 'meet':
        return before === 'absent' ? [] : [before]
      case 'pass':
        return [before]
    }
  })
}

function actsOf({ outcome, deserved, cause, authentic }: Use): readonly Act[] {
  const free: readonly Act[] = ['take', 'reserve', 'meet', 'pass']
  switch (outcome) {
    case 'accepted':
      return deserved === 'reject' ? free : ['take']
    case 'rejected':
      if (deserved === 'accept') return ['meet']
      return authentic && cause !== 'algorithm' ? free : ['pass']
    case 'failed':
    case 'unanswered':
    case 'elsewhere':
    case 'challenged':
      return authentic ? free : ['pass']
    case 'unsent':
      return ['pass']
  }
}
