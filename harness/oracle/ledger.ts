/** Exactly once: the replay ledger, a fold over the uses of replay keys that keeps only what is still open. */
import type { Doubles, Evidence, Memory } from './doubles.ts'
import { settleGroup, type Path } from './group.ts'
import { begunOf, byBegun, type Group, type Use } from './use.ts'

export type { DoubleAccept, Group, Use } from './use.ts'

export interface LedgerOptions extends Memory {
  /** `direct` if nothing between harness and target may repeat a request. */
  readonly path: Path
}

export interface Ledger {
  /** Takes one use; returns the groups that are settled by it. The use with `last` must be the last one of its key. */
  see(key: string, use: Use): readonly Group[]
  /** Settles what is left: keys whose last use was not seen, and acceptances that waited for the leeway. */
  conclude(): readonly Group[]
  /** How many keys are open. */
  readonly open: number
}

interface Waiting {
  readonly group: Group
  readonly doubles: Doubles
  readonly part: string
}

/**
 * How many groups may wait for the leeway. Beyond that the one that waited longest is settled with the leeway seen so
 * far, which can only spare the target: the leeway seen never shrinks.
 */
const WAITING_MOST = 20_000

/** How many tokens are known by the key they came for; beyond that the one not seen for longest is forgotten. */
const TOKENS_MOST = 100_000

const NONE: readonly Group[] = []

/**
 * A second acceptance close to exp or after it convicts only as far as the target is known to accept late, since a right
 * server remembers at least as long as it accepts. That leeway is the largest `begun + lowest offset - exp` of a first
 * acceptance in the run, for each part (a target may grant grants another leeway than clients); groups that depend on
 * it wait.
 */
export function openLedger(options: LedgerOptions): Ledger {
  const keys = new Map<string, Use[]>()
  const waiting = new Set<Waiting>()
  const leewaysUs = new Map<string, number>()
  const tokens = openTokens()
  const evidence: Evidence = { ...options, shared: tokens.shared }
  const leewayOf = (part: string): number => leewaysUs.get(part) ?? 0

  const close = (key: string, uses: Use[]): Group | null => {
    if (uses.length > 1) uses.sort(byBegun)
    const { group, doubles } = settleGroup(key, uses, evidence, options.path)
    const [first] = group.accepted
    if (first === undefined) return group
    noteLeeway(first, leewaysUs)
    if (doubles === null) return group
    const held = { group, doubles, part: first.part }
    if (!doubles.dependsOn(leewayOf(first.part))) return settled(held, leewayOf(first.part))
    waiting.add(held)
    return null
  }
  const longestWaiting = (): Group | null => {
    if (waiting.size <= WAITING_MOST) return null
    const [held] = waiting
    if (held === undefined) return null
    waiting.delete(held)
    return settled(held, leewayOf(held.part))
  }

  return {
    see(key, use) {
      if (use.outcome === 'accepted') tokens.see(key, use)
      const uses = keys.get(key)
      if (!use.last) {
        if (uses === undefined) keys.set(key, [use])
        else uses.push(use)
        return NONE
      }
      if (uses !== undefined) {
        keys.delete(key)
        uses.push(use)
      }
      const group = close(key, uses ?? [use]) ?? longestWaiting()
      return group === null ? NONE : [group]
    },
    conclude() {
      const groups: Group[] = []
      for (const [key, uses] of keys) {
        const group = close(key, uses)
        if (group !== null) groups.push(group)
      }
      keys.clear()
      for (const held of waiting) groups.push(settled(held, leewayOf(held.part)))
      waiting.clear()
      return groups
    },
    get open() {
      return keys.size
    },
  }
}

interface Tokens {
  see(key: string, use: Use): void
  /** Whether it came under more than one key. A group that closed before the second one was seen keeps its `sameToken`. */
  readonly shared: Evidence['shared']
}

function openTokens(): Tokens {
  /**
   * The one key of each token, null once there was another; the one seen last comes last. By part, since one request may
   * bring two credentials, each under a key of its own, and has one token.
   */
  const keys = new Map<string, string | null>()
  const nameOf = ({ part, token }: Use): string => `${part} ${token}`
  return {
    see(key, use) {
      if (use.token === null) return
      const name = nameOf(use)
      const known = keys.get(name)
      keys.delete(name)
      keys.set(name, known === undefined || known === key ? key : null)
      if (keys.size <= TOKENS_MOST) return
      const [oldest] = keys.keys()
      if (oldest !== undefined) keys.delete(oldest)
    },
    shared: (use) => keys.get(nameOf(use)) === null,
  }
}

function settled({ group, doubles }: Waiting, leewayUs: number): Group {
  return { ...group, doubles: doubles.settle(leewayUs) }
}

function noteLeeway(first: Use, leewaysUs: Map<string, number>): void {
  if (first.expUs === null) return
  const lateUs = begunOf(first) + first.offset.lowUs - first.expUs
  if (lateUs > (leewaysUs.get(first.part) ?? 0)) leewaysUs.set(first.part, lateUs)
}
