/** The shape of what `suites/properties/` holds: what must be so of every request of a kind, however it comes about. */
import type { Defect, Json, Usage } from './plan.ts'

/**
 * Statements about requests that nobody has thought of one by one: cases of each are drawn from the seed, or enumerated,
 * and the first that proves one wrong is made smaller until nothing smaller does.
 */
export type Property =
  AssertionsProperty | CombinationsProperty | SequencesProperty | RotationsProperty

interface Asking {
  readonly name: string
  readonly question: string
  /** The sections behind it, as a reader would look them up. */
  readonly section: string
  readonly means: { readonly conforms: string; readonly violates: string }
  readonly usages: readonly Usage[]
}

/** Single assertions, each varied in any number of ways at once. */
export interface AssertionsProperty extends Asking {
  readonly kind: 'assertions'
  /** How a case may differ from the control without deserving another answer. */
  readonly variations: readonly Variation[]
  readonly statements: readonly DrawnStatement[]
}

/** Single assertions that have every choice of ways for any few of their variations in one case at least. */
export interface CombinationsProperty extends Asking {
  readonly kind: 'combinations'
  /** How many variations are taken together. */
  readonly strength: number
  readonly variations: readonly Variation[]
  /** Where spoilings are given they are one more variation, of which each case has one. */
  readonly statements: readonly Statement[]
}

/** Several presentations one after the other, of which the last is of an assertion that is right. */
export interface SequencesProperty extends Asking {
  readonly kind: 'sequences'
  readonly statement: {
    readonly name: string
    readonly attack: string
    /** How many are drawn for each usage. */
    readonly cases: number
    /** The most presentations before the last. */
    readonly longest: number
    /** How long may be waited before one, in milliseconds; the first is the shortest. */
    readonly waitsMs: readonly number[]
  }
}

/**
 * The same of a party whose published keys change on the way: its next key comes beside the one that it has, and both are
 * signed with. Of parties whose keys the harness serves.
 */
export interface RotationsProperty extends Asking {
  readonly kind: 'rotations'
  readonly statement: SequencesProperty['statement'] & {
    /** What changes the keys. */
    readonly fault: string
    /** The least that passes until assertions are presented again: whoever looks for keys once a second has seen it then. */
    readonly settlesSeconds: number
    /**
     * A target that says it knows new keys within this is given the time, so that it is held to them. For another one they
     * are nothing that it must know yet.
     */
    readonly patienceSeconds: number
    /** The most that a target is given to forget a key that is no longer published, before the keys change once more. */
    readonly restSeconds: number
  }
}

/** The first way is always the control's own; a counterexample shrinks towards it. */
export type Variation =
  /** The claims in another order: any where cases are drawn, and one of the ways where they are combined. */
  | { readonly kind: 'order'; readonly ways: readonly ('reversed' | 'sorted')[] }
  /** White space that the JSON of header and claims is indented with. */
  | { readonly kind: 'indent'; readonly others: readonly string[] }
  /** What of the JSON of header and claims is written in escapes (RFC 8259 §7). */
  | { readonly kind: 'escapes'; readonly others: readonly ('names' | 'letters')[] }
  /** How the form writes the values of its parameters: percent signs and digits for each octet, or for spaces alone. */
  | {
      readonly kind: 'encoding'
      readonly others: readonly ('octets' | 'small-octets' | 'percent-spaces')[]
      readonly usages: readonly Usage[]
    }
  /** A form that names its character set. */
  | { readonly kind: 'charset'; readonly usages: readonly Usage[] }
  /** The parameters of the form in any other order. */
  | { readonly kind: 'parameter-order'; readonly usages: readonly Usage[] }
  /** Up to so many claims that nobody knows, of any name and with any JSON as their value. */
  | { readonly kind: 'unknown-claims'; readonly most: number }
  /** Up to so many parameters that nobody knows. */
  | {
      readonly kind: 'unknown-parameters'
      readonly most: number
      readonly usages: readonly Usage[]
    }
  /** A claim that nobody knows, of up to so many characters. */
  | { readonly kind: 'length'; readonly most: number }
  /** The audience as a list of one. */
  | { readonly kind: 'audience-list' }
  /** Another algorithm that the party has a key for and the profile allows. */
  | { readonly kind: 'algorithm' }
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

/** What is asked: right assertions, or each spoiled in one of the ways given. The judge decides what they deserve. */
export interface Statement {
  readonly name: string
  /** The attack class that rates are reported by; null for honest traffic. */
  readonly attack: string | null
  readonly by: 'honest' | 'hostile'
  /** The plainest first; empty for assertions that are right. */
  readonly spoilings: readonly Spoiling[]
  /** What may be odd about the request besides, where that makes nothing right. */
  readonly oddities?: readonly Oddity[]
}

/** A request of assertions that is not as it should be, whatever stands in it. */
export type Oddity = {
  readonly carrier?: 'json' | 'query'
  /** The assertion: twice, without a value, not at all, or in the address too. */
  readonly assertion?: 'twice' | 'empty' | 'omitted' | 'in-query'
  /** Parameters that stand there besides, before those that belong there. */
  readonly params?: readonly (readonly [name: string, value: string])[]
}

export interface DrawnStatement extends Statement {
  /** How many are drawn for each usage. */
  readonly cases: number
  /** Of which no document says what becomes of them: all that is asked is that the target does not fail over them. */
  readonly open?: true
}

export interface Spoiling {
  readonly defect: Defect
  /** Options of the defect that are drawn; combinations leave them as they are. */
  readonly drawn?: Readonly<Record<string, DrawnOption>>
  /** Claims that it sets; null leaves one out. */
  readonly claims?: Readonly<Record<string, Json>>
  /** Claims and header parameters of which the values are drawn. */
  readonly drawnClaims?: Readonly<Record<string, DrawnOption>>
  readonly drawnHeader?: Readonly<Record<string, DrawnOption>>
  /** The usages it spoils an assertion for; all of the property's when absent. */
  readonly usages?: readonly Usage[]
}

/**
 * Both ends belong to the range. Octets are written in base64url, and it is their number that is bounded; of a text it is
 * that of its characters, of any JSON that of its levels, and of a nested list that of the lists in each other.
 */
export interface DrawnOption {
  readonly kind: 'integer' | 'octets' | 'text' | 'json' | 'nested'
  readonly least: number
  readonly most: number
}
