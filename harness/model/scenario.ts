/** The shape of what `scenarios/` holds: a question, a workload, faults, guards and gates, all plain data. */
import type { Change } from './check.ts'
import type { FaultWindow, Json, Usage } from './plan.ts'

/** When something begins and ends, relative to the start of the round, in seconds. */
interface During {
  readonly startSeconds: number
  readonly endSeconds: number
}

/**
 * How often something comes, whatever becomes of what came before: evenly, at random and independently (Poisson), at a
 * rate that rises or falls evenly, or at one rate after the other for equal times.
 */
export type Pace =
  | ({ readonly kind: 'even'; readonly perSecond: number } & During)
  | ({ readonly kind: 'poisson'; readonly perSecond: number } & During)
  | ({
      readonly kind: 'ramp'
      readonly fromPerSecond: number
      readonly toPerSecond: number
    } & During)
  | ({ readonly kind: 'staircase'; readonly perSecond: readonly number[] } & During)

/** When requests of a stream begin, relative to the start of the round. */
export type Arrivals =
  | Pace
  | { readonly kind: 'in-turn'; readonly count: number }
  /** `count` at once, and again as many `everySeconds`, `times` times in all. */
  | {
      readonly kind: 'burst'
      readonly count: number
      readonly atSeconds: number
      readonly times?: number
      readonly everySeconds?: number
    }
  /** A part of the scenario's `mix`, in (0, 1]. */
  | { readonly kind: 'share'; readonly of: number }

/**
 * One kind of traffic. Each arrival mints one fresh assertion and presents it `copies` times.
 *
 * `release` says how the copies follow each other: `together` holds back the tail of each and releases all at once,
 * `in-turn` sends the next when the last was answered (plus `gapSeconds`), `in-rounds` sends the first copies of all
 * arrivals in turn, then all second ones in the same order, so that between two copies of one lie all the others.
 */
export interface Stream {
  readonly name: string
  /** The attack class that rates are reported by; null for honest traffic. */
  readonly attack: string | null
  readonly usage: Usage
  readonly by: 'honest' | 'hostile' | 'pressure' | 'rotating'
  readonly arrivals: Arrivals
  readonly copies: number
  readonly release: 'together' | 'in-turn' | 'in-rounds'
  readonly gapSeconds: number
  /** Which nodes the copies go to. `rotate` sends each arrival to the next node, all its copies to that one. */
  readonly nodes:
    'rotate' | 'first-then-others' | 'spread' | { readonly first: string; readonly then: string }
  /**
   * Its copies go to one after the other of the endpoints that the target says share a memory, each arrival beginning at
   * the next; all to the token endpoint when absent.
   */
  readonly endpoints?: 'first-then-others'
  readonly lifetimeSeconds: number
  /**
   * Each token that comes back is tried once: asked about at the introspection endpoint, or used at the resource where
   * there is none; not at all where the target has neither. What brought a token that does not work is no acceptance. Of
   * clients that send their copies in turn.
   */
  readonly tries?: true
  /**
   * Each token that comes back is tried once at every node, by introspection and at the resource as far as there is either,
   * then revoked at the node that issued it (RFC 7009), and from then on tried everywhere `tries` times, `everySeconds` after the answer to the try before. Of clients, each of whose
   * assertions is sent once.
   */
  readonly revokes?: Revokes
  /** What its assertions have that a right one has not; they are right when absent. */
  readonly change?: Change
  /**
   * Makes the first copy an assertion of its own, with this change and under the same identifier. The second copy is
   * then the first of the genuine one, so `copies` is 2 at least.
   */
  readonly first?: Change
  /**
   * What a second acceptance is found as where one use was answered before the other began, at one node and in quiet:
   * the order of the requests tells why a memory failed. `replay/accepted-sequentially` when absent.
   */
  readonly finding?: string
  /** Whether its key is good depends on a fault: from when on it is added by it, or until when it is not removed by it. */
  readonly keyState?: { readonly is: 'added' | 'removed'; readonly by: string }
  /** The same where both uses came to one node while a fault was in force. `replay/accepted-during-fault` when absent. */
  readonly findingAmidFault?: string
}

export interface Revokes {
  readonly tries: number
  readonly everySeconds: number
}

/** A phase of a scenario, as its faults cut it up; `steady` in a scenario without faults. */
export type Phase = 'steady' | 'before' | 'during' | 'after' | 'transition'

/**
 * What must have happened for the result to mean anything; unmet, the scenario is inconclusive.
 *
 * `pairs` counts replay groups whose first half was accepted in `first` and whose second half was determinate in
 * `second` (while a fault is in force a 5xx counts too: the server decided not to accept); `races` counts groups released
 * together of which one copy was accepted, at least two were determinate and no answer came before its release; `owed-accepts` counts determinate presentations that deserved acceptance, `determinate` all that
 * were accepted or refused, whatever they deserved; `revocations` counts tokens, once for each place where one was accepted
 * before it was revoked and determinate afterwards, and that after the time that the target has for it, if it says any.
 */
export interface Guard {
  readonly name: string
  readonly counts: 'pairs' | 'races' | 'owed-accepts' | 'determinate' | 'revocations'
  readonly stream?: string
  readonly first?: Phase
  readonly second?: Phase
  readonly nodes?: 'same' | 'other'
  readonly needed: number
}

/**
 * A limit on a rate: passes only when the one-sided 95 % bound lies below it. Without a class it stands for each class on
 * its own, and without a phase for each phase.
 */
export interface Gate {
  readonly metric: 'far' | 'frr' | 'unavailability'
  readonly attack: string | null
  readonly phase: Phase | null
  readonly frame: 'world' | 'code'
  readonly below: number
  /** Asks for a sequential test in place of the bound at the planned number of units. */
  readonly sequential?: Sequential
}

/**
 * Wald's test of a rate that is `good` against one at the limit: `alpha` is the chance that it fails a good target, `beta`
 * the chance that it passes one at the limit.
 */
export interface Sequential {
  readonly good: number
  readonly alpha: number
  readonly beta: number
}

/**
 * The mix at one multiple of its rate after the other, each in a round of its own, until one goes wrong: the target is
 * convicted of something, refuses what is right, answers too little or too late, or the harness cannot keep up. No rate
 * is asked that the target's owner does not allow.
 */
export interface Climb {
  /** How many times the mix's rate, lowest first. */
  readonly times: readonly number[]
  /** The share of requests without an answer of their own (none, or the server's own trouble) that still counts as right. */
  readonly unavailable: number
  /** The 99th percentile of the time from when a request was due to its answer that still counts as right; any when absent. */
  readonly slowMs?: number
}

/** What is measured of the harness in each round, and may be no more than this. */
export interface Tolerance {
  /** How late a request began, at the 99th percentile, in milliseconds. */
  readonly dueToBegunP99Ms?: number
  /** Requests that were never sent. */
  readonly dropped?: number
}

export interface Scenario {
  readonly name: string
  readonly question: string
  /** What its answer means, in words, one for each way it can end. */
  readonly means: { readonly conforms: string; readonly violates: string }
  readonly needs: readonly string[]
  /** The least number of nodes; fewer makes it unsupported. */
  readonly nodes: number
  /** How often an assertion of any kind comes; streams may state their share of it. */
  readonly mix?: Pace
  readonly climb?: Climb
  /** Runs only when it is named, for it takes long or asks much. */
  readonly onDemand?: true
  readonly streams: readonly Stream[]
  readonly faults: readonly FaultWindow[]
  readonly guards: readonly Guard[]
  readonly gates: readonly Gate[]
  /** How badly the harness itself may do before nothing follows from what was seen. */
  readonly tolerates?: Tolerance
  /** The share of presentations that may stay undecided, in [0, 1]. */
  readonly maxUndecided: number
  readonly options?: Readonly<Record<string, Json>>
}
