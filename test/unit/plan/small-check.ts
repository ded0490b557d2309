/** One check of one case, for plans that are about something else; and what is planned of it. */
import type { CaseDraft, Check, StepDraft } from '../../../harness/model/check.ts'
import type { Json, Source, Step, Usage } from '../../../harness/model/plan.ts'
import type { Profile } from '../../../harness/model/policy.ts'
import type { TargetFacts } from '../../../harness/model/target.ts'
import { planCase, type PlannedCase } from '../../../harness/plan/checks/cases.ts'
import { planChecks, type PlannedChecks } from '../../../harness/plan/checks/checks.ts'
import { seeded } from '../../../harness/random.ts'
import { rfc7523bis } from '../../../suites/profiles/rfc7523bis.ts'
import { FACTS } from './facts.ts'

export const CLIENT = 'client-authentication'
export const GRANT = 'authorization-grant'
export const ID = 'doc/1/check'

export function draftOf(more: Partial<CaseDraft> = {}): CaseDraft {
  const expects = [{ step: 'ask', deserves: 'reject', because: 'it is wrong' }] as const
  return { name: 'case', steps: [{ name: 'ask' }], expects, ...more }
}

/** A case of one step. */
export function asking(step: Partial<StepDraft>, more: Partial<CaseDraft> = {}): CaseDraft {
  return draftOf({ steps: [{ name: 'ask', ...step }], ...more })
}

export function checkOf(cases: readonly CaseDraft[], more: Partial<Check> = {}): Check {
  return {
    id: ID,
    title: 'A check',
    section: 'DOC §1',
    level: 'must',
    requirement: 'It must.',
    usages: [CLIENT],
    finding: 'signature/invalid-accepted',
    cases,
    ...more,
  }
}

export interface Planning {
  readonly facts?: TargetFacts
  readonly usage?: Usage
  readonly profile?: Profile
  readonly suffix?: string
  readonly round?: number
}

/** What is planned of one case, or why nothing is. */
export function caseOf(draft: CaseDraft, given: Planning = {}) {
  const { facts = FACTS, usage = CLIENT, profile = rfc7523bis, suffix = '', ...more } = given
  const variant = { suffix, profiles: [profile.name], policy: profile.policy }
  return planCase(checkOf([draft]), draft, usage, { facts, random: seeded('7'), variant, ...more })
}

export function planned(draft: CaseDraft, given: Planning = {}): PlannedCase {
  const outcome = caseOf(draft, given)
  if ('unsupported' in outcome) throw new RangeError(outcome.unsupported)
  return outcome
}

export function whyNot(draft: CaseDraft, given: Planning = {}): string | null {
  const outcome = caseOf(draft, given)
  return 'unsupported' in outcome ? outcome.unsupported : null
}

/** The parts of the requests of a case. */
export function partsIn(draft: CaseDraft, given: Planning = {}) {
  return planned(draft, given).requests.map(({ parts }) => parts)
}

export function plannedChecks(
  checks: readonly Check[],
  facts: TargetFacts = FACTS,
  profiles: readonly [Profile, ...Profile[]] = [rfc7523bis],
): PlannedChecks {
  return planChecks(checks, profiles, facts, seeded('7'))
}

export function firstRound({ experiment }: PlannedChecks): readonly Step[] {
  const next = experiment.start()
  return 'ask' in next ? [...next.ask] : []
}

export function mintedIn(source: Source | undefined): Extract<Source, { kind: 'minted' }> {
  if (source?.kind !== 'minted') throw new RangeError('it is not minted')
  return source
}

export function claimsIn(source: Source | undefined): Readonly<Record<string, Json>> {
  return mintedIn(source).claims as Readonly<Record<string, Json>>
}
