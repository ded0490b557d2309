/** Whether a machine and a target are ready to be asked; looked at, and judged by nobody. */

/**
 * `note` is worth knowing. `poor` keeps something from being used that was asked for; `bad` keeps everything from it.
 */
export type Health = 'good' | 'note' | 'poor' | 'bad'

export interface Looked {
  readonly name: string
  readonly health: Health
  readonly text: string
  /** What to do about it. */
  readonly help?: string
}

/** A program or library that not everybody needs. */
export interface Tool {
  readonly name: string
  /** Null where it can be used. */
  readonly missing: string | null
  /** What takes it. */
  readonly for: string
}

export interface Unasked {
  readonly because: string
  /** By name: scenarios, or so many cases of checks. */
  readonly what: readonly string[]
}

export interface TargetLooked {
  /** What the command line called it. */
  readonly called: string
  readonly looked: readonly Looked[]
  /** How many scenarios and check cases a run would ask by default; null where that was not found out. */
  readonly asks: { readonly scenarios: number; readonly cases: number } | null
  /** Which of them are unsupported, by their reasons. */
  readonly scenarios: readonly Unasked[]
  readonly cases: readonly { readonly because: string; readonly cases: number }[]
}

export interface DoctorReport {
  readonly format: 1
  readonly ready: 'ready' | 'in part' | 'not ready'
  /** 0 ready, 2 in part, 254 not at all. */
  readonly exitCode: 0 | 2 | 254
  readonly machine: readonly Looked[]
  readonly tools: readonly Tool[]
  readonly target: TargetLooked | null
}
