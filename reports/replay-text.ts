/** One case asked again: each request with its claims and each answer, decoded, and whether it still happens. */
import type { Answer, Observation, Presentation, Truth } from '../harness/model/history.ts'
import type { Replayed } from '../harness/model/replayed.ts'
import { excerpt } from './escape.ts'
import { milliseconds, plural } from './figures.ts'
import { titleOf } from './headline.ts'
import { columns, wrap } from './layout.ts'
import { brushes, type Brush } from './paint.ts'

export type Still = 'still happens' | 'did not happen' | 'not known'

/**
 * Whether what a case can be convicted of was seen again. That it was not seen proves little where chance decides, and
 * nothing where no answer could be judged.
 */
export function stillHappens(replayed: Replayed): Still {
  const { record } = replayed
  if (record.findings.some((finding) => isWitnessed(finding, replayed))) return 'still happens'
  const judged = record.checks.some(
    ({ verdict }) => verdict !== 'inconclusive' && verdict !== 'unsupported',
  )
  return judged || record.rates.some(({ trials }) => trials > 0) ? 'did not happen' : 'not known'
}

/** Whether it was seen in the case, under any of the names that its requests stand under. */
function isWitnessed(
  { witness }: Replayed['record']['findings'][number],
  { caseId, observed }: Replayed,
): boolean {
  const names = new Set([caseId, ...observed.map((each) => each.caseId)])
  return witness.some((step) => names.has(step.caseId))
}

/** Times count from the first request of the case. What was told of one request is not told of the next again. */
export function replayText(replayed: Replayed, paint: boolean, columnsKnown?: number): string {
  const brush = brushes(paint, columnsKnown)
  const sorted = replayed.observed.toSorted(
    (a, b) => (a.begunUs ?? a.dueUs) - (b.begunUs ?? b.dueUs),
  )
  const firstUs = sorted[0]?.begunUs ?? sorted[0]?.dueUs ?? 0
  const told = new Map<string, number>()
  return [
    brush.bold(excerpt(replayed.caseId, 200)),
    ...sorted.flatMap((each, index) => [
      '',
      requestLine(each, index + 1, firstUs),
      ...each.presented.flatMap((part) => {
        const nowUs = each.begunUs ?? each.dueUs
        return once(told, `${part.part}${JSON.stringify(part.truth)}`, index + 1, {
          head: `     sent ${excerpt(part.part, 40)}`,
          facts: () => presentationFacts(part, nowUs),
          brush,
        })
      }),
      ...answerLines(each.answer, { told, number: index + 1, brush }),
    ]),
    '',
    ...endLines(replayed, brush),
  ].join('\n')
}

interface Telling {
  readonly head: string
  readonly facts: () => readonly Fact[]
  readonly brush: Brush
}

type Fact = readonly [name: string, value: string]

/** A heading and its facts, or, where an earlier request had the same, only which. */
function once(
  told: Map<string, number>,
  key: string,
  number: number,
  { head, facts, brush }: Telling,
): readonly string[] {
  const earlier = told.get(key)
  if (earlier !== undefined) return [`${head} ${brush.dim(`as in ${earlier}`)}`]
  told.set(key, number)
  const rows = facts().map(([name, value]) => [brush.dim(name), value])
  return [head, ...columns(rows, { indent: '       ' })]
}

function requestLine(observation: Observation, number: number, firstUs: number): string {
  const { begunUs, answeredUs, node, principal, endpoint, reused } = observation
  const at = begunUs === null ? 'never sent' : `at +${milliseconds((begunUs - firstUs) / 1000)}`
  const took =
    begunUs === null || answeredUs === null
      ? 'never answered'
      : `answered after ${milliseconds((answeredUs - begunUs) / 1000)}`
  const where = node === null ? '' : ` at ${excerpt(node, 40)}`
  const how = reused ? 'a used connection' : 'a fresh connection'
  return `  ${number}. ${at}: ${excerpt(principal, 40)} asks ${excerpt(endpoint, 40)}${where} over ${how}; ${took}`
}

/** What it says, by construction; the signature is not kept, so that nobody can use it. */
function presentationFacts({ usage, truth }: Presentation, nowUs: number): readonly Fact[] {
  return [
    ['as', usage],
    ['alg', text(truth.algorithm)],
    ['iss', text(truth.issuer)],
    ['sub', text(truth.subject)],
    ['aud', text(truth.audience)],
    ['jti', text(truth.jti)],
    ...times(truth, nowUs),
    ['wrong', truth.defect === null ? 'nothing' : text(truth.defect)],
    [
      'signature',
      `${truth.authentic ? 'by the issuer named' : 'not by the issuer named, or altered'}, masked`,
    ],
  ]
}

function times(
  { iatUs, nbfUs, expUs }: Truth,
  nowUs: number,
): readonly (readonly [string, string])[] {
  const all = Object.entries({ iat: iatUs, nbf: nbfUs, exp: expUs })
  return all.flatMap(([name, us]) => {
    if (us === null) return []
    const seconds = Math.round((us - nowUs) / 1e6)
    const away =
      seconds === 0
        ? 'now'
        : seconds > 0
          ? `in ${plural(seconds, 'second')}`
          : `${plural(-seconds, 'second')} ago`
    return [[name, `${Math.floor(us / 1e6)} (${away})`] as const]
  })
}

function answerLines(
  answer: Answer,
  { told, number, brush }: { told: Map<string, number>; number: number; brush: Brush },
): readonly string[] {
  if (answer.kind === 'none') {
    const detail = answer.detail === undefined ? '' : ` (${excerpt(answer.detail, 60)})`
    return [`     got  ${brush.yellow(`no answer: ${answer.cause}${detail}`)}`]
  }
  const { status, code, token } = answer
  const what = token === null ? (code ?? '') : `a token, masked (tag ${token})`
  const head = `     got  ${brush.bold(`${status} ${excerpt(what, 60)}`.trim())}`
  const facts = (): readonly Fact[] => answerFacts(answer)
  // Two that differ only in their time or length say the same.
  const key = `got${JSON.stringify([status, code, token !== null, answer.form, answer.excerpt])}`
  return once(told, key, number, { head, facts, brush })
}

function answerFacts(answer: Extract<Answer, { kind: 'reply' }>): readonly Fact[] {
  const { active, headers, form, bytes, excerpt: body } = answer
  return [
    ...(active === null ? [] : [['active', String(active)] as const]),
    ...Object.entries(headers).map(
      ([name, value]) => [excerpt(name, 40), excerpt(value, 120)] as const,
    ),
    ['bytes', String(bytes)],
    ...(form.length === 0
      ? []
      : [['form', form.map((each) => excerpt(each, 60)).join(', ')] as const]),
    ...(body === '' ? [] : [['says', excerpt(body, 200)] as const]),
  ]
}

function endLines(replayed: Replayed, brush: Brush): readonly string[] {
  const { record, caseId, folder } = replayed
  const still = stillHappens(replayed)
  const found = record.findings.filter((finding) => isWitnessed(finding, replayed))
  const paint = {
    'still happens': brush.red,
    'did not happen': brush.green,
    'not known': brush.yellow,
  }
  const why = record.checks.find((check) => check.caseId === caseId)?.because
  return [
    brush.bold(paint[still](still.toUpperCase())),
    ...found.flatMap((each) =>
      wrap(`${each.id}: ${titleOf(each)}. ${excerpt(each.because, 400)}`, '  ', brush),
    ),
    ...(why === undefined ? [] : wrap(excerpt(why, 400), '  ', brush)),
    ...(still === 'did not happen' && record.scenarios.length > 0
      ? wrap(
          'Where chance decides, as in a race, once is not never: --times asks more often.',
          '  ',
          brush,
        ).map(brush.dim)
      : []),
    brush.dim(`  record and history: ${excerpt(folder, 300)}`),
  ]
}

function text(value: unknown): string {
  if (value === null) return '(none)'
  return excerpt(typeof value === 'string' ? value : JSON.stringify(value), 200)
}
