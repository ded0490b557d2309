/** Short ways to write the uses of one replay key down. Times in seconds here, so that a case can be read as a timeline. */
import {
  openLedger,
  type Ledger,
  type LedgerOptions,
} from '../../../harness/oracle/replay/ledger.ts'
import {
  answeredOf,
  begunOf,
  byBegun,
  mannerOf,
  type Group,
  type Manner,
  type Use,
} from '../../../harness/oracle/replay/use.ts'

export const SECOND_US = 1_000_000

/** No clock doubt, no fault that forgets, nothing in the path: what convicts here, convicts. */
export const QUIET: LedgerOptions = {
  earlyUs: () => 0,
  forgetting: () => [],
  path: () => 'direct',
}

/** A use from `begun` to `answered` (null: none came); an authentic assertion with exp at 300 s that deserves acceptance. */
export function use(
  step: string,
  [begun, answered]: readonly [begun: number, answered: number | null],
  outcome: Use['outcome'],
  more: Partial<Use> = {},
): Use {
  return {
    step,
    principal: 'honest',
    party: 'honest',
    node: 'node-1',
    endpoint: 'token',
    part: 'client_assertion',
    begunUs: outcome === 'unsent' ? null : begun * SECOND_US,
    answeredUs: answered === null ? null : answered * SECOND_US,
    outcome,
    deserved: 'accept',
    cause: 'valid',
    authentic: true,
    expUs: 300 * SECOND_US,
    nbfUs: null,
    iatUs: null,
    token: null,
    tried: null,
    offset: { lowUs: 0, highUs: 0 },
    faultsInForce: [],
    ...more,
  }
}

/** A copy that the issuer's key did not sign. */
export const FORGED: Partial<Use> = { authentic: false, deserved: 'reject', cause: 'authentic' }

/** A double accept as the leeway of the whole run tells it. */
export interface ToldDouble {
  readonly first: Use
  readonly second: Use
  readonly frame: 'code' | 'world'
  readonly manner: Manner
  readonly straddles: readonly string[]
}

export interface ToldGroup extends Omit<Group, 'doubles'> {
  readonly doubles: readonly ToldDouble[]
  readonly owedAccept: Use | null
  readonly owedRejects: readonly Use[]
}

/** The denominators of oracle.md, section 4, written down apart from what counts them (counting.ts). */
export function owedIn({ uses, accepted, doubles, phantom }: Group): {
  /** The one acceptance owed, if any; it was refused exactly if it is the phantom's. */
  readonly owedAccept: Use | null
  /** Every use that was owed a rejection; those that are second in `doubles` are the false accepts. */
  readonly owedRejects: readonly Use[]
} {
  const [first] = accepted
  if (first === undefined) return { owedAccept: phantom?.use ?? null, owedRejects: [] }
  const isOwed = accepted.some(({ deserved }) => deserved === 'accept')
  const turnedAway = uses.filter(
    (each) =>
      each.outcome === 'rejected' &&
      each.deserved === 'accept' &&
      answeredOf(each) > begunOf(first),
  )
  return {
    owedAccept: phantom?.use ?? (isOwed ? first : null),
    owedRejects: [...doubles.map(({ second }) => second), ...turnedAway].toSorted(byBegun),
  }
}

/** @param leewayUs The longest that the run saw the target accept a first presentation past its end. */
export function told(group: Group, leewayUs = 0): ToldGroup {
  const doubles = group.doubles.map(
    ({ first, second, needsUs, partner, straddles }): ToldDouble => {
      if (partner === null || needsUs >= leewayUs)
        return { first, second, frame: 'world', manner: mannerOf(first, second), straddles }
      const manner = mannerOf(partner, second)
      return { first: partner, second, frame: 'code', manner, straddles: [] }
    },
  )
  return { ...group, ...owedIn(group), doubles }
}

/** Shows a ledger one use of a key; the group, if that settles it. */
export function show(ledger: Ledger<Use>, key: string, shown: Use, last = false): ToldGroup | null {
  const account = ledger.enter(key, last, 0)
  const group = account === null ? null : ledger.see(account, shown)
  return group === null ? null : told(group)
}

/** All groups that a ledger makes of uses of several keys, shown in the order given, by key. */
export function groupsOf(
  shown: readonly (readonly [key: string, use: Use])[],
  options: LedgerOptions = QUIET,
): ReadonlyMap<string, ToldGroup> {
  const ledger = openLedger(options)
  const lasts = new Map(shown.map(([key], index) => [key, index]))
  const seen = shown.flatMap(([key, each], index) => {
    const account = ledger.enter(key, lasts.get(key) === index, 0)
    const group = account === null ? null : ledger.see(account, each)
    return group === null ? [] : [group]
  })
  return new Map(
    [...seen, ...ledger.conclude()].map((group) => {
      const [first] = group.accepted
      return [group.key, told(group, first === undefined ? 0 : ledger.leeways.of(first))]
    }),
  )
}

/** The one group that these uses are. */
export function groupOf(uses: readonly Use[], options: LedgerOptions = QUIET): ToldGroup {
  const group = groupsOf(
    uses.map((each) => ['key', each] as const),
    options,
  ).get('key')
  if (group === undefined) throw new Error('a ledger must not lose a group')
  return group
}

/** A group in short, by the names of its steps, for comparing. */
export function inShort(group: ToldGroup): object {
  const names = (uses: readonly Use[]): readonly string[] => uses.map(({ step }) => step)
  const { phantom } = group
  return {
    accepted: names(group.accepted),
    doubles: group.doubles.map((each) => [
      each.first.step,
      each.second.step,
      each.frame,
      each.manner,
    ]),
    phantom: phantom && [
      phantom.use.step,
      phantom.implementation ? 'implementation' : 'path',
      phantom.afterForgery ? 'after forgery' : 'unprovoked',
    ],
    undecided: names(group.undecided),
    owedAccept: group.owedAccept?.step ?? null,
    owedRejects: names(group.owedRejects),
    sameToken: group.sameToken.map(names),
  }
}

/** What `inShort` says of a group of which nothing is known and to which nothing is owed. */
export const NOTHING = {
  accepted: [],
  doubles: [],
  phantom: null,
  undecided: [],
  owedAccept: null,
  owedRejects: [],
  sameToken: [],
}
