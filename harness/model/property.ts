/** The shape of what `suites/properties/` holds: what must be so of every assertion of a kind, however it is written. */
import type { Defect, Json, Usage } from './plan.ts'

/**
 * Statements about assertions that nobody has thought of one by one: cases of each are drawn from the seed, and the first
 * that proves one wrong is made smaller until nothing smaller does.
 */
export interface Property {
  readonly name: string
  readonly question: string
  /** The sections behind it, as a reader would look them up. */
  readonly section: string
  readonly means: { readonly conforms: string; readonly violates: string }
  readonly usages: readonly Usage[]
  /** How a case may differ from the control without deserving another answer. */
  readonly variations: readonly Variation[]
  readonly statements: readonly Statement[]
}

/** The first way is always the control's own; a counterexample shrinks towards it. */
export type Variation =
  /** The claims in any order. */
  | { readonly kind: 'order' }
  /** White space that the JSON of header and claims is indented with. */
  | { readonly kind: 'indent'; readonly others: readonly string[] }
  /** Up to so many claims that nobody knows, of any name and with any JSON as their value. */
  | { readonly kind: 'unknown-claims'; readonly most: number }
  /** Another value of a claim or of a header parameter; null leaves it out. */
  | {
      readonly kind: 'claim' | 'header'
      readonly name: string
      readonly others: readonly Json[]
      /** The usages it makes no difference for; all of the property's when absent. */
      readonly usages?: readonly Usage[]
      /** Only where the party has one key, so that nothing has to choose one. */
      readonly needs?: 'one-key'
    }

/** What is drawn: right assertions, or each spoiled in one of the ways given. The judge decides what they deserve. */
export interface Statement {
  readonly name: string
  /** The attack class that rates are reported by; null for honest traffic. */
  readonly attack: string | null
  readonly by: 'honest' | 'hostile'
  /** How many are drawn for each usage. */
  readonly cases: number
  /** The plainest first; empty for assertions that are right. */
  readonly spoilings: readonly Spoiling[]
}

export interface Spoiling {
  readonly defect: Defect
  /** Options of the defect that are drawn. */
  readonly drawn?: Readonly<Record<string, DrawnOption>>
}

/** Both ends belong to the range. Octets are written in base64url, and it is their number that is bounded. */
export interface DrawnOption {
  readonly kind: 'integer' | 'octets'
  readonly least: number
  readonly most: number
}
