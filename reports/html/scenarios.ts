/** Each scenario: its question, its answer, and whether enough happened for the answer to mean anything. */
import type { RecordedScenario, RunRecord } from '../../harness/model/record.ts'
import { count } from '../figures.ts'
import { gateText } from '../gate-text.ts'
import { markup, type Filling } from '../markup.ts'
import { few, rest, row, section, short, table, toned } from './told.ts'

const MOST = 200

export function scenariosSection({ scenarios }: RunRecord): Filling {
  if (scenarios.length === 0) return null
  return section('scenarios', 'Scenarios', [
    table(
      'Scenarios',
      ['scenario', 'verdict', 'question and answer', 'what had to happen'],
      few(scenarios, MOST).map((each) => row(cells(each))),
    ),
    rest(scenarios, MOST),
  ])
}

function cells({
  name,
  verdict,
  question,
  because,
  guards,
  gates,
}: RecordedScenario): readonly Filling[] {
  return [
    markup`<strong>${short(name, 60)}</strong>`,
    toned(verdict),
    markup`${short(question)}<br><span class="dim">${short(because)}</span>`,
    [
      ...(verdict === 'unsupported' ? [] : guards).map(
        ({ name: guard, seen, needed }) =>
          markup`<div class="${seen >= needed ? 'dim' : 'doubt'}">${seen >= needed ? '✓' : '✕'} ${short(guard, 160)}: ${count(seen)} of ${count(needed)}</div>`,
      ),
      ...gates.map(
        ({ gate, answer, because: why }) =>
          markup`<div class="${answer === 'failed' ? 'bad' : answer === 'passed' ? 'good' : 'doubt'}">limit <code>${short(gateText(gate), 80)}</code> ${answer}: ${short(why, 200)}</div>`,
      ),
    ],
  ]
}
