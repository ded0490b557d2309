/** Somebody who can put load on a token endpoint. */
import type { Answering } from './answering.ts'

export const CONNECTIONS = 50

export interface Load {
  readonly server: Answering
  readonly seconds: number
  readonly over: AbortSignal
  /** What autocannon sent of one body in the same round, a second. */
  readonly mark: number
}

export interface Contender {
  readonly name: string
  /** Null where it can run; else what is missing. */
  missing(): Promise<string | null>
  /** Puts load on the server for at least so long, over fifty connections. Resolves when it has ended, which `over` asks for. */
  run(load: Load): Promise<void>
}
