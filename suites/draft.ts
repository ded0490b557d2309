/** Short hands for the commonest case: one request with one change. */
import type { CaseDraft, Change, Need } from '../harness/model/check.ts'
import type { Usage } from '../harness/model/plan.ts'

interface Extra {
  readonly finding?: string
  readonly needs?: readonly Need[]
  readonly usages?: readonly Usage[]
}

/** One request that must be refused: the control with `change` made. */
export function refused(
  name: string,
  change: Change,
  because: string,
  extra: Extra = {},
): CaseDraft {
  return { ...extra, ...single(name, change, 'reject', because) }
}

/** One request that must be accepted: the control with `change` made. */
export function accepted(
  name: string,
  change: Change,
  because: string,
  extra: Extra = {},
): CaseDraft {
  return { ...extra, ...single(name, change, 'accept', because) }
}

function single(
  name: string,
  change: Change,
  deserves: 'accept' | 'reject',
  because: string,
): CaseDraft {
  return {
    name,
    steps: [{ name: 'ask', change }],
    expects: [{ step: 'ask', deserves, because }],
  }
}
