/** Every check by document and section, with one sign for each of its cases; filters come with the script. */
import type { RunRecord } from '../../harness/model/record.ts'
import type { CheckResult } from '../../harness/model/verdict.ts'
import { again } from '../again.ts'
import { count, plural } from '../figures.ts'
import { markup, type Filling, type Markup } from '../markup.ts'
import { knownFailures } from '../known.ts'
import { EXPECTED, LEVELS, rest, section, short, SIGNS, TONES, toned } from './told.ts'

/** Cases that a page holds; of more, the worst. */
const MOST = 1_500

export function checksSection(record: RunRecord): Filling {
  const { checks } = record
  if (checks.length === 0) return null
  const shown = checks.length <= MOST ? checks : worst(checks).slice(0, MOST)
  const known = knownFailures(record)
  const isExpected: IsExpected = (each) => each.verdict === 'fail' && known.check(each) !== null
  const documents = Map.groupBy(shown, ({ id }) => id.split('/')[0] ?? '')
  const counts = LEVELS.flatMap((level) => {
    const number = checks.filter(({ verdict }) => verdict === level).length
    return number === 0 ? [] : [{ level, number }]
  })
  return section('checks', 'Checks', [
    markup`<p>Each sign is one case; a section opens to its checks. ${counts.map(({ level, number }, index) => markup`${index === 0 ? '' : ', '}${chip(level)} ${count(number)} ${level}`)}.</p>
<div class="filters" id="filters" role="search" aria-label="Filter the checks" hidden><label for="search">Search</label><input id="search" type="search" placeholder="id, section, case, reason">${counts.map(({ level }) => markup`<button type="button" aria-pressed="false" data-verdict="${level}">${level}</button>`)}<span class="dim" id="shown" role="status"></span></div>`,
    markup`<div id="matrix">${[...documents].map((each) => document(each, isExpected))}</div>`,
    rest(checks, MOST),
  ])
}

function worst(checks: readonly CheckResult[]): readonly CheckResult[] {
  return checks.toSorted((a, b) => LEVELS.indexOf(a.verdict) - LEVELS.indexOf(b.verdict))
}

type IsExpected = (check: CheckResult) => boolean

function document(
  [name, all]: readonly [string, readonly CheckResult[]],
  isExpected: IsExpected,
): Markup {
  const sections = [...Map.groupBy(all, ({ id }) => id.split('/')[1] ?? '')].toSorted(([a], [b]) =>
    a.localeCompare(b, 'en', { numeric: true }),
  )
  return markup`<div data-group><h3>${documentName(name)}</h3>${sections.map(([number, checks]) =>
    sectionOf(number, checks, isExpected),
  )}</div>\n`
}

/** Folded to a line of signs, unless something in it asks to be read. */
function sectionOf(number: string, checks: readonly CheckResult[], isExpected: IsExpected): Markup {
  const open = checks.some((each) => each.verdict === 'fail' && !isExpected(each))
    ? markup` open`
    : null
  return markup`<details class="section" data-group${open}><summary><h4>Section ${short(number, 40)}</h4><span class="dim">${plural(checks.length, 'case')}</span><span class="chips">${worst(checks).map(({ verdict }) => mark(verdict))}</span><span class="hidden">${tally(checks)}</span></summary>${[...Map.groupBy(checks, ({ id }) => id)].map((each) => check(each, isExpected))}</details>`
}

/** Of a sign among hundreds nobody needs the name; that of all of them together is told once. */
function mark(level: CheckResult['verdict']): Markup {
  return markup`<i class="mark ${TONES[level]}" aria-hidden="true">${SIGNS[level]}</i>`
}

function tally(checks: readonly CheckResult[]): string {
  return LEVELS.flatMap((level) => {
    const number = checks.filter(({ verdict }) => verdict === level).length
    return number === 0 ? [] : [`${count(number)} ${level}`]
  }).join(', ')
}

/** As its folder is called, such as `rfc7523` or `oidc-core`. */
function documentName(name: string): string {
  return short(name.replace(/^rfc(\d+)$/, 'RFC $1'), 60)
}

function check(
  [id, cases]: readonly [string, readonly CheckResult[]],
  isExpected: IsExpected,
): Markup {
  const verdicts = new Set(cases.map(({ verdict }) => verdict))
  const [first] = cases
  const isNew = cases.some((each) => each.verdict === 'fail' && !isExpected(each))
  const open = isNew ? markup` open` : null
  return markup`<details class="check" data-verdicts="${[...verdicts].join(' ')}"${open}><summary><code class="id">${short(id, 120)}</code><span class="dim">${first?.level ?? ''} · ${short(first?.section ?? '', 120)}</span><span class="chips">${worst(cases).map(({ verdict }) => chip(verdict))}</span></summary><ul>${cases.map((each) => one(each, isExpected(each)))}</ul></details>\n`
}

function chip(level: CheckResult['verdict']): Markup {
  return markup`<span class="chip ${level} ${TONES[level]}" role="img" aria-label="${level}">${SIGNS[level]}</span>`
}

function one(
  { usage, case: name, caseId, verdict, because, expected, seen }: CheckResult,
  isExpected: boolean,
): Markup {
  const more =
    verdict === 'pass' || verdict === 'unsupported'
      ? null
      : markup` <code>${short(again(caseId), 200)}</code>`
  return markup`<li>${toned(verdict)}${isExpected ? EXPECTED : null} <span class="dim">${short(usage, 40)}, ${short(name, 60)}:</span> ${short(because)} <span class="dim">Expected ${short(expected, 120)}, seen ${short(seen, 120)}.</span>${more}</li>`
}
