/** What was found, with the requests that prove it. */
import { againOf } from './again.ts'
import { FINDINGS } from '../harness/findings.ts'
import type { Finding } from '../harness/model/record.ts'
import type { Obligation, WitnessStep } from '../harness/model/verdict.ts'
import { excerpt, told } from './escape.ts'
import { count, moment, plural } from './figures.ts'
import { wrap } from './layout.ts'
import type { Brush } from './paint.ts'

export const OBLIGATIONS: Readonly<Record<Obligation, string>> = {
  declared: 'the target declares it',
  profile: 'the profile words it',
  derived: 'it follows from what the profile words',
}

const INDENT = ' '.repeat(9)

/** No terminal shows more, and a target decides how many there are. */
const MOST = 40

/** How many are told with their requests where it is the worst that matter. */
const WORST = 3

/** The worst with all that proves them, of the others what they are and how to look further. */
export function worstLines(
  sorted: readonly Finding[],
  brush: Brush,
  worst: number = WORST,
): readonly string[] {
  return [
    ...sorted.slice(0, worst).flatMap((finding) => one(finding, brush)),
    ...sorted.slice(worst, MOST).flatMap((each) => inShort(each, brush)),
    ...(sorted.length > MOST
      ? [brush.dim(`  and ${plural(sorted.length - MOST, 'other')}; all stand in record.json`)]
      : []),
  ]
}

function inShort({ id, severity, times, witness }: Finding, brush: Brush): readonly string[] {
  const often = times === 1 ? 'once' : `${count(times)} times`
  const command = againOf(witness)
  return [
    `  ${brush.yellow(severity.padEnd(6))} ${brush.bold(excerpt(id, 100))}  ${brush.dim(often)}`,
    ...(command === null ? [] : [`${INDENT}${told(command)}`]),
  ]
}

/** How grave, in one sentence, its witness request by request, and how to look further. */
function one(finding: Finding, brush: Brush): readonly string[] {
  const { id, severity, because, obligation, obliges, times, witness, spec, cwe } = finding
  const grave =
    severity === 'high' && obliges ? brush.red : severity === 'info' ? brush.dim : brush.yellow
  const sources = [...spec.map(told), ...(cwe === null ? [] : [cwe])]
  const title = FINDINGS.get(id)?.title
  const command = againOf(witness)
  const why = obliges
    ? `Why it counts: ${OBLIGATIONS[obligation]}`
    : 'Told, and not held against it'
  return [
    `  ${grave(severity.padEnd(6))} ${brush.bold(told(id))}  ${brush.dim(times === 1 ? 'once' : `${count(times)} times`)}`,
    ...(title === undefined ? [] : wrap(`${title}.`, INDENT, brush)),
    ...wrap(told(because), INDENT, brush),
    ...wrap(`${why}${sources.length === 0 ? '' : ` (${sources.join('; ')})`}.`, INDENT, brush).map(
      brush.dim,
    ),
    ...witness.flatMap((step, index) => witnessLines(step, index + 1, brush)),
    ...(command === null ? [] : [`${INDENT}${brush.dim('see it again:')} ${told(command)}`]),
  ]
}

function witnessLines(step: WitnessStep, number: number, brush: Brush): readonly string[] {
  const { node, begunMs, answeredMs, sent, got } = step
  const where = node === null ? '' : ` at ${excerpt(node, 30)}`
  const answered = answeredMs === null ? 'never answered' : `answered at ${moment(answeredMs)}`
  return [
    `${INDENT}${number}. sent at ${moment(begunMs)}${where}, ${answered}`,
    ...wrap(`sent  ${excerpt(sent, 240)}`, `${INDENT}   `, { ...brush, hang: 6 }),
    ...wrap(`got   ${excerpt(got, 240)}`, `${INDENT}   `, { ...brush, hang: 6 }),
  ]
}
