/** What several records say under one profile, a further one as much as the run's own. */
import { describe, expect, test } from 'vitest'
import type { ProfileView, RecordedScenario, Recovery } from '../../../harness/model/record.ts'
import type { Late, ScenarioFacts } from '../../../harness/model/verdict.ts'
import { mergedView } from '../../../harness/tally/merge-view.ts'
import { aCheckResult, aConviction } from './convictions.ts'

const FACTS: ScenarioFacts = {
  judged: 10,
  undecided: 0,
  unclocked: 0,
  intolerable: [],
  ended: true,
  violated: false,
}

function aScenario(more: Partial<RecordedScenario> = {}): RecordedScenario {
  return {
    name: 's',
    question: 'Is it?',
    verdict: 'conforms',
    because: 'It is.',
    guards: [{ name: 'pairs', needed: 10, seen: 6 }],
    gates: [],
    facts: FACTS,
    terms: {
      means: { conforms: 'It is.', violates: 'It is not.' },
      maxUndecided: 0,
      classes: ['replay'],
    },
    ...more,
  }
}

function aView(more: Partial<ProfileView> = {}): ProfileView {
  return {
    profile: 'fapi2',
    verdict: 'conforms',
    checks: [],
    scenarios: [],
    rates: [],
    findings: [],
    recovery: [],
    failureModes: [],
    pairs: [],
    late: [],
    leeways: [],
    ...more,
  }
}

const merged = (...views: readonly Partial<ProfileView>[]) => mergedView(views.map(aView), true)

test('the recovery times of each part stand side by side', () => {
  const after = (runId: string) => ({ scenario: 's', fault: 'link.cut', runId }) as Recovery
  const both = merged({ recovery: [after('one')] }, { recovery: [after('two'), after('two')] })
  expect(both.recovery.map(({ runId }) => runId)).toEqual(['one', 'two', 'two'])
  expect(both.profile).toBe('fapi2')
})

describe('a check that two parts have', () => {
  test('is as good as the worse of them, whichever comes first', () => {
    const [good, bad] = [aCheckResult(), aCheckResult({ verdict: 'fail', because: 'accepted' })]
    for (const [one, other] of [
      [good, bad],
      [bad, good],
    ] as const) {
      expect(merged({ checks: [one] }, { checks: [other] }).checks).toEqual([bad])
    }
  })

  test('is told apart from one of another usage, case or check', () => {
    const others = [
      aCheckResult(),
      aCheckResult({ id: 'rfc7523/3/other' }),
      aCheckResult({ usage: 'authorization-grant' }),
      aCheckResult({ case: 'an-hour-ago' }),
    ]
    expect(merged({ checks: others }).checks).toHaveLength(4)
  })
})

describe('what waited for the leeway', () => {
  const check = aCheckResult()
  const late = (more: Partial<Late> = {}): Late => ({
    part: 'client_assertion',
    party: 'honest',
    needsMs: 2_000,
    times: 3,
    cell: null,
    instead: null,
    conviction: aConviction({ scenario: 's', caseId: check.caseId }),
    nodes: 'same',
    ...more,
  })
  const leeways = (seenMs: number) => [{ part: 'client_assertion', party: 'honest', seenMs }]

  test('convicts the case and the scenario by the longest that any part saw, as often as it was', () => {
    const told = merged(
      { checks: [check], scenarios: [aScenario()], late: [late()], leeways: leeways(1_000) },
      { scenarios: [aScenario()], leeways: leeways(2_001) },
    )
    expect(told.checks).toEqual([
      {
        ...check,
        verdict: 'fail',
        because: 'one of its requests was convicted by itself; the findings tell of what',
      },
    ])
    expect(told.scenarios).toMatchObject([{ verdict: 'violates', because: 'It is not.' }])
    expect(told.findings).toMatchObject([{ id: 'replay/accepted-concurrently', times: 3 }])
    expect([told.late, told.verdict]).toEqual([[], 'violates'])
  })

  test('leaves all as it was where no part saw enough, or it obliges nobody', () => {
    const waiting = merged({
      checks: [check],
      scenarios: [aScenario({ guards: [] })],
      late: [late()],
      leeways: leeways(2_000),
    })
    expect(waiting.checks).toEqual([check])
    expect(waiting.scenarios).toMatchObject([{ verdict: 'conforms' }])
    expect(waiting.late).toHaveLength(1)
    const noted = aConviction({ obliges: false, scenario: 's', caseId: check.caseId })
    const told = merged({
      checks: [check],
      scenarios: [aScenario({ guards: [] })],
      late: [late({ conviction: noted })],
      leeways: leeways(9_000),
    })
    expect(told.checks).toEqual([check])
    expect(told.scenarios).toMatchObject([{ verdict: 'conforms' }])
  })
})

describe('a scenario', () => {
  test('adds up its facts and guards, and is judged by the sums', () => {
    expect(merged({ scenarios: [aScenario()] }).scenarios[0]?.verdict).toBe('inconclusive')
    const both = merged({ scenarios: [aScenario()] }, { scenarios: [aScenario()] })
    expect(both.scenarios).toMatchObject([
      {
        verdict: 'conforms',
        because: 'It is.',
        facts: { judged: 20 },
        guards: [{ name: 'pairs', needed: 10, seen: 12 }],
      },
    ])
  })

  test('keeps what one part concluded with, and says it', () => {
    const conclusion = { says: 'found at 400/s' }
    const [told] = merged(
      { scenarios: [aScenario()] },
      { scenarios: [aScenario({ conclusion })] },
    ).scenarios
    expect(told).toMatchObject({ conclusion, because: 'It is. It was found at 400/s.' })
    expect(merged({ scenarios: [aScenario()] }).scenarios[0]).not.toHaveProperty('conclusion')
  })

  test('that nobody could ask stays unsupported, and one that some could makes parts that do not belong together', () => {
    const without = aScenario({ verdict: 'unsupported', because: 'no link can be cut' })
    const [told] = merged({ scenarios: [without] }, { scenarios: [without] }).scenarios
    expect(told).toMatchObject({ verdict: 'unsupported', because: 'no link can be cut' })
    expect(() => merged({ scenarios: [aScenario()] }, { scenarios: [without] })).toThrow(
      's was asked in one shard and not in another: no link can be cut',
    )
  })

  test('of a version that kept nothing to judge it by is left out', () => {
    expect(merged({ scenarios: [aScenario({ terms: null })] }).scenarios).toEqual([])
  })
})
