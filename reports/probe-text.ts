/** What was measured of a target, as a table, and as lines for its target file. */
import type {
  EdgeFound,
  Interval,
  Limit,
  ProbeReport,
  Trial,
  UsageFound,
} from '../harness/model/probe.ts'
import { told } from './escape.ts'
import { fact, factLines } from './facts.ts'
import { columns, wrap } from './layout.ts'
import { brushes, type Brush } from './paint.ts'

export function probeText(report: ProbeReport, paint = false, columnsKnown?: number): string {
  const brush = brushes(paint, columnsKnown)
  const { target, profile, clocks, usages, notes, requests, seconds } = report
  return [
    `${brush.bold(told(target))}, measured by the controls of ${profile}`,
    '',
    'Clocks, against this machine',
    ...columns(
      clocks.length === 0
        ? [['no clock source: leeways are by the harness’s clock']]
        : clocks.map(({ node, source, offsetSeconds }) => [
            told(node),
            `${between(offsetSeconds)} s ahead`,
            source,
          ]),
    ),
    ...usages.flatMap((each) => usageLines(each, brush)),
    '',
    ...notes.flatMap((note) => wrap(told(note), '! ', brush)),
    ...policyLines(report),
    '',
    `${requests} requests in ${seconds.toFixed(1)} s. Nothing of this is judged: cupel run does that.`,
  ].join('\n')
}

function usageLines(found: UsageFound, brush: Brush): readonly string[] {
  const { usage, control, edges, lifetime, identifiers, memory } = found
  const { capacity = null, window = null } = memory ?? {}
  const rows: (readonly string[])[] = [
    ['the control', word(control)],
    ...edges.map(edgeRow),
    ...(lifetime === null
      ? []
      : [
          [
            'longest life',
            `${limit(lifetime, 's')}${lifetime.fromIssue === true ? ', counted from iat' : ''}`,
          ],
        ]),
    ...(identifiers === null
      ? []
      : [
          ['no jti', word(identifiers.absent)],
          ['longest jti', limit(identifiers.longest, 'characters')],
        ]),
    ...(memory?.again.map((each) => [told(each.name), word(each)]) ?? []),
    ...(capacity === null ? [] : [['remembered', limit(capacity, 'used assertions')]]),
    ...(window === null
      ? []
      : [
          [
            'remembered for',
            window.acceptedAgain === null
              ? `all of the ${window.endedAfter} s that were waited`
              : `less than ${window.acceptedAgain.toFixed(1)} s, of a life of ${window.lifetimeSeconds} s: then it was accepted again`,
          ],
        ]),
  ]
  return [
    '',
    brush.bold(usage),
    ...rowLines(rows, brush),
    ...trials('Audiences', found.audiences, brush),
    ...trials('Algorithms', found.algorithms, brush),
    ...trials('Types', found.types, brush),
    ...trials('Refusals', found.errors, brush),
  ]
}

function trials(title: string, all: readonly Trial[], brush: Brush): readonly string[] {
  if (all.length === 0) return []
  const rows = all.map((each) => [told(each.name), word(each)])
  return [`  ${title}`, ...rowLines(rows, brush, '    ')]
}

function rowLines(
  rows: readonly (readonly string[])[],
  brush: Brush,
  indent?: string,
): readonly string[] {
  const facts = rows.map(([name = '', ...lines]) => fact(name, ...lines))
  return factLines(facts, { ...brush, dim: (text) => text }, indent)
}

function edgeRow({
  claim,
  node,
  edgeSeconds,
  leewaySeconds,
  unsteady,
}: EdgeFound): readonly string[] {
  const where = `leeway on ${claim}${node === null ? '' : ` at ${told(node)}`}`
  if (unsteady) return [where, 'has no single edge: several clocks seem to answer']
  const { low, high } = leewaySeconds ?? edgeSeconds
  if (low === null) return [where, 'nothing near it is accepted']
  if (high === null) return [where, `none seen: still accepted ${low.toFixed(0)} s past it`]
  return [
    where,
    `${between({ low, high })} s${leewaySeconds === null ? ' by the harness’s clock' : ''}`,
  ]
}

function between({ low, high }: Interval): string {
  const text = (end: number | null): string => (end === null ? '?' : end.toFixed(2))
  return `${text(low)} to ${text(high)}`
}

function limit({ accepted, refused }: Limit, unit: string): string {
  if (accepted === null) return `even ${refused ?? '?'} ${unit} are refused`
  if (refused === null) return `no limit seen up to ${accepted} ${unit}`
  return refused - accepted > 1
    ? `${accepted} ${unit}, and fewer than ${refused}`
    : `${accepted} ${unit}`
}

function word({ outcome, status, code }: Trial): string {
  if (outcome === 'accepted') return 'accepted'
  const answer = [status, code].filter((each) => each !== null).join(' ')
  return answer === '' ? outcome : `${outcome} (${told(answer)})`
}

/** JSON is YAML, so that every value may stand as it is. */
function policyLines({ policy, wider, profile }: ProbeReport): readonly string[] {
  const entries = Object.entries(policy)
  return [
    '',
    ...(entries.length === 0
      ? [`It enforces nothing narrower than ${profile}.`]
      : [
          'For the target file:',
          '',
          'policy:',
          ...entries.map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`),
        ]),
    ...wider.map((each) => `# wider than ${profile}, and so not to be said: ${told(each)}`),
  ]
}
