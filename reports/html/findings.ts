/** What was found: how grave, what it means, its witness, what to do, and where it stands. */
import type { RecordedFault, RunRecord } from '../../harness/model/record.ts'
import type { WitnessStep } from '../../harness/model/verdict.ts'
import { againOf } from '../again.ts'
import { count, milliseconds, moment } from '../figures.ts'
import { titleOf, toldFindings, type ToldFinding } from '../headline.ts'
import { reasonText } from '../known.ts'
import { markup, type Filling, type Markup } from '../markup.ts'
import { remedyOf } from '../remedies.ts'
import { OBLIGATIONS } from '../summary-findings.ts'
import { timeline } from './timeline.ts'
import { few, rest, section, short } from './told.ts'

const MOST = 60

export function findingsSection(record: RunRecord): Filling {
  const sorted = toldFindings(record)
  if (sorted.length === 0) return null
  return section('findings', 'Findings', [
    few(sorted, MOST).map((finding, index) => card(finding, index + 1, record.faults)),
    rest(sorted, MOST),
  ])
}

function card(
  { finding, entry }: ToldFinding,
  number: number,
  faults: readonly RecordedFault[],
): Markup {
  const { id, severity, because, obligation, obliges, times, witness, spec, cwe, controls } =
    finding
  const remedy = remedyOf(id)
  const isNoted = !obliges || entry !== null
  const tone = isNoted || severity === 'info' ? 'none' : severity === 'high' ? 'bad' : 'doubt'
  const tag = !obliges ? 'noted' : entry === null ? severity : `${severity}, expected`
  const often = times === 1 ? 'seen once' : `seen ${count(times)} times`
  const held = obliges
    ? `It counts because ${OBLIGATIONS[obligation]}.`
    : 'It is told, and not held against the target.'
  const command = againOf(witness)
  return markup`<article class="finding ${tone}" id="finding-${number}"><h3><span class="tag ${tone}">${tag}</span> ${short(titleOf(finding), 200)}</h3>
<p class="dim"><code>${short(id, 100)}</code> · ${often}</p>
<p>${short(because, 600)} <span class="dim">${held}</span></p>
${entry === null ? null : markup`<p class="dim">Expected: ${short(reasonText(entry))}</p>`}
${timeline(witness, faults)}
${witness.length === 0 ? null : markup`<ol class="steps">${witness.map(step)}</ol>`}
${remedy === null ? null : markup`<p class="todo"><strong>What to do:</strong> ${remedy}</p>`}
${command === null ? null : markup`<pre aria-label="Command that sends it again">${short(command, 300)}</pre>`}
${sources(spec, cwe, controls)}
</article>
`
}

function step({ node, begunMs, answeredMs, sent, got }: WitnessStep): Markup {
  const answered =
    answeredMs === null ? 'never answered' : `answered after ${milliseconds(answeredMs - begunMs)}`
  return markup`<li><span class="dim">at ${moment(begunMs)}${node === null ? '' : ` to ${short(node, 40)}`}, ${answered}</span><br>sent ${short(sent)}<br>got <strong>${short(got)}</strong></li>`
}

/** The weakness by number in the Common Weakness Enumeration; controls as the catalogue maps them. */
function sources(
  spec: readonly string[],
  cwe: string | null,
  controls: readonly string[],
): Filling {
  const told = [
    ...spec.map((each) => short(each, 200)),
    ...(cwe === null ? [] : [cwe]),
    ...controls.map((each) => `${each.startsWith('NHI') ? 'OWASP ' : 'NIST CSF 2.0 '}${each}`),
  ]
  if (told.length === 0) return null
  return markup`<p class="dim">${told.join(' · ')}</p>`
}
