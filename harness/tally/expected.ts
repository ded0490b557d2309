/** What becomes of a run where some of its failures were expected. */
import type { MetExpectation, ExpectedFailure } from '../model/expected.ts'
import type { Finding, RecordedScenario, RunRecord } from '../model/record.ts'
import type { CheckResult, Conviction } from '../model/verdict.ts'
import { ofRun } from './verdict.ts'

/** What the run was under its own profile. */
export interface Outcome {
  readonly checks: readonly CheckResult[]
  readonly scenarios: readonly RecordedScenario[]
  readonly convictions: readonly Pick<Conviction, 'check' | 'caseId' | 'scenario' | 'obliges'>[]
  readonly complete: boolean
  /** Whether all that was planned is in it. One shard cannot know that nothing failed in another. */
  readonly whole: boolean
}

export interface Held {
  readonly expectations: readonly MetExpectation[]
  /** The verdict on all that nobody expected. */
  readonly verdict: RunRecord['verdict']
  readonly stale: boolean
}

/** @param today YYYY-MM-DD */
export function heldAgainst(
  outcome: Outcome,
  expected: readonly ExpectedFailure[],
  today: string,
): Held {
  const expectations = expected.map((entry): MetExpectation => {
    const state = isOver(entry, today) ? 'expired' : stateOf(entry, outcome)
    return { entry, state }
  })
  const living = expectations.filter(({ state }) => state === 'failed').map(({ entry }) => entry)
  const isExpected = (place: Place): boolean => living.some((entry) => names(entry, place))
  return {
    expectations,
    stale: expectations.some(({ state }) => state === 'stale'),
    verdict: ofRun({
      checks: outcome.checks.map((each) => ({
        verdict: each.verdict === 'fail' && isExpected(placeOf(each)) ? 'pass' : each.verdict,
      })),
      scenarios: outcome.scenarios.map((each) => ({
        verdict: hasFailed(each) && isExpected({ scenario: each.name }) ? 'conforms' : each.verdict,
      })),
      convictions: outcome.convictions.filter(
        ({ check, caseId, scenario }) => !isExpected({ check, caseId, scenario }),
      ),
      complete: outcome.complete,
    }),
  }
}

/**
 * Where a finding of a record was seen first. What else obliges was seen in cases that failed or scenarios that violate,
 * which are told by themselves.
 */
export function placeOfFinding({
  witness,
  obliges,
}: Pick<Finding, 'witness' | 'obliges'>): Outcome['convictions'][number] {
  const caseId = witness[0]?.caseId ?? ''
  return {
    obliges,
    caseId,
    check: caseId.split(':')[0] ?? null,
    scenario: caseId.split('/')[0] ?? '',
  }
}

interface Place {
  readonly check?: string | null
  readonly caseId?: string
  readonly scenario?: string
}

function placeOf({ id, caseId }: CheckResult): Place {
  return { check: id, caseId }
}

/** Case ids end with `~profile` where a profile has a control of its own. */
function names({ id, variant }: ExpectedFailure, { check, caseId, scenario }: Place): boolean {
  const whole = variant === undefined ? id : `${id}:${variant}`
  const asked = caseId?.replace(/~.*$/, '')
  return whole === asked || (variant === undefined && (id === check || id === scenario))
}

function stateOf(
  entry: ExpectedFailure,
  { checks, scenarios, whole }: Outcome,
): MetExpectation['state'] {
  const cases = checks.filter((each) => names(entry, placeOf(each)))
  const runs = scenarios.filter(({ name }) => names(entry, { scenario: name }))
  if (cases.some(({ verdict }) => verdict === 'fail') || runs.some(hasFailed)) return 'failed'
  const decided =
    cases.some(({ verdict }) => DECIDED.has(verdict)) ||
    runs.some(({ verdict }) => verdict === 'conforms')
  const open = cases.some(({ verdict }) => verdict === 'inconclusive')
  return whole && decided && !open ? 'stale' : 'undecided'
}

/** Verdicts that say that a check did not fail. */
const DECIDED: ReadonlySet<CheckResult['verdict']> = new Set([
  'pass',
  'non-strict',
  'informational',
])

function hasFailed({ verdict }: Pick<RecordedScenario, 'verdict'>): boolean {
  return verdict === 'violates' || verdict === 'breached'
}

/** The day itself still counts. */
function isOver({ expires }: ExpectedFailure, today: string): boolean {
  return expires !== undefined && expires < today
}
