/** Exactly once: the replay ledger. It keeps the presentations of a key until no more can come, and settles them together. */
import { CupelError } from '../../errors.ts'
import type { Memory } from './doubles.ts'
import { settleGroup, type Path } from './group.ts'
import { NO_LEEWAYS, openLeeways, type Leeways } from './leeways.ts'
import { openTokens } from './tokens.ts'
import { withoutTrials } from './trials.ts'
import { begunOf, byBegun, type Group, type Use } from './use.ts'

export interface LedgerOptions extends Memory {
  /** `direct` if nothing between harness and target may repeat a request. */
  readonly path: () => Path
}

/** What is open of one key. */
export interface Account<U extends Use> {
  readonly key: string
  /** Presentations that were entered, and those of them that came to be judged. */
  entered: number
  readonly uses: U[]
  /** Whether any of them is the trial of a token. */
  tried: boolean
  /** No further presentation will be entered. */
  complete: boolean
  /** Whether the presentation that no later one follows was entered. */
  lastSeen: boolean
  /** Acceptances so far, for whoever watches (live.ts). */
  accepted: number
}

/**
 * Presentations come twice: they are *entered* as soon as they are observed, so that it is known which keys are still in
 * use, and *seen* once the clocks they were judged by are known.
 */
export interface Ledger<U extends Use> {
  /**
   * The account of a key; null for a presentation that is the only one of its key, which needs none.
   *
   * @param last Whether no later step presents the key.
   * @param copies How many presentations must have been entered before the key is complete, since they may be answered in
   *   any order; infinite where nobody knows, which leaves the account open until the end.
   */
  enter(key: string, last: boolean, copies: number): Account<U> | null
  /** Takes a presentation; returns the group if that completes it. */
  see(account: Account<U>, use: U): Group<U> | null
  /** Takes note of the only presentation of a key. */
  alone(key: string, use: U): void
  /** Settles the accounts that are still open, once everything entered was seen. */
  conclude(): readonly Group<U>[]
  /** How long past its end a first presentation was seen to be accepted. */
  readonly leeways: Leeways
  /** How many tokens were tried and did not work. */
  readonly deadTokens: number
  /** How many keys are open. */
  readonly open: number
}

/**
 * The leeway that counts is the largest `begun + lowest offset - exp` of a first acceptance in the run: a right server
 * remembers at least as long as it accepts. It is kept for each part and party, since a target may grant grants another
 * leeway than clients, and each issuer its own. It is complete at the end only, so that double accepts say which leeway they need.
 */
export function openLedger<U extends Use>(options: LedgerOptions): Ledger<U> {
  const accounts = new Map<string, Account<U>>()
  const leeways = openLeeways()
  let deadTokens = 0
  const tokens = openTokens()
  const evidence = { ...options, shared: tokens.shared }

  /** What stands between may answer from what it has seen accepted, in its time: that is no word of the target's leeway. */
  const note = (first: U): void => {
    if (options.path() === 'direct') leeways.note(first)
  }

  const settle = ({ key, uses: all, tried }: Account<U>): Group<U> => {
    const uses = tried ? withoutTrials(all, () => void (deadTokens += 1)) : all
    if (!isInOrder(uses)) uses.sort(byBegun)
    refuseRepeated(uses)
    const group = settleGroup(key, uses, evidence, options.path())
    const [first] = group.accepted
    if (first !== undefined) note(first)
    return group
  }

  return {
    enter(key, last, copies) {
      let account = accounts.get(key)
      if (account === undefined) {
        if (last && copies === 1) return null
        account = opened(key)
        accounts.set(key, account)
      }
      enterIn(account, last, copies)
      if (account.complete) accounts.delete(key)
      return account
    },
    see(account, use) {
      if (use.outcome === 'accepted') tokens.see(account.key, use)
      account.uses.push(use)
      account.tried ||= use.tried !== null
      if (!account.complete || account.uses.length < account.entered) return null
      return settle(account)
    },
    alone(key, use) {
      if (use.outcome !== 'accepted') return
      tokens.see(key, use)
      if (use.deserved !== 'reject') note(use)
    },
    conclude() {
      const left = [...accounts.values()].filter(({ uses }) => uses.length > 0)
      accounts.clear()
      return left.map(settle)
    },
    get leeways() {
      // Whoever stands between may have said so only after it had answered in the target's place.
      return options.path() === 'direct' ? leeways : NO_LEEWAYS
    },
    get deadTokens() {
      return deadTokens
    },
    get open() {
      return accounts.size
    },
  }
}

function enterIn(account: Account<Use>, last: boolean, copies: number): void {
  account.entered += 1
  account.lastSeen ||= last
  account.complete ||= account.lastSeen && account.entered >= copies
}

function opened<U extends Use>(key: string): Account<U> {
  return {
    key,
    entered: 0,
    uses: [],
    tried: false,
    complete: false,
    lastSeen: false,
    accepted: 0,
  }
}

/** As they come they nearly always are: each began after the one before. */
function isInOrder(uses: readonly Use[]): boolean {
  for (let index = 1; index < uses.length; index++) {
    const [one, other] = [uses[index - 1], uses[index]]
    if (one === undefined || other === undefined || begunOf(one) >= begunOf(other)) return false
  }
  return true
}

/** One observation that stands twice in a file is no second acceptance. */
function refuseRepeated(sorted: readonly Use[]): void {
  for (let index = 1; index < sorted.length; index++) {
    const [one, other] = [sorted[index - 1], sorted[index]]
    if (one?.begunUs !== other?.begunUs || one?.step !== other?.step) continue
    if (one?.part !== other?.part) continue
    throw new CupelError('ERR_HISTORY_UNREADABLE', `${one?.step} was observed twice`, {
      hint: 'Judge the file as the run wrote it. An edited history is no evidence.',
    })
  }
}
