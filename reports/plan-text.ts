/** What a run would send, without sending it: the same bytes for the same seed. */
import type { Due, Source, Step } from '../harness/model/plan.ts'
import { escape } from './escape.ts'

/**
 * Every step with its parts. Claims stand as the plan has them: `$now` and `$jti` are filled in when a step is sent, so
 * no time, run id or signature is in it.
 */
export function planText(steps: readonly Step[]): string {
  return steps.flatMap(stepLines).join('\n')
}

function stepLines(step: Step): readonly string[] {
  const { name, due, endpoint, node, principal, parts, params, race, http, verifierNowSeconds } =
    step
  const where = node === null ? '' : ` at ${escape(node)}`
  const raced = race === null ? '' : `, released with race ${escape(race)}`
  const now = verifierNowSeconds === null ? '' : `, told it is ${verifierNowSeconds}`
  return [
    `  ${escape(name)}`,
    `    ${dueText(due)}: ${escape(principal)} asks ${escape(endpoint)}${where}${raced}${now}`,
    ...params.map(([key, value]) => `    ${escape(key)}=${escape(value)}`),
    ...(http === undefined ? [] : [`    sent with ${escape(JSON.stringify(http))}`]),
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
        ...writingLines(source),
        `      header ${escape(JSON.stringify(source.header))}`,
        `      claims ${escape(JSON.stringify(source.claims))}`,
      ]
    case 'again':
      return [
        `    ${name}: again what ${escape(source.step)} sent as ${escape(source.part)}, ${source.altered === null ? 'to the byte' : defectText(source.altered)}`,
      ]
    case 'taken':
      return [`    ${name}: the ${source.what} that ${escape(source.step)} was answered with`]
    case 'nothing':
      return ['    no credential']
  }
}

function writingLines({ indent, escapes }: Extract<Source, { kind: 'minted' }>): readonly string[] {
  const how = {
    ...(indent === undefined ? {} : { indent }),
    ...(escapes === undefined ? {} : { escapes }),
  }
  return Object.keys(how).length === 0 ? [] : [`      written with ${escape(JSON.stringify(how))}`]
}

function defectText(defect: { readonly kind: string } | null): string {
  return defect === null ? 'nothing wrong with it' : `wrong in ${escape(JSON.stringify(defect))}`
}
