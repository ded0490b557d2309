/** What became worse from one record to another. */
import { CupelError } from '../errors.ts'
import type { Comparison, Compared, OnlyAsked } from '../model/comparison.ts'
import type { Finding, RunRecord } from '../model/record.ts'
import { checkChanges, scenarioChanges, wasAsked } from './compare-verdicts.ts'
import { FALSE_DISCOVERY_RATE, rateChanges } from './compare-rates.ts'

/**
 * Refuses what says nothing about one target over time: records that are of different targets, or were judged by different
 * profiles, unless that is wanted; and any whose run did not end.
 *
 * @throws {CupelError} ERR_RECORD_INCOMPLETE or ERR_RECORDS_APART
 */
export function comparable(
  before: RunRecord,
  after: RunRecord,
  { anyway }: { readonly anyway: boolean },
): void {
  for (const [which, record] of [
    ['first', before],
    ['second', after],
  ] as const) {
    if (record.complete) continue
    const why = record.interrupted ?? 'its history has no end'
    throw new CupelError(
      'ERR_RECORD_INCOMPLETE',
      `the ${which} record is of a run that did not end: ${why}`,
      {
        hint: 'What nobody saw may have been wrong: compare whole runs.',
      },
    )
  }
  if (anyway) return
  const [one, other] = [before.target, after.target]
  const apart =
    one.name !== other.name || one.kind !== other.kind
      ? `targets: ${one.name} (${one.kind}) and ${other.name} (${other.kind})`
      : before.profile === after.profile
        ? null
        : `profiles: ${before.profile} and ${after.profile}`
  if (apart === null) return
  throw new CupelError('ERR_RECORDS_APART', `the records are of different ${apart}`, {
    hint: 'Compare runs of one target under one profile (`cupel judge FOLDER --profile NAME --json`), or say --anyway.',
  })
}

/** Compares two whole records; what one of them was not asked is told apart from what changed. */
export function compared(before: RunRecord, after: RunRecord): Comparison {
  const rates = rateChanges(before.rates, after.rates)
  const checks = checkChanges(before.checks, after.checks)
  const scenarios = scenarioChanges(before.scenarios, after.scenarios)
  const found = findingChanges(before, after)
  const isWorse =
    rates.compared.some(({ worse }) => worse) ||
    checks.worse.length > 0 ||
    scenarios.worse.length > 0 ||
    found.new.some(({ obliges }) => obliges)
  const seen = rates.compared.length + checks.compared + scenarios.compared
  const verdict = isWorse ? 'worse' : seen === 0 ? 'nothing compared' : 'no worse'
  return {
    format: 1,
    before: side(before),
    after: side(after),
    falseDiscoveryRate: FALSE_DISCOVERY_RATE,
    rates: rates.compared,
    findings: found,
    checks,
    scenarios,
    onlyBefore: { ...askedOnly(before, after), rates: rates.onlyBefore },
    onlyAfter: { ...askedOnly(after, before), rates: rates.onlyAfter },
    verdict,
    exitCode: CODES[verdict],
  }
}

const CODES: Readonly<Record<Comparison['verdict'], Comparison['exitCode']>> = {
  worse: 1,
  'nothing compared': 2,
  'no worse': 0,
}

function side({ tool, runId, target, profile, seed, startedAt, verdict }: RunRecord): Compared {
  const { name, called } = target
  return {
    version: tool.version,
    runId,
    target: name,
    ...(called === undefined ? {} : { called }),
    profile,
    seed,
    startedAt,
    verdict,
  }
}

function askedOnly(one: RunRecord, other: RunRecord): Omit<OnlyAsked, 'rates'> {
  const there = new Set(other.checks.filter(wasAsked).map(({ caseId }) => caseId))
  const names = new Set(other.scenarios.filter(wasAsked).map(({ name }) => name))
  return {
    checks: one.checks
      .filter((check) => wasAsked(check) && !there.has(check.caseId))
      .map(({ caseId }) => caseId),
    scenarios: one.scenarios
      .filter((scenario) => wasAsked(scenario) && !names.has(scenario.name))
      .map(({ name }) => name),
  }
}

/** A finding that obliges the target is new where there was none that did. */
function findingChanges(before: RunRecord, after: RunRecord): Comparison['findings'] {
  const known = new Map(before.findings.map((finding) => [finding.id, finding]))
  const still = new Set(after.findings.map(({ id }) => id))
  const fresh = after.findings.filter((finding) => {
    const old = known.get(finding.id)
    return old === undefined || (finding.obliges && !old.obliges)
  })
  const lookedFor = (finding: Finding): boolean =>
    finding.witness.length === 0 || finding.witness.some(({ caseId }) => hasAsked(before, caseId))
  return {
    new: fresh.filter(lookedFor),
    unasked: fresh.filter((finding) => !lookedFor(finding)),
    gone: before.findings.filter(({ id }) => !still.has(id)).map(({ id }) => id),
  }
}

/** Whether a record's run asked the case, or others of its scenario; controls are part of every run. */
function hasAsked({ checks, scenarios }: RunRecord, caseId: string): boolean {
  return (
    caseId.startsWith('control/') ||
    checks.some((check) => wasAsked(check) && check.caseId === caseId) ||
    scenarios.some((scenario) => wasAsked(scenario) && caseId.startsWith(`${scenario.name}/`))
  )
}
