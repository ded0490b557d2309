/** From a check's drafts to the cases asked of one target: steps without times, and the tables they are judged by. */
import { isObject } from '../../json.ts'
import type { CaseDraft, Check, ExpectationDraft, StepDraft } from '../../model/check.ts'
import type { JudgedCase } from '../../model/judging.ts'
import type { Expectation, Json, Source, Usage } from '../../model/plan.ts'
import type { Policy } from '../../model/policy.ts'
import type { Principal, Random, TargetFacts } from '../../model/target.ts'
import { controlAudience, PART_OF, USAGE_LETTERS } from '../control.ts'
import { isDeclared, lackingFor, NO_SECOND_PARTY } from './needs.ts'
import { principalFor } from '../principals.ts'
import { settledForm, settledHttp, type Request } from '../request.ts'
import { keylessAlgorithm, partiesOf, partName, partsFor, partsOf, stepName } from './sources.ts'

/** The profiles whose controls are the same, so that one block of stimuli serves them all. */
export interface Variant {
  /** Empty for the first; otherwise what tells its case ids from the first's. */
  readonly suffix: string
  readonly profiles: readonly string[]
  readonly policy: Policy
}

export interface CaseContext {
  readonly facts: TargetFacts
  readonly random: Random
  readonly variant: Variant
  /** 0 when absent. */
  readonly round?: number
}

/** A case ready to be placed in a block: its requests in order, not yet due, and what is owed. */
export interface PlannedCase {
  readonly judged: Omit<JudgedCase, 'block'>
  readonly requests: readonly Omit<Request, 'due' | 'node'>[]
  readonly principal: Principal
  /** Whether any of it deserves rejection: such stimuli and honest ones never share a block. */
  readonly hostile: boolean
}

export type CaseOutcome = PlannedCase | { readonly unsupported: string }

/** Plans one case of a check for one usage, or says what the target lacks for it. */
export function planCase(
  check: Check,
  draft: CaseDraft,
  usage: Usage,
  { facts, random, variant, round = 0 }: CaseContext,
): CaseOutcome {
  const hostile = draft.expects.some((row) => row.deserves === 'reject')
  const role = hostile ? 'hostile' : 'honest'
  const principal = principalFor(facts, usage, role)
  if (principal === undefined) return { unsupported: `the target has no party for ${usage}` }
  const lacking = lackingFor(draft, principal, facts)
  if (lacking !== undefined) return { unsupported: lacking }
  const caseId = `${check.id}:${USAGE_LETTERS[usage]}:${draft.name}${variant.suffix}`
  const { policy } = variant
  const making = { facts, random, policy, caseId, round, usage, draft, principal, role } as const
  const keyless = keylessAlgorithm(making)
  if (keyless !== undefined) return { unsupported: `needs a registered ${keyless} key` }

  const requests = draft.steps.map((step) => requestOf(step, making))
  if (requests.some((each) => each === null)) return { unsupported: NO_SECOND_PARTY }
  const able = requests.filter((each) => each !== null)
  if (able.some((each) => namesItRightly(each, making)) || isUnchanged(able, making)) {
    return { unsupported: 'this target’s names read the same after the change' }
  }
  const judged = {
    caseId,
    check: check.id,
    usage,
    name: draft.name + variant.suffix,
    finding: draft.finding ?? check.finding,
    ...(draft.refusal === undefined ? {} : { refusal: draft.refusal }),
    steps: draft.steps.map((step) => stepName(making, step.name)),
    expects: draft.expects
      .filter(
        ({ declared, usages = [usage] }) => usages.includes(usage) && isDeclared(declared, facts),
      )
      .map((row) => expectation(row, check, making)),
    profiles: variant.profiles,
    ...(draft.steps.some(({ http }) => http?.host !== undefined) ? CALLS_ANOTHER : {}),
  }
  return { judged, requests: able, principal, hostile }
}

const CALLS_ANOTHER = { callsAnother: true } as const

type Making = Parameters<typeof partsFor>[1]

function expectation(row: ExpectationDraft, check: Check, making: Making): Expectation {
  const { draft, usage } = making
  const step = draft.steps.find((each) => each.name === row.step)
  if (step === undefined) throw new RangeError(`${check.id} expects of no step ${row.step}`)
  const part = partsOf(step)[row.part ?? 0]
  if (part === undefined) throw new RangeError(`${check.id}: ${row.step} has no such part`)
  return {
    step: stepName(making, row.step),
    part: partName(part, usage),
    when: row.when ?? {},
    deserves: row.deserves,
    errors: row.errors ?? [],
    ...(row.statuses === undefined ? {} : { statuses: row.statuses }),
    ...(row.faults === undefined ? {} : { faults: row.faults }),
    ...(row.onceAccepted === undefined ? {} : { onceAccepted: stepName(making, row.onceAccepted) }),
    because: row.because,
  }
}

function requestOf(step: StepDraft, making: Making): Omit<Request, 'due' | 'node'> | null {
  const { caseId, usage, facts } = making
  const parties = partiesOf(making, step)
  const parts = partsFor(step, making)
  if (parties === null || parts === null) return null
  return {
    name: stepName(making, step.name),
    caseId,
    endpoint: step.endpoint ?? (usage === 'bearer-token' ? 'resource' : 'token'),
    principal: parties.own.name,
    parts,
    ...(step.form === undefined ? {} : { form: settledForm(step.form, facts, parties) }),
    ...(step.http === undefined ? {} : { http: settledHttp(step.http, parties) }),
  }
}

/** A look-alike that came out equal, such as an address in capitals, is no stimulus. */
function namesItRightly(
  { parts }: Omit<Request, 'due' | 'node'>,
  { facts, policy, usage }: Making,
): boolean {
  const right: readonly Json[] = [
    controlAudience(usage, policy, facts),
    facts.issuer,
    ...facts.audiences.values,
  ]
  return Object.values(parts).some(
    (source) =>
      source.kind === 'minted' &&
      source.usage === usage &&
      source.defect?.kind === 'audience' &&
      source.defect['form'] === 'alike' &&
      right.includes(audienceOf(source.claims)),
  )
}

/** Nor is a name that is spelt otherwise and came out the same: of no letters, or of an address without TLS already. */
function isUnchanged(requests: readonly Omit<Request, 'due' | 'node'>[], making: Making): boolean {
  const { draft, principal, facts, usage } = making
  return draft.steps.some((step, index) => {
    const source = requests[index]?.parts[PART_OF[usage]]
    return Object.entries(step.change?.set ?? {}).some(([name, value]) => {
      if (!isObject(value) || !('spelling' in value)) return false
      const plain = '$party' in value ? principal.id : facts.endpoints.token
      // Of audiences there may be others, which are looked for above.
      return name !== 'aud' && claimsOf(source)[name] === plain
    })
  })
}

function claimsOf(source: Source | undefined): Readonly<Record<string, Json>> {
  return source?.kind === 'minted' && isObject(source.claims) ? source.claims : {}
}

function audienceOf(claims: Json): Json {
  return isObject(claims) ? (claims['aud'] ?? null) : null
}
