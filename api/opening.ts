/** What a target is opened with, whether it is then judged or only measured. */
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { mintingThreads, truthMinter, workerMinter, type Minter } from '../harness/drive/minting.ts'
import { minterWith } from '../harness/drive/signing.ts'
import type { Clock, Random, Session, Site, Target } from '../harness/model/target.ts'
import type { Pace } from '../harness/drive/options.ts'
import type { MachineClock } from '../harness/clock.ts'
import { openSenders, type Senders } from '../harness/wire/senders.ts'
import { openWires } from '../harness/wire/wires.ts'
import type { RunFolder } from './folder.ts'

/** How long an answer may take, and how long it may be, before the connection is given up. */
const LIMITS = { answerMs: 10_000, answerBytes: 1_048_576 }

export interface Lent {
  readonly clock: Clock
  readonly folder: RunFolder
  readonly random: Random
  /** Who has the connections; this thread when absent. */
  readonly senders?: Senders | null
}

/** So many threads that send; null where this one does. */
export function sendersOf(
  { senders: count = 0, pace: { spin = false } = {} }: { senders?: number; pace?: Pace },
  clock: MachineClock,
): Senders | null {
  return count === 0 ? null : openSenders(count, clock, { limits: LIMITS, spin })
}

export function siteOf(
  told: { readonly signal: AbortSignal; note(text: string): void },
  { clock, folder, random, senders }: Lent,
): Site {
  return {
    clock,
    random,
    wires: openWires(clock, LIMITS, senders?.open),
    signal: told.signal,
    // Whole, since programs of a target run in folders of their own.
    folder: resolve(folder.path),
    note: (text) => told.note(text),
    adopt: (pid, name) => folder.adopt(pid, name),
  }
}

export function minterOf(
  { facts, keys, speaks }: Target,
  { signers = new Map() }: Session,
  clock: Clock,
  runId: string,
): Minter {
  const owners: Record<string, string> = {}
  for (const { id, keys: own } of facts.principals) for (const { name } of own) owners[name] = id
  const context = { keys, owners, runId }
  if (speaks === 'truth') return truthMinter(context)
  const own = workerMinter(context, mintingThreads(availableParallelism()))
  return minterWith(signers, context, own, clock)
}
