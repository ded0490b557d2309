/** A comparison as SARIF 2.1.0: an alert for each regression. What is no longer proved stands among the notifications. */
import type {
  CheckChange,
  Comparison,
  RateChange,
  ScenarioChange,
} from '../harness/model/comparison.ts'
import { caseName, rateName, samplesText, small } from './compare-words.ts'
import { escape, excerpt } from './escape.ts'
import { byGravity } from './headline.ts'
import { sarifLog } from './sarif-log.ts'
import { notification } from './sarif-notifications.ts'
import { findingTold } from './sarif-results.ts'
import {
  describedAs,
  explained,
  MOST_CHARACTERS,
  ownRule,
  resultOf,
  type Asked,
  type Told,
} from './sarif-rule.ts'

export function compareSarif(comparison: Comparison): string {
  const { before, after, verdict, exitCode, rates, findings, scenarios, checks } = comparison
  const of = { target: after.target, called: after.called ?? after.target, profile: after.profile }
  const unproved = [
    ...scenarios.unproved.map((each) => ({ ...each, name: each.name })),
    ...checks.unproved.map((each) => ({ ...each, name: caseName(each) })),
  ]
  return sarifLog({
    version: after.version,
    category: ['cupel-compare', after.target, after.profile],
    invocation: { executionSuccessful: true, exitCode },
    told: [
      ...byGravity(findings.new)
        .filter(({ obliges }) => obliges)
        .map((finding) => findingTold({ finding, entry: null }, of)),
      ...rates.filter(({ worse }) => worse).map((rate) => rateTold(rate, of)),
      ...scenarios.worse.map((change) => scenarioTold(change, of)),
      ...checks.worse.map((change) => checkTold(change, of)),
    ],
    notifications: [
      ...(verdict === 'nothing compared'
        ? [notification('undecided', 'Nothing was compared: the two runs asked different things.')]
        : []),
      ...unproved.map(({ name, before: one, after: other, because }) =>
        notification('undecided', `${name}: ${one} before, ${other} now: ${because}`),
      ),
    ],
    properties: {
      verdict,
      before: before.runId,
      beforeSeed: before.seed,
      after: after.runId,
      afterSeed: after.seed,
      profile: after.profile,
    },
  })
}

const RATE = 'regression/rate'
const SCENARIO = 'regression/scenario'

function rateTold(rate: RateChange, of: Asked): Told {
  const name = rateName(rate)
  return {
    rule: ownRule(RATE, {
      short: 'A rate of wrong answers rose from one run to the next',
      full: 'The rise is larger than chance makes likely among all rates that were compared (Benjamini and Hochberg, at 5 %).',
      help: '`cupel compare` tells both samples with their intervals. Look at what changed between the two runs, or ask more with --repeat.',
    }),
    result: resultOf(of, `${RATE}:${name}`, {
      level: 'error',
      message: {
        text: excerpt(
          `${name} rose: ${samplesText(rate)}. By chance so with probability ${small(rate.chance)}, ${small(rate.adjusted)} among all that were compared.`,
          MOST_CHARACTERS,
        ),
      },
    }),
  }
}

function scenarioTold({ name, before, after, because }: ScenarioChange, of: Asked): Told {
  return {
    rule: ownRule(SCENARIO, {
      short: 'A scenario came to a worse answer than in the run before',
      full: 'A scenario that conformed, or said less against the target, does not any more.',
      help: '`cupel explain` with the name of the scenario says what it sends and what it means.',
    }),
    result: resultOf(of, `${SCENARIO}:${name}`, {
      level: 'error',
      message: {
        text: excerpt(`${name}: ${before} before, ${after} now: ${because}`, MOST_CHARACTERS),
      },
    }),
  }
}

function checkTold(change: CheckChange, of: Asked): Told {
  const { id, before, after, because } = change
  const level = after === 'fail' ? 'error' : 'warning'
  return {
    rule: {
      id: escape(id),
      ...describedAs(id, {
        short: `${id} became worse`,
        full: `${id}: a case of this check came to a worse answer than in the run before.`,
        help: explained(id),
      }),
      defaultConfiguration: { level },
      properties: {
        tags: ['conformance'],
        'problem.severity': level,
        precision: 'very-high',
      },
    },
    result: resultOf(of, `${id}:worse:${caseName(change)}`, {
      level,
      message: {
        text: excerpt(
          `${caseName(change)}: ${before} before, ${after} now: ${because}`,
          MOST_CHARACTERS,
        ),
      },
    }),
  }
}
