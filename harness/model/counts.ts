/** What the judge counts, before any rate is computed from it. All of it adds up across the shards of a run. */
import type { Phase } from './scenario.ts'

export type Metric = 'far' | 'frr' | 'unavailability' | 'inconclusive' | 'replay-acceptance'
/** The coarsest thing whose members share a cause: what an interval counts. */
export type Unit = 'presentation' | 'race' | 'window' | 'node-second'

/**
 * Sums over the units of a cell, of which one had e events in n trials: all that the variance of a ratio between units
 * needs. A unit without trials is none.
 */
export interface UnitSums {
  readonly units: number
  /** The sum of e². */
  readonly eventsSquared: number
  /** The sum of e n. */
  readonly eventsByTrials: number
  /** The sum of n². */
  readonly trialsSquared: number
}

/** Whose count it is. */
export interface CellName {
  readonly metric: Metric
  readonly frame: 'world' | 'code'
  readonly scenario: string
  readonly attack: string | null
  readonly phase: Phase | null
  readonly node: string | null
}

/**
 * Raw counts of one cell of a rate. `events` of `trials` determinate ones; `owed` includes those of which nothing
 * determinate is known. `worst` is the count of events if each of those had been one.
 *
 * Where answers depend on the presentation alone the unit is the presentation, and `over` has the sums over batches (the
 * seconds of a node), which show whether that is so. Where they depend on state that presentations share, such as a
 * replay memory, the unit is what shares it, and `over` has the sums over those units.
 */
export interface Cell extends CellName {
  readonly unit: Unit
  readonly events: number
  readonly trials: number
  readonly owed: number
  readonly worst: number
  readonly over: UnitSums
}

/** One scenario along its time in steps of equal length, in the world's frame; every list has one number a step. */
export interface Series {
  readonly scenario: string
  /** Null for all nodes together. */
  readonly node: string | null
  /** From the start of the run, in milliseconds. */
  readonly startMs: number
  readonly stepMs: number
  readonly owedAccept: readonly number[]
  readonly falseReject: readonly number[]
  readonly owedReject: readonly number[]
  readonly falseAccept: readonly number[]
  readonly unavailable: readonly number[]
  readonly undecided: readonly number[]
}

/** What became of the second halves of replays whose first half was accepted, by where the two halves lay. */
export interface Pairs {
  readonly scenario: string
  readonly attack: string | null
  readonly first: Phase
  readonly second: Phase
  readonly nodes: 'same' | 'other'
  readonly accepted: number
  readonly refused: number
  /** Answered with the server's own trouble. */
  readonly unavailable: number
  /** Anything else. */
  readonly undecided: number
}
