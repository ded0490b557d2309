/** What a run would send, without sending it: the same bytes for the same seed. */
import type { Due, FaultWindow, Source, Step } from '../harness/model/plan.ts'
import { escape } from './escape.ts'
import { plural } from './figures.ts'
import { wrap } from './layout.ts'

/** The first round of one experiment; later ones depend on answers. */
export interface PlannedRound {
  readonly scenario: string
  readonly question: string
  readonly steps: readonly Step[]
  readonly faults: readonly FaultWindow[]
}

export interface PlanHeading {
  readonly target: string
  readonly profile: string
  readonly seed: string
}

/**
 * Every step with its parts. Claims stand as the plan has them: `$now` and `$jti` are filled in when a step is sent, so
 * no time, run id or signature is in it.
 */
export function planText(
  { target, profile, seed }: PlanHeading,
  rounds: readonly PlannedRound[],
): string {
  const all = rounds.reduce((sum, round) => sum + round.steps.length, 0)
  return [
    `seed ${escape(seed)} · ${escape(target)} under ${escape(profile)}`,
    `${plural(all, 'request')} in the first rounds of ${plural(rounds.length, 'experiment')}; nothing was sent`,
    ...rounds.flatMap((round) => ['', ...roundLines(round)]),
    '',
    `seed ${escape(seed)}`,
    '',
  ].join('\n')
}

function roundLines({ scenario, question, steps, faults }: PlannedRound): readonly string[] {
  return [
    `${escape(scenario)}: ${plural(steps.length, 'request')}`,
    ...wrap(escape(question), '  '),
    ...faults.map(
      ({ fault, on, startSeconds, endSeconds }) =>
        `  fault ${escape(fault)} on ${escape(on)} from ${startSeconds} s to ${endSeconds} s`,
    ),
    ...steps.flatMap(stepLines),
  ]
}

function stepLines(step: Step): readonly string[] {
  const { name, due, endpoint, node, principal, parts, params, race, verifierNowSeconds } = step
  const where = node === null ? '' : ` at ${escape(node)}`
  const raced = race === null ? '' : `, released with race ${escape(race)}`
  const now = verifierNowSeconds === null ? '' : `, told it is ${verifierNowSeconds}`
  return [
    `  ${escape(name)}`,
    `    ${dueText(due)}: ${escape(principal)} asks ${escape(endpoint)}${where}${raced}${now}`,
    ...params.map(([key, value]) => `    ${escape(key)}=${escape(value)}`),
    ...Object.entries(parts).flatMap(([part, source]) => sourceLines(part, source)),
  ]
}

function dueText(due: Due): string {
  if ('atUs' in due) return `due at ${(due.atUs / 1e6).toFixed(6)} s`
  return `due ${(due.plusUs / 1e6).toFixed(6)} s after the answer to ${escape(due.after)}`
}

function sourceLines(part: string, source: Source): readonly string[] {
  const name = escape(part)
  switch (source.kind) {
    case 'minted':
      return [
        `    ${name}: minted as ${source.usage}, signed by ${escape(source.signer)}, ${defectText(source.defect)}`,
        `      header ${escape(JSON.stringify(source.header))}`,
        `      claims ${escape(JSON.stringify(source.claims))}`,
      ]
    case 'again':
      return [
        `    ${name}: again what ${escape(source.step)} sent as ${escape(source.part)}, ${source.altered === null ? 'to the byte' : defectText(source.altered)}`,
      ]
    case 'taken':
      return [`    ${name}: the ${source.what} that ${escape(source.step)} was answered with`]
  }
}

function defectText(defect: { readonly kind: string } | null): string {
  return defect === null ? 'nothing wrong with it' : `wrong in ${escape(JSON.stringify(defect))}`
}
