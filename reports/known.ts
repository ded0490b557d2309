/** Which of a run's failures were expected, by whom it was said, and which were not. */
import type { ExpectedFailure } from '../harness/model/expected.ts'
import type { Finding, RecordedScenario, RunRecord } from '../harness/model/record.ts'
import type { CheckResult } from '../harness/model/verdict.ts'

export interface Known {
  /** All that failed was expected. */
  readonly all: boolean
  /** The entries that something failed as. */
  readonly entries: readonly ExpectedFailure[]
  /** The entry that a failing check or scenario, or what was found in one, is expected by; null where nobody expects it. */
  check(check: Pick<CheckResult, 'id' | 'caseId'>): ExpectedFailure | null
  scenario(scenario: Pick<RecordedScenario, 'name'>): ExpectedFailure | null
  finding(finding: Finding): ExpectedFailure | null
}

export function knownFailures({ expectations = [], exitCode, verdict }: RunRecord): Known {
  const failed = expectations.filter(({ state }) => state === 'failed').map(({ entry }) => entry)
  const all = failed.length > 0 && exitCode === 0 && verdict !== 'conforms'
  const named = (whole: readonly string[]): ExpectedFailure | null =>
    failed.find(({ id, variant }) =>
      whole.includes(variant === undefined ? id : `${id}:${variant}`),
    ) ?? null
  // A case that was asked under a control of another profile ends in its name.
  const ofCase = (caseId: string): readonly string[] => [caseId.replace(/~.*$/, '')]
  return {
    all,
    entries: failed,
    check: ({ id, caseId }) => named([id, ...ofCase(caseId)]),
    scenario: ({ name }) => named([name]),
    /** It has one witness, of however many cases: only where that is all there was, or all else was expected, too. */
    finding({ witness, times }) {
      const [first] = witness
      if (first === undefined || !(all || times === 1)) return null
      const { caseId } = first
      return named([
        ...ofCase(caseId),
        caseId.split(':')[0] ?? caseId,
        caseId.split('/')[0] ?? caseId,
      ])
    },
  }
}

/** An entry as a file of expected failures names it. */
export function entryName({ id, variant }: ExpectedFailure): string {
  return variant === undefined ? id : `${id}:${variant}`
}

/** Why it is expected, and where it is being mended. */
export function reasonText({ reason, issue }: ExpectedFailure): string {
  return issue === undefined ? reason : `${reason} (${issue})`
}
