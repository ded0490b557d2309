import type { ExpectedFailure, MetExpectation } from '../../../harness/model/expected.ts'
import type { GateResult, RunRecord } from '../../../harness/model/record.ts'
import { aRate } from './records.ts'
import { SORRY } from './sorry.ts'

const expectation = (
  id: string,
  state: MetExpectation['state'],
  more: Partial<ExpectedFailure> = {},
): MetExpectation => ({
  entry: { id, reason: `because of ${id}`, issue: 'https://issues.example/7', ...more },
  state,
})

const gate = (answer: GateResult['answer'], below: number, because: string): GateResult => ({
  gate: { metric: 'far', attack: 'replay', phase: null, frame: 'world', below },
  answer,
  because,
})

/** The limits of ALL, each with its bound. */
export const GATES: readonly GateResult[] = [
  gate('passed', 0.05, 'replay (steady): 0 of 60, at most 4.87 % at 95 %'),
  gate('undecided', 0.01, 'replay (steady): 0 of 60, at most 4.87 % at 95 % of that'),
  gate('failed', 0.001, 'replay (during): 40 of 60, at least 55.4 % at 95 %'),
]

const [check, ...checks] = SORRY.checks
const [race, partition, ...scenarios] = SORRY.scenarios
const [finding] = SORRY.findings
if (check === undefined || race === undefined || partition === undefined || finding === undefined)
  throw new RangeError('expected one of each')

/** A finding that nobody expected, one that somebody did, entries in every state, and gates of every answer. */
export const ALL: RunRecord = {
  ...SORRY,
  checks: [check, ...checks],
  scenarios: [
    race,
    { ...partition, gates: GATES },
    ...scenarios,
    { ...race, name: 'eviction', guards: [] },
  ],
  rates: [...SORRY.rates, aRate({ scenario: 'store-partition' }), aRate({ scenario: 'eviction' })],
  findings: [
    // Less grave than what was expected, and before it all the same.
    { ...finding, severity: 'medium' },
    {
      ...finding,
      id: 'replay/accepted-after-eviction',
      times: 1,
      witness: finding.witness.map((step) => ({ ...step, caseId: 'eviction/early/0' })),
    },
  ],
  expectations: [
    expectation('eviction', 'failed'),
    expectation('rfc7523/3/exp-past', 'stale'),
    expectation('rfc7523/3/jti-again', 'expired', { expires: '2026-01-01' }),
    expectation('rfc7523/3/exp-missing', 'undecided'),
  ],
  skipped: [{ id: 'rfc7662/**', reason: 'there is no introspection' }],
}
