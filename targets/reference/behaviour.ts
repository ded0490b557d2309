/** The places where a flawed target may differ from the faultless reference, with what the faultless one does there. */
import { exactly, type Taken } from './decide.ts'
import type { StoreClient } from './store-client.ts'

export interface Behaviour {
  /** Whether an audience value names this server (see Rules.names). */
  readonly names: (value: string, audiences: readonly string[]) => boolean
  /** Takes a replay key, or says that it is taken. `keepUntilMs` is on the wall clock. */
  readonly take: (key: string, keepUntilMs: number, store: StoreClient) => Promise<Taken>
}

/** One atomic insert-if-absent; a store that does not answer is no reason to let anything through. */
export const FAULTLESS: Behaviour = {
  names: exactly,
  take: (key, keepUntilMs, store) => store.insert(key, keepUntilMs),
}
