/** The results of all checks, from what was seen of their cases and controls. */
import type { JudgedCase, JudgedCheck, Judging } from '../../model/judging.ts'
import type { Expectation } from '../../model/plan.ts'
import type { Policy } from '../../model/policy.ts'
import type { CheckLevel, CheckResult, Conviction, Deserved } from '../../model/verdict.ts'
import { furtherFormFaults } from '../answers/answer-faults.ts'
import { openBlocks, type Blocks } from './blocks.ts'
import { controlLost } from './control-lost.ts'
import { CONVICTED, FAILED_OVER, resultOf, unsupportedOf, type Levelled } from './check-results.ts'
import { judgeRow, outcomeFor, rowsOf, type RowAnswer, type RowContext } from './expectations.ts'
import {
  isServerError,
  onceMore,
  serverErrors,
  worthAsking,
  type FailedCase,
} from './server-errors.ts'
import type { Sighting } from '../sighting.ts'
import { didWords, witnessOf, type Telling } from '../charges/witness.ts'
import { gotWords } from '../answers/words.ts'

export interface Checks {
  /** Takes controls, as soon as they are answered: what was lost is asked for before clocks are known. */
  readonly blocks: Blocks
  see(sighting: Sighting): void
  /** The row that the profile holds a presentation against, if it is one of a case. */
  rowFor(sighting: Pick<Sighting, 'observation' | 'presentation'>): Expectation | undefined
  /** What a target owes a presentation of a case: where a check tells only how it is, either. */
  owed(sighting: Pick<Sighting, 'observation' | 'presentation'>): Deserved
  /** Cases of which some may be failed over by no coincidence: to be asked once more. */
  failed(): readonly { readonly case: string }[]
  /** The check that a case belongs to, and the profiles it was planned for; null and none for what is no case. */
  checkOf(caseId: string): string | null
  profilesOf(caseId: string): readonly string[]
  /** @param convicted Cases that were convicted by what no table says, such as a second acceptance. */
  conclude(convicted: ReadonlySet<string>, by: Concluding): CheckReport
}

export interface Concluding extends Pick<RowContext, 'excuseOf'> {
  readonly telling: Telling
}

export interface CheckReport {
  readonly results: readonly CheckResult[]
  readonly convictions: readonly Conviction[]
}

/** A case and what was seen of it. */
interface Asked {
  readonly check: JudgedCheck
  readonly case: JudgedCase
  readonly rows: readonly Expectation[]
  /** By step and part; the last attempt counts. */
  readonly seen: Map<string, Sighting>
  readonly steps: Set<string>
}

export function openChecks(judging: Judging, profile: string, policy: Policy): Checks {
  const blocks = openBlocks(judging.blocks)
  const asked = casesOf(judging, policy)
  return {
    blocks,
    see(sighting) {
      const { caseId, step, attempt } = sighting.observation
      const entry = asked.get(caseId)
      if (entry === undefined) return
      entry.seen.set(placeOf(step, sighting.presentation.part), sighting)
      entry.steps.add(`${step}#${attempt}`)
    },
    rowFor: (sighting) => rowIn(asked.get(sighting.observation.caseId), sighting),
    owed(sighting) {
      const entry = asked.get(sighting.observation.caseId)
      return entry?.check.level === 'may'
        ? 'either'
        : (rowIn(entry, sighting)?.deserves ?? 'either')
    },
    failed: () => worthAsking(failedCases(asked.values(), blocks)),
    checkOf: (caseId) => asked.get(caseId)?.check.id ?? null,
    profilesOf: (caseId) => asked.get(caseId)?.case.profiles ?? [],
    conclude(convicted, { telling, excuseOf }) {
      const failed = failedCases(asked.values(), blocks)
      const errors = serverErrors(failed, blocks.all(), telling)
      const judge = caseJudge({
        judging,
        profile,
        policy,
        blocks,
        telling,
        excuseOf,
        convicted,
        failedOver: new Set(
          errors?.obliges === true ? failed.map(({ sighting }) => sighting.observation.caseId) : [],
        ),
      })
      const judged = [...asked.values()].map((entry) => ({ entry, ...judge(entry) }))
      const told = judged.filter(({ entry, result }) => !isCovered(entry, result, judged, profile))
      return {
        results: judging.checks.flatMap((check) => [
          ...told.filter(({ entry }) => entry.check === check).map(({ result }) => result),
          ...unsupportedOf(check),
        ]),
        convictions: [
          ...judged.flatMap(({ convictions }) => convictions),
          ...(errors === null ? [] : [errors]),
          ...blocks.refusedThroughout().map((controls) => controlLost(controls, telling)),
        ],
      }
    },
  }
}

function casesOf({ checks }: Judging, policy: Policy): ReadonlyMap<string, Asked> {
  const asked = new Map<string, Asked>()
  for (const check of checks) {
    for (const each of check.cases) {
      const rows = rowsOf(each.expects, policy)
      asked.set(each.caseId, { check, case: each, rows, seen: new Map(), steps: new Set() })
    }
  }
  return asked
}

function rowIn(
  entry: Asked | undefined,
  { observation: { step }, presentation: { part } }: Pick<Sighting, 'observation' | 'presentation'>,
): Expectation | undefined {
  return entry?.rows.find((row) => row.step === step && row.part === part)
}

/** A gateway that finds nobody by the name that a request borrows says 502, and the server has not been asked. */
function failedCases(asked: Iterable<Asked>, blocks: Blocks): readonly FailedCase[] {
  return [...asked].flatMap(({ check, case: its, rows, seen }) =>
    rows.flatMap((row) => {
      if (its.callsAnother === true) return []
      const sighting = seen.get(placeOf(row.step, row.part))
      const failed = sighting !== undefined && isServerError(sighting) && row.deserves !== 'accept'
      if (!failed) return []
      const again = seen.get(placeOf(onceMore(row.step), row.part)) ?? null
      return [{ check: check.id, sighting, again, controls: blocks.of(its.block) }]
    }),
  )
}

interface CaseContext extends Concluding {
  readonly judging: Judging
  readonly profile: string
  readonly policy: Policy
  readonly blocks: Blocks
  readonly convicted: ReadonlySet<string>
  readonly failedOver: ReadonlySet<string>
}

interface JudgedEntry {
  readonly result: CheckResult
  readonly convictions: readonly Conviction[]
}

/** The worst first: what a case with several rows comes to. */
const WORST_FIRST: readonly CheckLevel[] = [
  'fail',
  'inconclusive',
  'unsupported',
  'non-strict',
  'informational',
  'pass',
]

function caseJudge(context: CaseContext): (entry: Asked) => JudgedEntry {
  const { judging, profile, policy, blocks, convicted, failedOver, telling, excuseOf } = context
  return (entry) => {
    const { check, case: its, rows, seen, steps } = entry
    const sighted = rows.map((row) => [row, seen.get(placeOf(row.step, row.part))] as const)
    const controls = blocks.of(its.block)
    const rowContext: RowContext = {
      case: its,
      policy,
      target: judging.target,
      check,
      controls,
      excuseOf,
      asked: its.profiles.includes(profile),
      siblings: sighted,
    }
    const convictions: Conviction[] = []
    const answers = sighted.map(([row, sighting]) => {
      const answer = judgeRow(row, sighting, rowContext)
      if (answer.kind === 'violated' && sighting !== undefined) {
        const found = violation(answer, sighting, { rowContext, telling, strict: judging.strict })
        if (found !== null) convictions.push(found)
      }
      return levelled(answer, row, sighting, { check, policy, strict: judging.strict })
    })
    if (convicted.has(its.caseId)) answers.push(CONVICTED)
    if (failedOver.has(its.caseId)) answers.push(FAILED_OVER)
    const worst = WORST_FIRST.map((each) => answers.find(({ verdict }) => verdict === each)).find(
      (each) => each !== undefined,
    ) ?? { verdict: 'inconclusive', because: 'the profile has no expectation of it' }
    return { result: resultOf(rowContext, { ...worst, asked: steps.size }), convictions }
  }
}

/** What a violation means at the check's level, and what a right answer in a wrong form does. */
function levelled(
  answer: RowAnswer,
  row: Expectation,
  sighting: Sighting | undefined,
  { check, policy, strict }: { check: JudgedCheck; policy: Policy; strict: boolean },
): Levelled {
  const { because } = answer
  if (answer.kind === 'violated') return { verdict: violatedLevel(check, strict), because }
  if (answer.level !== 'pass' || sighting === undefined) return { verdict: answer.level, because }
  const faults = formFaults(row, sighting, policy)
  if (faults.length === 0) return { verdict: 'pass', because }
  return { verdict: 'non-strict', because: `right, but not in form: ${faults.join(', ')}` }
}

function violatedLevel({ level }: JudgedCheck, strict: boolean): CheckLevel {
  switch (level) {
    case 'must':
    case 'derived':
    case 'stated':
      return 'fail'
    case 'should':
      return strict ? 'fail' : 'non-strict'
    case 'may':
    case 'advisory':
      return 'informational'
  }
}

function formFaults(row: Expectation, sighting: Sighting, policy: Policy): readonly string[] {
  const { answer } = sighting.observation
  if (answer.kind === 'none') return []
  const form = [...answer.form, ...furtherFormFaults(row, sighting, policy)]
  const refused = outcomeFor(row, sighting) === 'rejected'
  const wrongCode =
    refused && row.errors.length > 0 && (answer.code === null || !row.errors.includes(answer.code))
  return wrongCode ? [...form, `code ${answer.code ?? 'missing'}`] : form
}

function violation(
  { finding, because, fault }: Extract<RowAnswer, { kind: 'violated' }>,
  sighting: Sighting,
  { rowContext, telling, strict }: { rowContext: RowContext; telling: Telling; strict: boolean },
): Conviction | null {
  const { check, controls } = rowContext
  const verdict = violatedLevel(check, strict)
  if (verdict === 'informational') return null
  const accepted = sighting.outcome === 'accepted'
  const around = accepted ? [sighting] : [controls.before, sighting, controls.after]
  const did = didWords(sighting, accepted ? 'accepted it' : 'refused it', telling)
  const got = gotWords(sighting.observation.answer)
  const contrast =
    fault !== undefined
      ? `${didWords(sighting, 'answered', telling)} (${got}): ${because}`
      : accepted
        ? `${did}, though ${because}`
        : `${did} (${got}), though ${because}; its control was accepted before and after`
  const { declared } = sighting.code
  return {
    finding,
    obliges: verdict === 'fail',
    obligation: declared ? 'declared' : check.level === 'must' ? 'profile' : 'derived',
    scenario: sighting.observation.scenario,
    check: check.id,
    caseId: sighting.observation.caseId,
    because: `${contrast}.`,
    spec: [check.section],
    witness: witnessOf(
      around.filter((each) => each !== null),
      telling,
    ),
  }
}

/** A case made for another profile's control says nothing here where the same case was asked with this one's. */
function isCovered(
  { case: its }: Asked,
  { verdict }: CheckResult,
  all: readonly { readonly entry: Asked }[],
  profile: string,
): boolean {
  if (its.profiles.includes(profile) || verdict === 'fail') return false
  return all.some(
    ({ entry: { case: other } }) =>
      other.check === its.check &&
      other.usage === its.usage &&
      baseName(other) === baseName(its) &&
      other.profiles.includes(profile),
  )
}

/** Without the profile that a case's second making is named after. */
function baseName({ name }: JudgedCase): string {
  return name.split('~', 1)[0] ?? name
}

function placeOf(step: string, part: string): string {
  return `${step}\n${part}`
}
