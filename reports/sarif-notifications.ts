/** What is told in SARIF and is no alert: limits that were kept or not decided, and entries of expected failures. */
import type { Notification } from 'sarif'
import type { GateResult, RunRecord } from '../harness/model/record.ts'
import { excerpt } from './escape.ts'
import { WORDS } from './expected-text.ts'
import { gateText } from './gate-text.ts'
import { entryName, reasonText } from './known.ts'
import { MOST_CHARACTERS } from './sarif-rule.ts'

export function notificationsOf(record: RunRecord): readonly Notification[] {
  const gates = record.scenarios.flatMap(({ name, gates: own }) =>
    own
      .filter(({ answer }) => answer !== 'failed')
      .map((gate) => notification(gate.answer, gateMessage(name, gate))),
  )
  const entries = (record.expectations ?? [])
    .filter(({ state }) => state !== 'stale')
    .map(({ entry, state }) =>
      notification(state, `${entryName(entry)} ${WORDS[state]} (${reasonText(entry)})`),
    )
  return [...gates, ...entries]
}

export function notification(state: string, text: string): Notification {
  const isOpen = state === 'undecided' || state === 'expired'
  return {
    level: isOpen ? 'warning' : 'note',
    message: { text: excerpt(text, MOST_CHARACTERS) },
  }
}

/** A limit with what it was held against, whatever came of it. */
export function gateMessage(scenario: string, { gate, answer, because }: GateResult): string {
  return excerpt(`gate ${gateText(gate)} in ${scenario}: ${answer} (${because})`, MOST_CHARACTERS)
}
