/** Everything that one judge keeps, each part with one thing to keep in mind. */
import { CupelError } from '../errors.ts'
import type { Answer } from '../model/history.ts'
import type { JudgedScenario, Judging } from '../model/judging.ts'
import type { Json, Usage } from '../model/plan.ts'
import type { Policy } from '../model/policy.ts'
import { openCells, type Cells } from './counts/cells.ts'
import { openChecks, type Checks } from './checks/checks.ts'
import { openClocks, type Clocks } from './time/clocks.ts'
import { openCharges, type Charges } from './charges/convictions.ts'
import { openCrashes, type Crashes } from './charges/crashes.ts'
import type { Path } from './replay/group.ts'
import { openEffort, type Effort } from './scenarios/effort.ts'
import { openKeys, type Keys } from './replay/keys.ts'
import { openIssued, type Issued } from './answers/issued.ts'
import { openKeyTimes, type KeyTimes } from './scenarios/key-times.ts'
import { openLates, type Lates } from './replay/late.ts'
import { openLedger, type Ledger } from './replay/ledger.ts'
import { openLimits, type Limits } from './refusals/limits.ts'
import { openUnreadCodes, type UnreadCodes } from './answers/unread-codes.ts'
import { openLockOuts, type LockOuts } from './refusals/lock-outs.ts'
import { openLive, type LiveFigures } from './scenarios/live.ts'
import { isReusable, singleUseOf } from './deserving/obligation.ts'
import { openOutages, type Outages } from './refusals/outage.ts'
import { openPairs, type PairBook } from './counts/pairs.ts'
import { openFaults, type Faults } from './time/phases.ts'
import { openPlaces, type Places } from './scenarios/places.ts'
import { openRemarks, type Remarks } from './scenarios/remarks.ts'
import { openRulings, type Rulings } from './deserving/rulings.ts'
import { openScenarios, type Scenarios } from './scenarios/scenarios.ts'
import { openTokenLives, type TokenLives } from './scenarios/token-lives.ts'
import type { Exhibit } from './sighting.ts'
import { openSlots, type Slots } from './time/slots.ts'
import { openStanding, type Standing } from './refusals/standing.ts'
import type { Telling } from './charges/witness.ts'
import { openWords } from './answers/words.ts'

/** The name under which the requests of checks stand in a history. */
export const CHECKS = 'checks'

export interface Bench {
  readonly judging: Judging
  readonly profile: string
  readonly policy: Policy
  readonly places: Places
  readonly slots: Slots
  readonly words: (answer: Answer) => string
  readonly clocks: Clocks
  readonly faults: Faults
  readonly rulings: Rulings
  readonly ledger: Ledger<Exhibit>
  readonly standing: Standing
  readonly lockOuts: LockOuts
  readonly outages: Outages
  readonly charges: Charges
  readonly crashes: Crashes
  readonly late: Lates
  readonly cells: Cells
  readonly pairs: PairBook
  readonly checks: Checks
  readonly scenarios: Scenarios
  readonly live: LiveFigures
  readonly effort: Effort
  readonly keyTimes: KeyTimes
  readonly lives: TokenLives
  readonly issued: Issued
  readonly limits: Limits
  readonly unread: UnreadCodes
  readonly remarks: Remarks
  readonly way: { path: Path }
  /** Whether anything obliges the target to accept a credential of this usage once. */
  readonly singleUse: Readonly<Record<Usage, boolean>>
  /** Endpoints that answered without any credential: what they accept proves nothing. */
  readonly open: Set<string>
  /** Scenarios whose cases are drawn and searched for smaller ones. */
  readonly drawn: ReadonlySet<string>
  /** Scenarios whose further rounds follow from their counts: of a sequential test, and at ever higher rates. */
  readonly steered: ReadonlySet<string>
  readonly keys: Keys
  /** Scenarios that ran to their end, and what each came to. */
  readonly ended: Map<string, Json>
  telling: Telling
  observed: number
  complete: boolean
}

/** @throws {CupelError} ERR_UNKNOWN_NAME for a profile that the history does not know. */
export function openBench(judging: Judging, profile: string): Bench {
  const policy = judging.policies[profile]
  if (policy === undefined) throw unknownProfile(judging, profile)
  const { target } = judging
  const { survives, path } = target.declares
  const clocks = openClocks(target.nodes, target.clocks)
  const faults = openFaults(judging.scenarios)
  const places = openPlaces(judging)
  const drawn = new Set(judging.scenarios.filter((each) => each.drawn).map(({ name }) => name))
  const way: { path: Path } = { path }
  const slots = openSlots(target.nodes, () => bench.telling.startedUs)
  const bench: Bench = {
    judging,
    profile,
    policy,
    places,
    slots,
    words: openWords(),
    clocks,
    faults,
    rulings: openRulings({ policy, target }),
    ledger: openLedger<Exhibit>({
      earlyUs: (fromUs, toUs) => clocks.earlyUs(fromUs, toUs),
      forgetting: (fromUs, toUs) =>
        faults.forgetting(fromUs, toUs).filter((fault) => !survives.includes(fault)),
      path: () => way.path,
    }),
    standing: openStanding(),
    lockOuts: openLockOuts(target.nodes),
    outages: openOutages(),
    charges: openCharges({ each: (scenario) => drawn.has(scenario) || scenario === CHECKS }),
    crashes: openCrashes(),
    late: openLates(),
    cells: openCells(places.all, slots),
    pairs: openPairs(),
    checks: openChecks(judging, profile, policy),
    scenarios: openScenarios(judging),
    live: openLive(),
    effort: openEffort(),
    keyTimes: openKeyTimes(),
    lives: openTokenLives(judging.scenarios),
    issued: openIssued(),
    limits: openLimits(),
    unread: openUnreadCodes(),
    remarks: openRemarks(),
    way,
    singleUse: heldTo(judging, policy),
    open: new Set(),
    drawn,
    steered: new Set(judging.scenarios.filter(isSteered).map(({ name }) => name)),
    keys: openKeys(),
    ended: new Map(),
    telling: { startedUs: 0, runId: '' },
    observed: 0,
    complete: false,
  }
  return bench
}

/** Scenarios are planned for the run's own profile. */
function heldTo(judging: Judging, policy: Policy): Bench['singleUse'] {
  const isHeld = (usage: Usage): boolean =>
    !isReusable(judging, judging.asked.slice(0, 1), usage) &&
    singleUseOf(judging.target, policy, usage) !== null
  return {
    'client-authentication': isHeld('client-authentication'),
    'authorization-grant': isHeld('authorization-grant'),
    'bearer-token': isHeld('bearer-token'),
    'dpop-proof': isHeld('dpop-proof'),
  }
}

function isSteered({ gates, climb }: JudgedScenario): boolean {
  return climb !== undefined || gates.some(({ sequential }) => sequential !== undefined)
}

function unknownProfile(judging: Judging, profile: string): CupelError {
  return new CupelError(
    'ERR_UNKNOWN_NAME',
    `the history knows no profile ${JSON.stringify(profile)}`,
    {
      hint: `It knows ${Object.keys(judging.policies).join(', ')}.`,
    },
  )
}
