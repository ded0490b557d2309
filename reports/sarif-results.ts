/** What SARIF calls rules and results: findings, limits that were passed, stale entries, recommendations. */
import type { ReportingDescriptor, Suppression } from 'sarif'
import { FINDINGS } from '../harness/findings.ts'
import type { ExpectedFailure } from '../harness/model/expected.ts'
import type { Finding, RunRecord } from '../harness/model/record.ts'
import type { CheckResult } from '../harness/model/verdict.ts'
import { escape, excerpt } from './escape.ts'
import { WORDS } from './expected-text.ts'
import { count } from './figures.ts'
import { gateText } from './gate-text.ts'
import { failedGates, stale, titleOf, type ToldFinding } from './headline.ts'
import { knownFailures, reasonText } from './known.ts'
import { remedyOf } from './remedies.ts'
import { gateMessage } from './sarif-notifications.ts'
import {
  asked,
  describedAs,
  explained,
  MOST_CHARACTERS,
  ownRule,
  resultOf,
  type Asked,
  type Told,
} from './sarif-rule.ts'

/** It shows ten tags of a rule and refuses more than twenty. */
const MOST_TAGS = 10

/**
 * Above 0 and up to 10, as code scanning sorts by: above 9 is critical, 7 high, 4 medium. Whatever has one counts as a
 * matter of security, and what is only told is none.
 */
const SECURITY_SEVERITY: Readonly<Record<Finding['severity'], string | null>> = {
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: null,
}

const LEVELS: Readonly<Record<Finding['severity'], 'error' | 'warning' | 'note'>> = {
  high: 'error',
  medium: 'error',
  low: 'warning',
  info: 'note',
}

/** What was expected is suppressed, and a note besides: most of what reads SARIF passes over suppressions. */
export function findingTold({ finding, entry }: ToldFinding, of: Asked): Told {
  const { id, severity, because, obliges, times, witness, spec, cwe, controls } = finding
  const remedy = remedyOf(id)
  const score = SECURITY_SEVERITY[severity]
  const tags = [
    score === null ? 'conformance' : 'security',
    // As code scanning expects them, so that its filters know them.
    ...(cwe === null ? [] : [`external/cwe/${cwe.toLowerCase()}`]),
    ...controls,
    ...spec,
  ]
  const steps = witness.map(
    (step, index) =>
      `${index + 1}. ${step.node ?? 'the target'} at ${step.begunMs.toFixed(1)} ms: sent ${step.sent}; got ${step.got}`,
  )
  const often = times === 1 ? 'Seen once.' : `Seen ${count(times)} times.`
  const rule: ReportingDescriptor = {
    id: escape(id),
    ...describedAs(id, {
      short: titleOf(finding),
      full: `${titleOf(finding)}. ${remedy ?? ''}`.trim(),
      help: `${remedy ?? ''} ${explained(id)}`.trim(),
    }),
    defaultConfiguration: { level: LEVELS[FINDINGS.get(id)?.severity ?? severity] },
    properties: {
      tags: tags.map((tag) => excerpt(tag, 100)).slice(0, MOST_TAGS),
      ...(score === null
        ? { 'problem.severity': 'recommendation' }
        : { 'security-severity': score }),
      precision: 'very-high',
    },
  }
  const text = [`${because} ${often}`, ...steps].map((line) => excerpt(line, MOST_CHARACTERS))
  return {
    rule,
    result: {
      ...resultOf(of, id, {
        level: obliges && entry === null ? LEVELS[severity] : 'note',
        message: { text: text.join('\n') },
      }),
      ...(entry === null ? {} : { suppressions: [suppression(entry)] }),
    },
  }
}

/** What was expected is kept among the alerts, and closed where whoever reads it knows how. */
function suppression(entry: ExpectedFailure): Suppression {
  return {
    kind: 'external',
    status: 'accepted',
    justification: excerpt(reasonText(entry), 400),
  }
}

/** An entry that fits no longer fails the run until somebody takes it out. */
export function staleTold(record: RunRecord): readonly Told[] {
  return stale(record).map((name) => ({
    rule: ownRule(STALE, {
      short: 'What was expected to fail does not fail',
      full: 'An entry of the file of expected failures names what was asked and did not fail. It fails the run, so that the failure cannot come back unseen.',
      help: 'Take the entry out of the file of expected failures.',
    }),
    result: resultOf(asked(record), `${STALE}:${name}`, {
      level: 'error',
      message: { text: excerpt(`${name} ${WORDS.stale}`, MOST_CHARACTERS) },
    }),
  }))
}

const STALE = 'expected/stale'
const BREACHED = 'gate/breached'

export function gatesTold(record: RunRecord): readonly Told[] {
  const known = knownFailures(record)
  return failedGates(record).map(({ scenario, gate }) => {
    const entry = known.scenario({ name: scenario })
    return {
      rule: ownRule(BREACHED, {
        short: 'A rate passed the limit that it was held against',
        full: 'Of a rate that a gate limits even the lower bound, at 95 %, is not below the limit.',
        help: 'Compare the rate with the faults that were in force, then ask more with --repeat, or mend the server.',
      }),
      result: {
        ...resultOf(asked(record), `${BREACHED}:${scenario}:${gateText(gate.gate)}`, {
          level: entry === null ? 'error' : 'note',
          message: { text: gateMessage(scenario, gate) },
        }),
        ...(entry === null ? {} : { suppressions: [suppression(entry)] }),
      },
    }
  })
}

export function checkTold(check: CheckResult, of: Asked): Told {
  const { id, section, because, caseId, expected, seen } = check
  return {
    rule: {
      id: escape(id),
      ...describedAs(id, {
        short: `${id}: a recommendation of ${section}`,
        full: `${id}: what ${section} recommends was not kept, or what was right in substance was wrong in form.`,
        help: explained(id),
      }),
      defaultConfiguration: { level: 'warning' },
      properties: {
        tags: ['conformance', excerpt(section, 100)],
        'problem.severity': 'warning',
        precision: 'very-high',
      },
    },
    result: resultOf(of, `${id}:${caseId}`, {
      level: 'warning',
      message: {
        text: excerpt(`${because} Expected ${expected}, seen ${seen}.`, MOST_CHARACTERS),
      },
    }),
  }
}
