/** What the thread that keeps time and a sending thread tell each other, as JSON. */
import type { Anchor } from '../clock.ts'
import type { CupelErrorCode } from '../errors.ts'
import type { TlsOptions } from '../model/target.ts'
import type { Limits } from './limits.ts'
import type { ExchangeOnPaper, MessageOnPaper } from './on-paper.ts'

/** What a sending thread is started with. */
export interface SendingContext {
  readonly anchor: Anchor
  readonly limits: Limits
  /** Meets the times of requests by spinning rather than by sleeping. */
  readonly spin: boolean
}

/** What it is told to do. Wires have the numbers of their connections; what is asked is counted for each thread. */
export type Order =
  | readonly ['open', wire: number, to: Destination]
  | readonly ['send', wire: number, ask: number, message: MessageOnPaper, atUs: number]
  | readonly ['hold', wire: number, ask: number, message: MessageOnPaper]
  | readonly ['release', ask: number]
  /** What is in flight on the wire is not waited for any more. */
  | readonly ['give-up', wire: number]
  /** What was handed over and has not begun on the wire is not sent. */
  | readonly ['recall', wire: number]
  | readonly ['close', wire: number]

export interface Destination {
  readonly origin: string
  readonly tls: TlsOptions | null
  readonly way: {
    readonly http?: 1.1 | 2
    readonly proxy?: string
    readonly host?: string
  }
}

/** What it tells. */
export type Told =
  | readonly ['opened', wire: number, carries: number]
  | readonly ['unopened', wire: number, why: Refusal]
  /** The wire can be used no more. */
  | readonly ['gone', wire: number]
  | readonly ['held', ask: number]
  | readonly ['done', ask: number, exchange: ExchangeOnPaper]
  /** A mistake of the harness, in words. */
  | readonly ['failed', ask: number, why: string]

/** An error as another thread can be told it. */
export interface Refusal {
  readonly code: CupelErrorCode
  readonly message: string
  readonly hint: string | null
  readonly detail: string | null
}
