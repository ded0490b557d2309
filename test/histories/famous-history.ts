import type { LedgerOptions } from '../../harness/oracle/replay/ledger.ts'
import type { Use } from '../../harness/oracle/replay/use.ts'

/** One replay key's story, worked by hand: its uses, what was known of clocks and faults, and what must be said of it. */
export interface FamousHistory {
  readonly name: string
  readonly uses: readonly Use[]
  /** What differs from a quiet world. */
  readonly options?: Partial<LedgerOptions>
  /** What differs from nothing at all, in the short form of the tests. */
  readonly says: Readonly<Record<string, unknown>>
}
