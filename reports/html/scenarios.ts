/** Each scenario: its question, its answer, and whether enough happened for the answer to mean anything. */
import type { RecordedScenario, RunRecord } from '../../harness/model/record.ts'
import { count } from '../figures.ts'
import { gateText } from '../gate-text.ts'
import { markup, type Filling, type Markup } from '../markup.ts'
import { knownFailures } from '../known.ts'
import { EXPECTED, few, rest, row, section, short, table, toned } from './told.ts'

const MOST = 200
const MOST_GUARDS = 3

export function scenariosSection(record: RunRecord): Filling {
  const { scenarios } = record
  if (scenarios.length === 0) return null
  const known = knownFailures(record)
  const isExpected = (each: RecordedScenario): boolean =>
    (each.verdict === 'violates' || each.verdict === 'breached') && known.scenario(each) !== null
  return section('scenarios', 'Scenarios', [
    table(
      'Scenarios',
      ['scenario', 'verdict', 'question and answer', 'what had to happen'],
      few(scenarios, MOST).map((each) => row(cells(each, isExpected(each)))),
    ),
    rest(scenarios, MOST),
  ])
}

function cells(
  { name, verdict, question, because, guards, gates }: RecordedScenario,
  isExpected: boolean,
): readonly Filling[] {
  return [
    markup`<strong class="name">${short(name, 60)}</strong>`,
    isExpected ? [toned(verdict), EXPECTED] : toned(verdict),
    markup`${short(question)}<br><span class="dim">${short(because)}</span>`,
    [
      ...(verdict === 'unsupported' ? [] : guardLines(guards)),
      ...gates.map(
        ({ gate, answer, because: why }) =>
          markup`<div class="${answer === 'failed' ? 'bad' : answer === 'passed' ? 'good' : 'doubt'}">limit <code>${short(gateText(gate), 80)}</code> ${answer}: ${short(why, 200)}</div>`,
      ),
    ],
  ]
}

/** Where much had to happen and all of it did, a line is enough until somebody asks. */
function guardLines(guards: RecordedScenario['guards']): readonly Markup[] {
  const lines = guards.map(({ name, seen, needed }) => {
    const met = seen >= needed
    return markup`<div class="${met ? 'dim' : 'doubt'}">${met ? '✓' : '✕'} ${short(name, 160)}: ${count(seen)}, needed ${count(needed)}</div>`
  })
  const all = guards.every(({ seen, needed }) => seen >= needed)
  if (!all || guards.length <= MOST_GUARDS) return lines
  return [
    markup`<details><summary class="dim">✓ all ${count(guards.length)} things, often enough</summary>${lines}</details>`,
  ]
}
