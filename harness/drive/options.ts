/** What a driver is given. */
import type { Fault } from '../model/fault.ts'
import type { Clock, Session, Site, Target } from '../model/target.ts'
import type { Minter } from './minting.ts'

export interface DriverOptions {
  readonly target: Target
  readonly session: Session
  /** The session's own time, or the site's. */
  readonly clock: Clock
  readonly site: Site
  readonly minter: Minter
  readonly faults: readonly Fault[]
  /** The key of token tags; it dies with the process. */
  readonly secret: Uint8Array
  readonly limits: Limits
  readonly pace?: Pace
  /** The time of day, which may jump; absent where nobody's clock follows it. */
  readonly wallUs?: () => number
}

export interface Limits {
  readonly maxPerSecond: number | null
  /** How many requests may fail before `tooMany` is called; null for any number. */
  readonly maxFailures?: number | null
  tooMany?(why: string): void
}

export interface Pace {
  /** Meets the time of each request by spinning, which takes a core, rather than by sleeping. */
  readonly spin?: boolean
  /** How far ahead of its time a credential is made, in microseconds. */
  readonly aheadUs?: number
  /** How many requests are read and prepared ahead at most. */
  readonly mostAhead?: number
  /** How many connections there may be to one node. */
  readonly connections?: number
  /** How long before its time a request is handed to the thread that sends it; 0 where that is this one. */
  readonly handOverUs?: number
  /** From the start of a round to its time zero, so that its first credentials are made when they are due. */
  readonly leadInUs?: number
}
