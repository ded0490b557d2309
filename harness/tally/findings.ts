/** From convictions to findings: one entry for what is wrong, however often it was seen. */
import { CupelError } from '../errors.ts'
import { FINDINGS } from '../findings.ts'
import type { Finding } from '../model/record.ts'
import type { Conviction, Judgement } from '../model/verdict.ts'

const SEVERITIES = ['high', 'medium', 'low', 'info'] as const

/**
 * Groups convictions by finding, the gravest first. The first conviction that obliges the target is the one that is
 * shown; where none does, the first.
 *
 * @param times How often each was seen; not all of them are among the convictions.
 * @throws {CupelError} ERR_INTERNAL when a conviction names a finding that the catalogue does not have.
 */
export function findings(
  convictions: readonly Conviction[],
  times: Judgement['times'] = {},
): readonly Finding[] {
  const groups = [...Map.groupBy(convictions, (conviction) => conviction.finding).values()]
  return groups.flatMap((group) => finding(group, times)).toSorted(gravestFirst)
}

/** What several records found: each thing once, as the first of them that obliges the target shows it. */
export function joined(found: readonly Finding[]): readonly Finding[] {
  const groups = [...Map.groupBy(found, ({ id }) => id).values()]
  return groups
    .flatMap((group) => {
      const shown = group.find(({ obliges }) => obliges) ?? group[0]
      const times = group.reduce((sum, each) => sum + each.times, 0)
      return shown === undefined ? [] : [{ ...shown, times }]
    })
    .toSorted(gravestFirst)
}

function gravestFirst(a: Finding, b: Finding): number {
  return (
    Number(b.obliges) - Number(a.obliges) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    (a.id < b.id ? -1 : 1)
  )
}

function finding(group: readonly Conviction[], times: Judgement['times']): readonly Finding[] {
  const shown = group.find((conviction) => conviction.obliges) ?? group[0]
  if (shown === undefined) return []
  const entry = FINDINGS.get(shown.finding)
  if (entry === undefined) {
    throw new CupelError('ERR_INTERNAL', `no finding is named ${shown.finding}`, {
      hint: 'Add it to harness/findings.ts, or correct the check or rule that names it.',
    })
  }
  const { id, severity, cwe, controls } = entry
  const { because, obligation, obliges, witness, spec } = shown
  return [
    {
      id,
      severity,
      because,
      obligation,
      obliges,
      times: times[id] ?? group.length,
      witness,
      spec,
      cwe,
      controls,
    },
  ]
}
