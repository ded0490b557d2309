/** One deliberate deviation from the faultless reference, and what must come of it. */
import type { Support } from '../../harness/model/policy.ts'
import type { Behaviour } from '../reference/behaviour.ts'

export interface Flaw {
  readonly name: string
  readonly title: string
  /** The class of real products it was seen in. */
  readonly seenIn: string
  /** Findings that every run over it must make; none where no situation that ships can convict it. */
  readonly caughtBy: readonly string[]
  /** Findings that oblige nobody, which every run over it shows all the same. */
  readonly notedAs?: readonly string[]
  /** What would have to be sent to show it, where nothing that ships sends that. */
  readonly awaits?: string
  /** Findings that a run may make, depending on chance or order. */
  readonly may: readonly string[]
  /**
   * `in-checks`: shown by requests one by one, to which situations have nothing to add. `in-keys`: shown where keys change
   * or clients or tokens are revoked, and nowhere else. `in-properties`: shown by none of the requests that somebody thought of, and
   * by those that are drawn.
   */
  readonly shows?: 'in-checks' | 'in-keys' | 'in-properties'
  /** The profile that it is a flaw under, where that is not the default. */
  readonly profile?: string
  /** What it takes beyond what the reference does, where its flaw is about that. */
  readonly supports?: readonly Support[]
  /** It is against a recommendation only, which a strict run counts. */
  readonly strict?: true
  /** How many copies of one key the store waits for before it answers `find`, so that a race is no matter of luck. */
  readonly gathers?: number
  /** How many keys the store has room for. */
  readonly remembers?: number
  /** Why no simulated node can have it; absent where one can. */
  readonly onlyLive?: string
  /**
   * The reference's behaviour with this one thing changed; called whenever a node starts.
   *
   * @param nowMs The node's own clock.
   */
  apply(faultless: Behaviour, nowMs: () => number): Behaviour
}

/** What a flawed store is told when it starts; null where it is as it should be. Goes over IPC. */
export interface StoreFlaw {
  readonly gathers: number | null
  readonly remembers: number | null
}

/** The reason of every flaw in how a credential is read and its signature verified. */
export const LIVES_IN_BYTES =
  'it lives in how bytes are read, and a simulated node is handed the truth of a credential in place of them'
