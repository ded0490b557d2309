/** `cupel explain`: a check, one of its cases, a scenario or a finding, in words. */
import { didYouMean } from '../api/near.ts'
import { shippedScenarios } from '../api/select.ts'
import { sentBy } from '../api/sent.ts'
import { CupelError } from '../harness/errors.ts'
import { FINDINGS, type FindingEntry } from '../harness/findings.ts'
import type { Check } from '../harness/model/check.ts'
import type { Pace, Scenario, Stream, Tolerance } from '../harness/model/scenario.ts'
import { checkText, type KnownOfCheck } from '../reports/check-text.ts'
import { wrap } from '../reports/layout.ts'
import { propertyText } from '../reports/property-text.ts'
import { remedyOf } from '../reports/remedies.ts'
import { CHECKS } from '../suites/index.ts'
import { PROFILES } from '../suites/profiles/index.ts'
import { PROPERTIES } from '../suites/properties/index.ts'
import { DETECTED } from '../targets/flawed/detected.ts'
import { FLAWS } from '../targets/index.ts'
import { showPlain } from './tell.ts'

export async function explainCommand(id: string): Promise<void> {
  const scenarios = await shippedScenarios()
  const check = CHECKS.find((each) => id === each.id || id.startsWith(`${each.id}:`))
  const scenario = scenarios.find((each) => id === each.name || id.startsWith(`${each.name}/`))
  const property = PROPERTIES.find((each) => id === each.name || id.startsWith(`${each.name}/`))
  const finding = FINDINGS.get(id)
  if (check !== undefined) showPlain(checkText(check, PROFILES, id, await knownOf(check)))
  else if (scenario !== undefined) showPlain(scenarioText(scenario))
  else if (property !== undefined) showPlain(propertyText(property))
  else if (finding !== undefined) showPlain(findingText(finding, scenarios))
  else throw nothingCalled(id, scenarios)
}

async function knownOf(check: Check): Promise<KnownOfCheck> {
  return { catches: DETECTED[check.id] ?? [], sent: await sentBy(check) }
}

function scenarioText(scenario: Scenario): string {
  const { streams, faults, guards, mix, tolerates = {} } = scenario
  return [
    `${scenario.name}: ${scenario.question}`,
    '',
    mix === undefined ? 'Sends' : `Sends ${arrivalWords(mix)}, of which`,
    ...streams.map(
      ({ name, copies, release, by, nodes, arrivals, revokes }) =>
        `  ${name}: ${arrivalWords(arrivals)} by ${by}, each presented ${copies === 1 ? 'once' : `${copies} times ${RELEASE_WORDS[release]}`} (nodes: ${typeof nodes === 'string' ? nodes : `${nodes.first}, then ${nodes.then}`})${revokingWords(revokes)}`,
    ),
    ...(faults.length === 0 ? [] : ['Breaks']),
    ...faults.map(
      (each) => `  ${each.fault} on ${each.on} from ${each.startSeconds} s to ${each.endSeconds} s`,
    ),
    'Means something only if',
    ...guards.map(({ name, needed }) => `  there are at least ${needed} ${name}`),
    ...toleranceWords(tolerates),
    'Its answer',
    `  conforms: ${scenario.means.conforms}`,
    `  violates: ${scenario.means.violates}`,
  ].join('\n')
}

const RELEASE_WORDS: Readonly<Record<Stream['release'], string>> = {
  together: 'at once',
  'in-turn': 'in turn',
  'in-rounds': 'with all the others in between',
}

function revokingWords(revokes: Stream['revokes']): string {
  if (revokes === undefined) return ''
  const { tries, everySeconds } = revokes
  return `; each token is tried at every node, revoked where it came from, and tried at every node ${tries} times more, every ${everySeconds} s`
}

function arrivalWords(arrivals: Stream['arrivals']): string {
  switch (arrivals.kind) {
    case 'even':
      return `${arrivals.perSecond} assertions a second ${duringWords(arrivals)}`
    case 'poisson':
      return `${arrivals.perSecond} assertions a second at random ${duringWords(arrivals)}`
    case 'ramp':
      return `${arrivals.fromPerSecond} to ${arrivals.toPerSecond} assertions a second ${duringWords(arrivals)}`
    case 'staircase':
      return `${arrivals.perSecond.join(', then ')} assertions a second ${duringWords(arrivals)}`
    case 'share':
      return `${Number((arrivals.of * 100).toFixed(1))} % of all assertions`
    case 'in-turn':
      return `${arrivals.count} assertions, one after the other`
    case 'burst':
      return arrivals.times === undefined
        ? `${arrivals.count} assertions at once, after ${arrivals.atSeconds} s`
        : `${arrivals.times} times ${arrivals.count} assertions at once, every ${arrivals.everySeconds} s from ${arrivals.atSeconds} s on`
  }
}

function toleranceWords({ dueToBegunP99Ms, dropped }: Tolerance): readonly string[] {
  return [
    ...(dueToBegunP99Ms === undefined
      ? []
      : [`  99 of 100 requests begin at most ${dueToBegunP99Ms} ms after they are due`]),
    ...(dropped === undefined ? [] : [`  at most ${dropped} requests are never sent`]),
  ]
}

function duringWords({ startSeconds, endSeconds }: Pace): string {
  return `from ${startSeconds} s to ${endSeconds} s`
}

function findingText(finding: FindingEntry, scenarios: readonly Scenario[]): string {
  const checks = CHECKS.filter(
    (check) =>
      check.finding === finding.id || check.cases.some((each) => each.finding === finding.id),
  )
  const flaws = FLAWS.filter(({ caughtBy, notedAs = [] }) =>
    [...caughtBy, ...notedAs].includes(finding.id),
  )
  const remedy = remedyOf(finding.id)
  const situations = scenarios.filter((each) => looksFor(each, finding.id))
  return [
    `${finding.id} (${finding.severity})`,
    `  ${finding.title}.`,
    ...(finding.cwe === null ? [] : [`  ${finding.cwe}; ${finding.controls.join(', ')}`]),
    ...wrap(
      `Found in ${flaws.length === 0 ? 'none of targets/flawed' : flaws.map(({ name }) => name).join(', ')}`,
      '',
    ),
    ...wrap(
      `Looked for by ${[...checks.map(({ id }) => id), ...situations.map(({ name }) => name)].join(', ') || 'every check, between its controls'}`,
      '',
    ),
    ...(remedy === null ? [] : wrap(`What to do: ${remedy}`, '')),
  ].join('\n')
}

function looksFor({ streams }: Scenario, finding: string): boolean {
  if (finding.startsWith('replay/')) return true
  const ofToken = finding.startsWith('tokens/revoked-accepted')
  return ofToken && streams.some(({ revokes }) => revokes !== undefined)
}

function nothingCalled(id: string, scenarios: readonly Scenario[]): CupelError {
  const known = [
    ...CHECKS.map((each: Check) => each.id),
    ...[...scenarios, ...PROPERTIES].map(({ name }) => name),
    ...FINDINGS.keys(),
  ]
  return new CupelError('ERR_UNKNOWN_NAME', `nothing is called ${JSON.stringify(id)}`, {
    hint: `${didYouMean(id, known)}\`cupel list checks\`, \`scenarios\` and \`findings\` name them all.`,
  })
}
