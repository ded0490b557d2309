/** From a check's drafts to the cases asked of one target: steps without times, and the tables they are judged by. */
import { isObject } from '../json.ts'
import type {
  CaseDraft,
  Change,
  Check,
  DeclaredLeeway,
  Need,
  PartDraft,
  StepDraft,
} from '../model/check.ts'
import type { JudgedCase } from '../model/judging.ts'
import type { Expectation, Json, Source, Usage } from '../model/plan.ts'
import type { Policy } from '../model/policy.ts'
import type { KeyFacts, Principal, Random, TargetFacts } from '../model/target.ts'
import {
  controlAudience,
  controlClaims,
  controlHeader,
  PART_OF,
  USAGE_LETTERS,
  type Claims,
} from './control.ts'
import { anotherThan, principalFor } from './principals.ts'
import { changed, changedHeader, settledForm, type Parties, type Request } from './request.ts'
import { stem } from './stem.ts'

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
  context: CaseContext,
): CaseOutcome {
  const hostile = draft.expects.some((row) => row.deserves === 'reject')
  const principal = principalFor(context.facts, usage, hostile ? 'hostile' : 'honest')
  if (principal === undefined) return { unsupported: `the target has no party for ${usage}` }
  const lacking = (draft.needs ?? []).find((need) => !has(need, principal, context.facts))
  if (lacking !== undefined) return { unsupported: MISSING[lacking] }
  const keyless = keylessAlgorithm(draft, usage, principal, context.facts)
  if (keyless !== undefined) return { unsupported: `needs a registered ${keyless} key` }

  const caseId = `${check.id}:${USAGE_LETTERS[usage]}:${draft.name}${context.variant.suffix}`
  const build: Building = { ...context, caseId, usage, principal, draft, hostile }
  const stepName = (step: string): string => `checks/r0/${caseId}/${step}`
  const requests = draft.steps.map((step) => requestOf(step, stepName(step.name), build))
  if (requests.some((each) => each === null)) return { unsupported: MISSING['second-client'] }
  if (requests.some((each) => each !== null && namesItRightly(each, build))) {
    return { unsupported: 'this target’s name reads the same after the change' }
  }
  const judged = {
    caseId,
    check: check.id,
    usage,
    name: draft.name + context.variant.suffix,
    finding: draft.finding ?? check.finding,
    ...(draft.refusal === undefined ? {} : { refusal: draft.refusal }),
    steps: draft.steps.map((step) => stepName(step.name)),
    expects: draft.expects
      .filter(({ declared }) => isDeclared(declared, context.facts))
      .map((row): Expectation => {
        const step = draft.steps.find((each) => each.name === row.step)
        if (step === undefined) throw new RangeError(`${check.id} expects of no step ${row.step}`)
        const part = partsOf(step)[row.part ?? 0]
        if (part === undefined) throw new RangeError(`${check.id}: ${row.step} has no such part`)
        return {
          step: stepName(row.step),
          part: partName(part, usage),
          when: row.when ?? {},
          deserves: row.deserves,
          errors: row.errors ?? [],
          because: row.because,
        }
      }),
    profiles: context.variant.profiles,
  }
  return { judged, requests: requests.filter((each) => each !== null), principal, hostile }
}

interface Building extends CaseContext {
  readonly caseId: string
  readonly usage: Usage
  readonly principal: Principal
  readonly draft: CaseDraft
  readonly hostile: boolean
}

const MISSING: Readonly<Record<Need, string>> = {
  introspection: 'needs an introspection endpoint (endpoints.introspection in the target file)',
  'second-client': 'needs a second registered party',
  'complete-audiences':
    'needs the target to say that its list of audiences is complete (audiences.complete: true)',
  'token-endpoint-apart': 'the issuer and the token endpoint have one name',
  'es256-key': 'needs a party that signs with ES256',
}

function has(need: Need, principal: Principal, facts: TargetFacts): boolean {
  switch (need) {
    case 'introspection':
      return facts.endpoints.introspection !== undefined
    case 'second-client':
      return anotherThan(facts, principal) !== undefined
    case 'complete-audiences':
      return facts.audiences.complete
    case 'token-endpoint-apart':
      return facts.endpoints.token !== undefined && facts.endpoints.token !== facts.issuer
    case 'es256-key':
      return principal.keys[0]?.algorithm === 'ES256'
  }
}

function isDeclared(
  { grants = 0, refuses = Infinity }: DeclaredLeeway = {},
  { declares: { leewaySeconds } }: TargetFacts,
): boolean {
  const { grant, refuse } = leewaySeconds ?? { grant: 0, refuse: Infinity }
  return grant >= grants && refuse <= refuses
}

/** An algorithm that a draft asks for and the party that would sign has no key of. */
function keylessAlgorithm(
  draft: CaseDraft,
  usage: Usage,
  principal: Principal,
  facts: TargetFacts,
): string | undefined {
  const changes = draft.steps
    .flatMap(partsOf)
    .flatMap((part) =>
      part.kind === 'minted' && (part.usage ?? usage) === usage ? [part.change] : [],
    )
  return changes.find((change) => {
    const signer = change?.signedBy === undefined ? principal : anotherThan(facts, principal)
    return signer !== undefined && keyFor(signer, change) === undefined
  })?.algorithm
}

function keyFor({ keys }: Principal, change: Change | undefined): KeyFacts | undefined {
  const wanted = change?.algorithm
  return wanted === undefined ? keys[0] : keys.find(({ algorithm }) => algorithm === wanted)
}

/** A look-alike that came out equal, such as an address in capitals, is no stimulus. */
function namesItRightly({ parts }: Omit<Request, 'due' | 'node'>, build: Building): boolean {
  const { facts, variant, usage } = build
  const right: readonly Json[] = [
    controlAudience(usage, variant.policy, facts),
    facts.issuer,
    ...facts.audiences.values,
  ]
  return Object.values(parts).some(
    (source) =>
      source.kind === 'minted' &&
      source.usage === usage &&
      source.defect?.kind === 'audience' &&
      source.defect['form'] !== 'token-endpoint' &&
      right.includes(audienceOf(source.claims)),
  )
}

function audienceOf(claims: Json): Json {
  return isObject(claims) ? (claims['aud'] ?? null) : null
}

function requestOf(
  step: StepDraft,
  name: string,
  build: Building,
): Omit<Request, 'due' | 'node'> | null {
  const parts: [string, Source][] = []
  for (const [index, part] of partsOf(step).entries()) {
    const source = sourceOf(part, `${step.name}/${index}`, build)
    if (source === null) return null
    parts.push([partName(part, build.usage), source])
  }
  return {
    name,
    caseId: build.caseId,
    endpoint: step.endpoint ?? (build.usage === 'bearer-token' ? 'resource' : 'token'),
    principal: build.principal.name,
    parts: Object.fromEntries(parts),
    ...(step.form === undefined
      ? {}
      : { form: settledForm(step.form, build.facts, partiesOf(build)) }),
  }
}

function partiesOf({ facts, principal }: Building): Parties {
  return { own: principal, another: anotherThan(facts, principal) }
}

function partsOf(step: StepDraft): readonly PartDraft[] {
  if (step.parts !== undefined) return step.parts
  return [step.change === undefined ? { kind: 'minted' } : { kind: 'minted', change: step.change }]
}

function partName(part: PartDraft, usage: Usage): string {
  if (part.kind === 'taken') return part.as
  return PART_OF[part.kind === 'minted' ? (part.usage ?? usage) : usage]
}

function sourceOf(part: PartDraft, place: string, build: Building): Source | null {
  switch (part.kind) {
    case 'taken':
      return { kind: 'taken', step: `checks/r0/${build.caseId}/${part.step}`, what: part.what }
    case 'again':
      return {
        kind: 'again',
        step: `checks/r0/${build.caseId}/${part.step}`,
        part: PART_OF[build.usage],
        altered: part.altered ?? null,
        last: true,
      }
    case 'minted':
      return minted(part.usage ?? build.usage, part.change, place, build)
  }
}

function minted(
  presented: Usage,
  change: Change | undefined,
  place: string,
  build: Building,
): Source | null {
  const { facts, random, variant } = build
  const usage = change?.madeFor ?? presented
  const by =
    usage === build.usage
      ? build.principal
      : principalFor(facts, usage, build.hostile ? 'hostile' : 'honest')
  if (by === undefined) return null
  const signer = change?.signedBy === undefined ? by : anotherThan(facts, by)
  const key = signer === undefined ? undefined : keyFor(signer, change)
  if (signer === undefined || key === undefined) return null
  const jti = stem(random, `${build.caseId}/${place}`)
  const claims = controlClaims(usage, by, {
    audience: controlAudience(usage, variant.policy, facts),
    stem: jti,
  })
  const step = place.slice(0, place.lastIndexOf('/'))
  return {
    kind: 'minted',
    usage: presented,
    signer: key.name,
    header: changedHeader(controlHeader(usage, signer, key), change),
    claims: ownIdentifier(changed(claims, change, facts, partiesOf(build)), change, build),
    defect: change?.defect ?? null,
    last: !build.draft.steps.some((each) =>
      partsOf(each).some((part) => part.kind === 'again' && part.step === step),
    ),
  }
}

/** An identifier that a draft chose is the same in all steps of its case, and in no other case. */
function ownIdentifier(claims: Claims, change: Change | undefined, build: Building): Claims {
  const chosen = change?.set?.['jti']
  const text = isObject(chosen) ? chosen['$jti'] : null
  if (typeof text !== 'string') return claims
  return { ...claims, jti: { $jti: text + stem(build.random, `${build.caseId}/chosen`) } }
}
