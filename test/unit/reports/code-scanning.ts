/**
 * What GitHub's code scanning asks of a SARIF file beyond the standard, and refuses, ignores or shows badly otherwise.
 *
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 * @see https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
 */
import { gzipSync } from 'node:zlib'
import type { Log, ReportingDescriptor, Result, Run } from 'sarif'

/** Those of results, locations and tags are how many it shows; it refuses five, ten and two times as many. */
const MOST = {
  runs: 20,
  results: 5_000,
  rules: 25_000,
  tags: 10,
  locations: 10,
  name: 255,
  description: 1_024,
  bytes: 10 * 1024 * 1024,
} as const

/** All that is wrong, in words. */
export function scanningProblems(log: Log): readonly string[] {
  const { runs } = log
  return [
    ...told(gzipSync(JSON.stringify(log)).length <= MOST.bytes, 'more than 10 MB, compressed'),
    ...told(log.$schema !== undefined && log.version === '2.1.0', 'no schema, or another version'),
    ...told(runs.length > 0 && runs.length <= MOST.runs, `${runs.length} runs`),
    ...runs.flatMap(runProblems),
  ]
}

function runProblems({ tool, results = [], automationDetails }: Run): readonly string[] {
  const { name, rules = [] } = tool.driver
  const ids = new Set(rules.map(({ id }) => id))
  return [
    ...told(name !== '', 'no name of the tool'),
    ...told(results.length <= MOST.results, `${results.length} results`),
    ...told(rules.length <= MOST.rules, `${rules.length} rules`),
    ...told(ids.size === rules.length, 'two rules of one id'),
    // What is behind the last slash is no category.
    ...told(/^[^/].*\/$/.test(automationDetails?.id ?? ''), 'a category that is not all of the id'),
    ...rules.flatMap((rule) => ruleProblems(rule).map((each) => `rule ${rule.id}: ${each}`)),
    ...results.flatMap((result) => [
      ...told(rules[result.ruleIndex ?? -1]?.id === result.ruleId, `no rule of ${result.ruleId}`),
      ...resultProblems(result).map((each) => `result of ${result.ruleId}: ${each}`),
    ]),
  ]
}

function ruleProblems(rule: ReportingDescriptor): readonly string[] {
  const { id, name = '', shortDescription, fullDescription, help, defaultConfiguration } = rule
  const { tags = [], ...rest } = rule.properties ?? {}
  const score = rest['security-severity']
  const problem = rest['problem.severity']
  return [
    ...told(id !== '', 'no id'),
    ...told(name.length > 0 && name.length <= MOST.name, `a name of ${name.length} characters`),
    ...[shortDescription, fullDescription].flatMap((said) =>
      told(isText(said?.text, MOST.description), `a description of ${said?.text.length}`),
    ),
    ...told(isText(help?.text, Infinity), 'no help'),
    ...told(isLevel(defaultConfiguration?.level), 'no level'),
    ...told(tags.length > 0 && tags.length <= MOST.tags, `${tags.length} tags`),
    ...told(['very-high', 'high', 'medium', 'low'].includes(rest['precision']), 'no precision'),
    ...told((score === undefined) !== (problem === undefined), 'not one severity'),
    ...told(score === undefined || (Number(score) > 0 && Number(score) <= 10), `score ${score}`),
    ...told((score !== undefined) === tags.includes('security'), 'security without its tag'),
    ...told(
      problem === undefined || ['error', 'warning', 'recommendation'].includes(problem),
      `problem ${problem}`,
    ),
  ]
}

function resultProblems(result: Result): readonly string[] {
  const { message, locations = [], partialFingerprints = {}, level } = result
  const { artifactLocation, region } = locations[0]?.physicalLocation ?? {}
  const places = ['startLine', 'startColumn', 'endLine', 'endColumn'] as const
  return [
    ...told(isText(message.text, Infinity), 'no message'),
    ...told(isLevel(level), 'no level'),
    ...told(locations.length > 0 && locations.length <= MOST.locations, 'no location, or many'),
    ...told(isText(artifactLocation?.uri, 2_048), 'no file'),
    ...told(
      places.every((place) => (region?.[place] ?? 0) >= 1),
      'no whole region',
    ),
    // It looks at no other.
    ...told(isText(partialFingerprints['primaryLocationLineHash'], 255), 'no fingerprint'),
  ]
}

function told(holds: boolean, problem: string): readonly string[] {
  return holds ? [] : [problem]
}

function isText(text: string | undefined, most: number): boolean {
  return text !== undefined && text.length > 0 && text.length <= most
}

function isLevel(level: string | undefined): boolean {
  return ['note', 'warning', 'error'].includes(level ?? '')
}
