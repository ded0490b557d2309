/** One check, explained: what it asks of a target, with what, and what is expected of the answer. */
import { FINDINGS } from '../harness/findings.ts'
import type {
  CaseDraft,
  Check,
  ExpectationDraft,
  PartDraft,
  StepDraft,
} from '../harness/model/check.ts'
import type { Json } from '../harness/model/plan.ts'
import type { Profile } from '../harness/model/policy.ts'
import { escape } from './escape.ts'
import { columns, wrap } from './layout.ts'

/** What is presented to a target, decoded: the JSON of its header and of its claims. */
export interface Sent {
  readonly step: string
  readonly part: string
  readonly header: string
  readonly claims: string
}

export interface KnownOfCheck {
  /** The flaws that it catches, by the detection matrix. */
  readonly catches?: readonly string[]
  /** What a case sends. */
  readonly sent?: (name: string) => readonly Sent[]
}

/**
 * The check as text: its requirement in our words, each stimulus as data, and what is expected under each profile.
 *
 * @param id Its own id, or that of one of its cases, which is then the only one told.
 * @param known What else is known of it.
 */
export function checkText(
  check: Check,
  profiles: readonly Profile[],
  id = check.id,
  known: KnownOfCheck = {},
): string {
  const named = check.cases.filter((draft) => id.endsWith(`:${draft.name}`))
  const finding = FINDINGS.get(check.finding)
  return [
    `${check.id}  ${check.title}`,
    '',
    ...columns([
      ['section', check.section],
      ['level', check.level],
      ['usage', check.usages.join(', ')],
      ['finding', finding === undefined ? check.finding : `${finding.id} (${finding.severity})`],
    ]),
    ...catchesLines(known.catches),
    '',
    ...wrap(check.requirement, '  '),
    ...(named.length > 0 ? named : check.cases).flatMap((draft) => [
      '',
      ...caseLines(draft, profiles),
      ...(named.length === 0 ? [] : sentLines(known.sent?.(draft.name) ?? [])),
    ]),
  ].join('\n')
}

function catchesLines(flaws: readonly string[] | undefined): readonly string[] {
  if (flaws === undefined) return []
  return wrap(
    flaws.length === 0
      ? 'catches  no server of targets/flawed that is wrong in one thing only'
      : `catches  ${flaws.join(', ')}`,
    '  ',
  )
}

function sentLines(sent: readonly Sent[]): readonly string[] {
  return sent.flatMap(({ step, part, header, claims }) => [
    `  decoded ${part} of ${step}`,
    `    ${escape(header)}`,
    `    ${escape(claims)}`,
  ])
}

function caseLines(draft: CaseDraft, profiles: readonly Profile[]): readonly string[] {
  const only = draft.usages === undefined ? '' : `  (${draft.usages.join(', ')} only)`
  const needs = draft.needs === undefined ? [] : [`  needs ${draft.needs.join(', ')}`]
  const steps = new Set(draft.expects.map(({ step, part = 0 }) => JSON.stringify([step, part])))
  return [
    `case ${draft.name}${only}`,
    ...needs,
    ...draft.steps.flatMap(stepLines),
    ...[...steps].flatMap((key) => {
      const rows = draft.expects.filter(
        ({ step, part = 0 }) => JSON.stringify([step, part]) === key,
      )
      return expectationLines(rows, profiles)
    }),
  ]
}

function stepLines({
  name,
  by,
  endpoint,
  parts,
  change,
  form,
  http,
}: StepDraft): readonly string[] {
  const where = endpoint === undefined ? '' : ` to the ${endpoint} endpoint`
  const sent = parts ?? [{ kind: 'minted' as const, ...(change === undefined ? {} : { change }) }]
  return [
    `  step ${name}${by === undefined ? '' : ` by ${SENDERS[by]}`}${where} sends`,
    ...sent.flatMap(partLines),
    ...(form === undefined ? [] : [`    form ${escape(JSON.stringify(form))}`]),
    ...(http === undefined ? [] : [`    http ${escape(JSON.stringify(http))}`]),
  ]
}

const SENDERS: Readonly<Record<NonNullable<StepDraft['by']>, string>> = {
  another: 'another registered party',
  namesake: 'a registered party whose name is that of the first with more behind it',
}

function partLines(part: PartDraft): readonly string[] {
  switch (part.kind) {
    case 'minted':
      return [
        `    the control${part.usage === undefined ? '' : ` of ${part.usage}`}${part.change === undefined ? ', as it is' : ', with'}`,
        ...Object.entries(part.change ?? {})
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => `      ${name} ${escape(JSON.stringify(value))}`),
      ]
    case 'again':
      return [
        `    what step ${part.step} sent, again${part.altered === undefined ? '' : `, altered by ${escape(JSON.stringify(part.altered))}`}`,
      ]
    case 'taken':
      return [`    the ${part.what} of step ${part.step}, as ${part.as}`]
    case 'nothing':
      return ['    no credential']
  }
}

/** What one part of one step deserves under each profile; profiles that agree share a line. */
function expectationLines(
  rows: readonly ExpectationDraft[],
  profiles: readonly Profile[],
): readonly string[] {
  const first = rows[0]
  if (first === undefined) return []
  const found = Map.groupBy(profiles, (profile) => rows.find((row) => agrees(row, profile)) ?? null)
  const part = first.part === undefined ? '' : `, part ${first.part}`
  return [
    `  expected of ${first.step}${part}`,
    ...[...found].flatMap(([row, group]) =>
      wrap(`${group.map(({ name }) => name).join(', ')}: ${expected(row)}`, '    '),
    ),
  ]
}

function expected(row: ExpectationDraft | null): string {
  if (row === null) return 'nothing is said'
  const codes =
    row.errors === undefined || row.errors.length === 0 ? '' : ` with ${row.errors.join(' or ')}`
  return `${row.deserves}${codes}, since ${row.because}`
}

/** Whether a row is for this profile: every parameter it names has the value it names. */
function agrees({ when = {} }: ExpectationDraft, { policy }: Profile): boolean {
  const values: Readonly<Record<string, unknown>> = { ...policy }
  return Object.entries(when).every(([name, value]) => same(values[name], value))
}

function same(a: unknown, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
