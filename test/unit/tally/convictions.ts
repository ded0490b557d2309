import type { CheckResult, Conviction } from '../../../harness/model/verdict.ts'

export function aConviction(change: Partial<Conviction> = {}): Conviction {
  return {
    finding: 'replay/accepted-concurrently',
    obliges: true,
    obligation: 'declared',
    scenario: 'replay-race',
    check: null,
    caseId: 'replay-race/copies/0',
    because: 'Two of twenty copies were accepted.',
    spec: ['RFC 7523 §3 item 7'],
    witness: [],
    ...change,
  }
}

export function aCheckResult(change: Partial<CheckResult> = {}): CheckResult {
  return {
    id: 'rfc7523/3/exp-past',
    usage: 'client-authentication',
    case: 'a-day-ago',
    caseId: 'rfc7523/3/exp-past:ca:a-day-ago',
    section: 'RFC 7523 §3 item 4',
    level: 'must',
    verdict: 'pass',
    because: 'refused between two accepted controls',
    asked: 1,
    expected: 'reject',
    seen: 'rejected',
    ...change,
  }
}
