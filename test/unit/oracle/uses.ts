/** Short ways to write the uses of one replay key down. Times in seconds here, so that a case can be read as a timeline. */
import {
  openLedger,
  type Group,
  type LedgerOptions,
  type Use,
} from '../../../harness/oracle/ledger.ts'

export const SECOND_US = 1_000_000

/** No clock doubt, no fault that forgets, nothing in the path: what convicts here, convicts. */
export const QUIET: LedgerOptions = { highestUs: () => 0, forgetting: () => [], path: 'direct' }

/** A use from `begun` to `answered` (null: none came); an authentic assertion with exp at 300 s that deserves acceptance. */
export function use(
  step: string,
  [begun, answered]: readonly [begun: number, answered: number | null],
  outcome: Use['outcome'],
  more: Partial<Use> = {},
): Use {
  return {
    step,
    caseId: 'case',
    scenario: 'scenario',
    node: 'node-1',
    part: 'client_assertion',
    begunUs: outcome === 'unsent' ? null : begun * SECOND_US,
    answeredUs: answered === null ? null : answered * SECOND_US,
    outcome,
    deserved: 'accept',
    cause: 'valid',
    authentic: true,
    expUs: 300 * SECOND_US,
    token: null,
    last: false,
    offset: { lowUs: 0, highUs: 0 },
    faultsInForce: [],
    ...more,
  }
}

/** A copy that the issuer's key did not sign. */
export const FORGED: Partial<Use> = { authentic: false, deserved: 'reject', cause: 'authentic' }

/** All groups that a ledger makes of uses of several keys, shown in the order given, by key. */
export function groupsOf(
  shown: readonly (readonly [key: string, use: Use])[],
  options: LedgerOptions = QUIET,
): ReadonlyMap<string, Group> {
  const ledger = openLedger(options)
  const lasts = new Map(shown.map(([key], index) => [key, index]))
  const seen = shown.flatMap(([key, each], index) =>
    ledger.see(key, { ...each, last: lasts.get(key) === index }),
  )
  return new Map([...seen, ...ledger.conclude()].map((group) => [group.key, group]))
}

/** The one group that these uses are. */
export function groupOf(uses: readonly Use[], options: LedgerOptions = QUIET): Group {
  const group = groupsOf(
    uses.map((each) => ['key', each] as const),
    options,
  ).get('key')
  if (group === undefined) throw new Error('a ledger must not lose a group')
  return group
}

/** A group in short, by the names of its steps, for comparing. */
export function inShort(group: Group): object {
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
