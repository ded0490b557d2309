/** JUnit XML, as Jenkins, GitLab and the actions of GitHub read it, whatever its cases are of. */
import { excerpt } from './escape.ts'
import { markup, type Markup } from './markup.ts'

/** What a test case may end in; `error` says that nothing is known. */
export interface Case {
  readonly suite: string
  readonly name: string
  readonly end: 'passed' | 'failure' | 'error' | 'skipped'
  /** The verdict it stands for. */
  readonly type: string
  readonly message: string
  readonly lines: readonly string[]
}

export interface JunitReport {
  readonly name: string
  readonly cases: readonly Case[]
  /** Of every suite, besides the section that it is of. */
  readonly properties: readonly (readonly [name: string, value: string])[]
  readonly startedAt: string
}

/** Messages are shown in one line by whoever reads them. */
const MOST = 400

/** A suite for each that the cases name, in the order in which they come. */
export function junitXml({ name, cases, properties, startedAt }: JunitReport): string {
  const suites = Map.groupBy(cases, ({ suite }) => suite)
  // Without fractions or a zone: the form that older readers parse.
  const timestamp = startedAt.replace(/(?:\.\d+)?Z$/, '')
  const { source } = markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${excerpt(name, MOST)}"${totals(cases)}>
${[...suites].map(([suite, group]) => suiteXml(suite, group, { properties, timestamp }))}</testsuites>
`
  return source
}

function suiteXml(
  name: string,
  cases: readonly Case[],
  { properties, timestamp }: Pick<JunitReport, 'properties'> & { readonly timestamp: string },
): Markup {
  const all = [...properties, ['section', name] as const]
  return markup`  <testsuite name="${excerpt(name, MOST)}"${totals(cases)} skipped="${number(cases, 'skipped')}" timestamp="${timestamp}">
    <properties>
${all.map(([key, value]) => markup`      <property name="${key}" value="${excerpt(value, MOST)}"/>\n`)}    </properties>
${cases.map(caseXml)}  </testsuite>
`
}

function totals(cases: readonly Case[]): Markup {
  return markup` tests="${cases.length}" failures="${number(cases, 'failure')}" errors="${number(cases, 'error')}"`
}

function number(cases: readonly Case[], end: Case['end']): number {
  return cases.filter((each) => each.end === end).length
}

function caseXml({ suite, name, end, type, message, lines }: Case): Markup {
  const text = lines.map((line) => markup`${excerpt(line, 2 * MOST)}\n`)
  const open = markup`    <testcase classname="${excerpt(suite, MOST)}" name="${excerpt(name, MOST)}"`
  if (end === 'passed' && lines.length === 0) return markup`${open}/>\n`
  if (end === 'passed') {
    return markup`${open}>
      <system-out>${text}</system-out>
    </testcase>
`
  }
  const how = markup`type="${type}" message="${excerpt(message, MOST)}"`
  const body =
    end === 'skipped'
      ? markup`<skipped ${how}/>`
      : end === 'error'
        ? markup`<error ${how}>${text}</error>`
        : markup`<failure ${how}>${text}</failure>`
  return markup`${open}>
      ${body}
    </testcase>
`
}
