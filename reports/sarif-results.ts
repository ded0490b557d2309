/** What SARIF calls rules and results: findings, limits that were passed, stale entries, recommendations. */
import { createHash } from 'node:crypto'
import type { ReportingDescriptor, Result, Suppression } from 'sarif'
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
import { gateMessage, MOST_CHARACTERS } from './sarif-notifications.ts'

/** It shows ten tags of a rule and refuses more than twenty. */
const MOST_TAGS = 10

/** The limit of a rule's name. */
const MOST_NAME = 255

/** Between 0 and 10, as code scanning sorts by: above 9 is critical, 7 high, 4 medium. */
const SECURITY_SEVERITY: Readonly<Record<Finding['severity'], string>> = {
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '0.0',
}

const LEVELS: Readonly<Record<Finding['severity'], 'error' | 'warning' | 'note'>> = {
  high: 'error',
  medium: 'error',
  low: 'warning',
  info: 'note',
}

export interface Told {
  readonly rule: ReportingDescriptor
  readonly result: Result
}

/** What was expected is suppressed, and a note besides: most of what reads SARIF passes over suppressions. */
export function findingTold({ finding, entry }: ToldFinding, record: RunRecord): Told {
  const { id, severity, because, obliges, times, witness, spec, cwe, controls } = finding
  const remedy = remedyOf(id)
  const tags = [
    'security',
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
      'security-severity': SECURITY_SEVERITY[severity],
      precision: 'very-high',
    },
  }
  const text = [`${because} ${often}`, ...steps].map((line) => excerpt(line, MOST_CHARACTERS))
  return {
    rule,
    result: {
      ...resultOf(record, id, {
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

/** Every rule has a name, what it says in short and in full, and help: code scanning asks for all of them. */
function describedAs(
  id: string,
  { short, full, help }: { readonly short: string; readonly full: string; readonly help: string },
): Pick<ReportingDescriptor, 'name' | 'shortDescription' | 'fullDescription' | 'help'> {
  return {
    name: excerpt(pascal(id), MOST_NAME),
    shortDescription: { text: excerpt(short, 250) },
    fullDescription: { text: excerpt(full, MOST_CHARACTERS) },
    help: { text: excerpt(help, MOST_CHARACTERS) },
  }
}

function explained(id: string): string {
  return `\`cupel explain ${id}\` says what is sent, why, and where it stands.`
}

/** A rule of this tool's own, which fails a run by itself. */
function ownRule(id: string, words: Parameters<typeof describedAs>[1]): ReportingDescriptor {
  return {
    id,
    ...describedAs(id, words),
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['reliability'] },
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
    result: resultOf(record, `${STALE}:${name}`, {
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
        ...resultOf(record, `${BREACHED}:${scenario}:${gateText(gate.gate)}`, {
          level: entry === null ? 'error' : 'note',
          message: { text: gateMessage(scenario, gate) },
        }),
        ...(entry === null ? {} : { suppressions: [suppression(entry)] }),
      },
    }
  })
}

export function checkTold(check: CheckResult, record: RunRecord): Told {
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
      properties: { tags: ['conformance', excerpt(section, 100)] },
    },
    result: resultOf(record, `${id}:${caseId}`, {
      level: 'warning',
      message: {
        text: excerpt(`${because} Expected ${expected}, seen ${seen}.`, MOST_CHARACTERS),
      },
    }),
  }
}

/**
 * Code scanning wants a place in the repository: the target's file, or where one would be for a target without. What is
 * found again there by the same fingerprint is the same alert.
 */
function resultOf(
  { target, profile }: RunRecord,
  what: string,
  { level, message }: Required<Pick<Result, 'level' | 'message'>>,
): Result {
  const id = escape(what.split(':')[0] ?? what)
  return {
    ruleId: id,
    level,
    message,
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(target) },
          region: { startLine: 1 },
        },
      },
    ],
    partialFingerprints: { primaryLocationLineHash: fingerprint([what, target.name, profile]) },
  }
}

/** Relative to where the command was given, as code scanning wants paths relative to the root of the repository. */
function uriOf({ called, name }: RunRecord['target']): string {
  const path = called ?? name
  if (!/\.ya?ml$/.test(path))
    return encodeURI(`${path.replaceAll(/[^\w.-]+/g, '-').slice(0, 200)}.yaml`)
  const plain = escape(path.replaceAll('\\', '/').replace(/^(?:\.\/+)+/, ''))
  const isAbsolute = /^(?:[A-Za-z]:)?\//.test(plain)
  return encodeURI(isAbsolute ? `file://${plain.startsWith('/') ? '' : '/'}${plain}` : plain)
}

/** The same for the same texts, as short as those that code scanning makes itself; `1` is the first of its line. */
function fingerprint(texts: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(texts)).digest('hex')
  return `${hash.slice(0, 16)}:1`
}

/** Such as ReplayAcceptedConcurrently. */
function pascal(id: string): string {
  return id
    .split(/[^A-Za-z0-9]+/)
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('')
}
