/** What kind of system a simulation is of: the reference, a variant of it, or one with a flaw. */
import { CupelError } from '../../harness/errors.ts'
import { behaviourOf } from '../flawed/behaviour.ts'
import { boundedMemory } from '../flawed/bounded-memory.ts'
import type { Flaw } from '../flawed/flaw.ts'
import { gather } from '../flawed/gather.ts'
import { FLAWS } from '../flawed/index.ts'
import type { Behaviour } from '../reference/behaviour.ts'
import { replayMemory } from '../reference/memory.ts'
import { VARIANTS } from '../reference/variants.ts'
import type { EventQueue } from './queue.ts'
import type { StoreOptions } from './store.ts'

export interface Kind {
  /** Called whenever a node starts. */
  readonly behaviour: (nowMs: () => number) => Behaviour
  readonly store: (queue: EventQueue) => StoreOptions
}

/** @throws {CupelError} ERR_UNKNOWN_NAME when there is no such flaw or variant, or no simulated node can have the flaw. */
export function kindOf(of: { readonly flaw?: string; readonly variant?: string }): Kind {
  const flaw = of.flaw === undefined ? null : flawNamed(of.flaw)
  const variant = VARIANTS.find(({ name }) => name === of.variant) ?? null
  return {
    behaviour: (nowMs) => behaviourOf({ variant, flaw }, nowMs),
    store: (queue) => storeOf(flaw, queue),
  }
}

/** The store of a system with this flaw, or of one without any. */
function storeOf(flaw: Flaw | null, queue: EventQueue): StoreOptions {
  const { gathers, remembers } = flaw ?? {}
  const later = (afterMs: number, act: () => void): (() => void) => {
    const booking = queue.after(afterMs * 1000, act)
    return () => void (booking.cancelled = true)
  }
  return {
    memory: () => (remembers === undefined ? replayMemory() : boundedMemory(remembers)),
    beforeAbsent: gathers === undefined ? null : gather(gathers, later),
  }
}

function flawNamed(name: string): Flaw {
  const known = FLAWS.find((each) => each.name === name)
  if (known === undefined || known.onlyLive !== undefined) {
    const because = known?.onlyLive ?? 'there is no such flaw'
    throw new CupelError('ERR_UNKNOWN_NAME', `no simulated node can have ${name}: ${because}`)
  }
  return known
}
