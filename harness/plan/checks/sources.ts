/** From the parts of a draft to the sources of a request's credentials, each one change away from its control. */
import { isObject } from '../../json.ts'
import type { CaseDraft, Change, PartDraft, StepDraft } from '../../model/check.ts'
import type { Source, Usage } from '../../model/plan.ts'
import type { Policy } from '../../model/policy.ts'
import type { KeyFacts, Principal, Random, Role, TargetFacts } from '../../model/target.ts'
import {
  companion,
  controlAudience,
  controlClaims,
  controlHeader,
  controlSource,
  PART_OF,
  type Claims,
} from '../control.ts'
import { anotherThan, namesakeOf, principalFor } from '../principals.ts'
import { changed, changedHeader, type Parties } from '../request.ts'
import { stem } from '../stem.ts'

/** The case that sources are made for. */
export interface Making {
  readonly facts: TargetFacts
  readonly random: Random
  readonly policy: Policy
  readonly caseId: string
  /** 0, or the later round that it is asked again in. */
  readonly round: number
  readonly usage: Usage
  readonly draft: CaseDraft
  /** Who asks, unless a step says otherwise. */
  readonly principal: Principal
  readonly role: Role
}

/** The part that is no credential. */
const NOTHING = 'nothing'

/** Null when the target has no party for one of the parts. */
export function partsFor(step: StepDraft, making: Making): Readonly<Record<string, Source>> | null {
  const parts: [string, Source][] = []
  const drafted = partsOf(step)
  const isAlone = !drafted.some((part) => part.kind === 'minted' && part.usage !== undefined)
  const beside = isAlone ? companion(making.usage, making) : undefined
  if (beside !== undefined) {
    const jti = stem(making.random, `${making.caseId}/${step.name}/beside`)
    const usage = 'client-authentication'
    parts.push([PART_OF[usage], controlSource(usage, beside, jti, making)])
  }
  for (const [index, part] of drafted.entries()) {
    const source = sourceOf(part, { step, index }, making)
    if (source === null) return null
    parts.push([partName(part, making.usage), source])
  }
  return Object.fromEntries(parts)
}

export function partsOf(step: StepDraft): readonly PartDraft[] {
  if (step.parts !== undefined) return step.parts
  return [step.change === undefined ? { kind: 'minted' } : { kind: 'minted', change: step.change }]
}

export function partName(part: PartDraft, usage: Usage): string {
  switch (part.kind) {
    case 'nothing':
      return NOTHING
    case 'taken':
      return part.as
    case 'minted':
      return part.as ?? PART_OF[part.usage ?? usage]
    case 'again':
      return PART_OF[usage]
  }
}

/** Null where a step is another's to send and the target knows no other. */
export function partiesOf({ facts, principal }: Making, { by }: StepDraft): Parties | null {
  const other = by === 'namesake' ? namesakeOf : anotherThan
  const another = other(facts, principal)
  if (by === undefined) return { own: principal, another }
  return another === undefined ? null : { own: another, another: principal }
}

/** An algorithm that a draft asks for and the party that would sign has no key of. */
export function keylessAlgorithm({ draft, usage, principal, facts }: Making): string | undefined {
  const changes = draft.steps
    .flatMap(partsOf)
    .flatMap((part) =>
      part.kind === 'minted' && (part.usage ?? usage) === usage ? [part.change] : [],
    )
  return changes.find(
    (change) =>
      change?.algorithm !== undefined && signingKey(principal, change, facts) === undefined,
  )?.algorithm
}

interface Place {
  readonly step: StepDraft
  readonly index: number
}

function sourceOf(part: PartDraft, place: Place, making: Making): Source | null {
  switch (part.kind) {
    case 'nothing':
      return { kind: 'nothing' }
    case 'taken':
      return { kind: 'taken', step: stepName(making, part.step), what: part.what }
    case 'again':
      return {
        kind: 'again',
        step: stepName(making, part.step),
        part: PART_OF[making.usage],
        altered: part.altered ?? null,
        last: isLastUse(part.step, place, making),
      }
    case 'minted':
      return minted(part, place, making)
  }
}

export function stepName(
  { caseId, round }: Pick<Making, 'caseId' | 'round'>,
  step: string,
): string {
  return `checks/r${round}/${caseId}/${step}`
}

/** Whether no later step presents what that step minted once more. */
function isLastUse(minting: string, { step }: Place, { draft }: Making): boolean {
  const later = draft.steps.slice(draft.steps.indexOf(step) + 1)
  return !later.some((each) =>
    partsOf(each).some((part) => part.kind === 'again' && part.step === minting),
  )
}

function minted(
  { usage: given, change }: Extract<PartDraft, { kind: 'minted' }>,
  place: Place,
  making: Making,
): Source | null {
  const { facts, random, policy } = making
  const presented = given ?? making.usage
  const usage = change?.madeFor ?? presented
  const parties = partiesOf(making, place.step)
  if (parties === null) return null
  const by = usage === making.usage ? parties.own : principalFor(facts, usage, making.role)
  const key = by === undefined ? undefined : signingKey(by, change, facts)
  if (by === undefined || key === undefined) return null
  const jti = stem(random, `${making.caseId}/${place.step.name}/${place.index}`)
  const claims = controlClaims(usage, by, {
    audience: controlAudience(usage, policy, facts),
    stem: jti,
    ...clientOf(usage, making),
  })
  const header = namedBy(by, change, controlHeader(usage, key, making))
  return {
    kind: 'minted',
    usage: presented,
    signer: key.name,
    header: changedHeader(header, change, { facts, ...parties }),
    claims: ownIdentifier(changed(claims, change, facts, parties), change, making),
    defect: change?.defect ?? null,
    last: isLastUse(place.step.name, place, making),
  }
}

/** A header that names the party's own key where the change says so, whoever signs. */
function namedBy(by: Principal, change: Change | undefined, header: Claims): Claims {
  return change?.kid === 'own' ? { ...header, kid: keyFor(by, undefined)?.kid ?? '' } : header
}

/** The client that a grant has to name. */
function clientOf(usage: Usage, making: Making): { readonly clientId?: string } {
  const clientId = companion(usage, making)?.id
  return clientId === undefined ? {} : { clientId }
}

/** Its own, or that of the party which signs in its place. */
function signingKey(
  by: Principal,
  change: Change | undefined,
  facts: TargetFacts,
): KeyFacts | undefined {
  const signer = change?.signedBy === undefined ? by : anotherThan(facts, by)
  return signer === undefined ? undefined : keyFor(signer, change)
}

function keyFor({ keys }: Principal, change: Change | undefined): KeyFacts | undefined {
  const { algorithm: wanted, key: marked } = change ?? {}
  return keys.find(
    ({ algorithm, mark }) => mark === marked && (wanted === undefined || wanted === algorithm),
  )
}

/** An identifier that a draft chose is the same in all steps of its case, and in no other case. */
function ownIdentifier(claims: Claims, change: Change | undefined, making: Making): Claims {
  const chosen = change?.set?.['jti']
  if (!isObject(chosen)) return claims
  const { $jti: text, after } = chosen
  if (typeof text !== 'string') return claims
  const before = typeof after === 'string' ? behind(after, furtherName(making)) : ''
  const jti = { $jti: before + text + stem(making.random, `${making.caseId}/chosen`) }
  return { ...claims, jti }
}

/**
 * What the identifier of the shorter name begins with so that both read alike where name and identifier are joined: with
 * nothing between them, or with what the longer name goes on with.
 */
function behind(after: string, further: string): string {
  return after === 'namesake-and-mark' ? further.slice(1) + further.slice(0, 1) : further
}

/** What the name of the namesake has behind that of the party which asks. */
function furtherName({ facts, principal }: Making): string {
  return namesakeOf(facts, principal)?.id.slice(principal.id.length) ?? ''
}
