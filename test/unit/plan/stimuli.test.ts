/**
 * Goal: a stimulus is one declared change away from what deserves acceptance. Proved for every credential of every request
 * of every case, on a target that has everything, under profiles whose controls differ.
 */
import { describe, expect, test } from 'vitest'
import type { Change, Check, PartDraft, StepDraft } from '../../../harness/model/check.ts'
import type { Json, Source, Step, Usage } from '../../../harness/model/plan.ts'
import type { Profile } from '../../../harness/model/policy.ts'
import type { TargetFacts } from '../../../harness/model/target.ts'
import { planChecks } from '../../../harness/plan/checks/checks.ts'
import { seeded } from '../../../harness/random.ts'
import { CHECKS } from '../../../suites/index.ts'
import { idJag } from '../../../suites/profiles/id-jag.ts'
import { oidcCore } from '../../../suites/profiles/oidc-core.ts'
import { rfc7523bis } from '../../../suites/profiles/rfc7523bis.ts'
import { EVERYTHING, FACTS } from './facts.ts'
import {
  controlClaims,
  controlHeader,
  firstKey,
  keyNamed,
  members,
  partyNamed,
  plainParams,
  type Members,
} from './right-credentials.ts'

const ALONE: readonly [Profile] = [rfc7523bis]
/** The controls of profiles differ where the token endpoint is an audience too. */
const WITH_ENDPOINT = {
  ...FACTS,
  audiences: { values: [FACTS.issuer, 'https://as.example/token'], complete: true },
}
const LETTERS: Readonly<Record<string, Usage>> = {
  ca: 'client-authentication',
  jg: 'authorization-grant',
  v: 'bearer-token',
  dp: 'dpop-proof',
}

function planned(
  checks: readonly Check[] = CHECKS,
  profiles: readonly [Profile, ...Profile[]] = ALONE,
  facts: TargetFacts = FACTS,
  seed = '7',
) {
  return planChecks(checks, profiles, facts, seeded(seed))
}

function firstRound(plan: ReturnType<typeof planned>): readonly Step[] {
  const next = plan.experiment.start()
  return 'ask' in next ? [...next.ask] : []
}

type Minted = Extract<Source, { kind: 'minted' }>

/** A credential of a case as it is planned, beside what its draft says of it. */
interface Stimulus {
  readonly step: Step
  readonly draft: StepDraft
  readonly usage: Usage
  readonly change: Change
  readonly source: Minted
  readonly rejected: boolean
}

function stimuli(profile: Profile): readonly Stimulus[] {
  const steps = firstRound(planned(CHECKS, [profile], EVERYTHING))
  return CHECKS.flatMap((check) =>
    check.cases.flatMap((its) =>
      steps
        .filter(({ caseId }) => isOf(caseId, check.id, its.name))
        .flatMap((step) => {
          const draft = its.steps.find(({ name }) => step.name.endsWith(`/${name}`))
          if (draft === undefined) throw new Error(`nobody drafted ${step.name}`)
          const rejected = its.expects.some(
            (row) => row.step === draft.name && row.deserves === 'reject',
          )
          const usage = LETTERS[step.caseId.split(':')[1] ?? ''] ?? 'dpop-proof'
          return partsOf(draft).flatMap((part): readonly Stimulus[] => {
            if (part.kind !== 'minted') return []
            const source = step.parts[part.as ?? partOf(part.usage ?? usage)]
            if (source?.kind !== 'minted') throw new Error(`${step.name} lacks a part`)
            const change = part.change ?? { defect: null }
            return [{ step, draft, usage: part.usage ?? usage, change, source, rejected }]
          })
        }),
    ),
  )
}

/** Nobody listens, and whoever sends client_id beside each assertion is asked in client-id.test.ts. */
const MISSING = /listens at$|sendClientId is not set\)$/

describe.each([rfc7523bis, oidcCore, idJag])('under $name a stimulus', (profile) => {
  const all = stimuli(profile)

  test('is planned for every case: nothing is missing but who listens', () => {
    const { checks } = planned(CHECKS, [profile], EVERYTHING)
    const missing = checks.flatMap(({ id, unsupported }) =>
      Object.entries(unsupported).map(([place, why]) => [id, place, why]),
    )
    expect(missing.filter(([, , why]) => !MISSING.test(why ?? ''))).toEqual([])
    expect(all.length).toBeGreaterThan(800)
  })

  test('differs from its control in exactly the claims that its draft changes', () => {
    for (const { step, change, source, usage, rejected } of all) {
      const own = members(source.claims)
      const control = controlClaims(change.madeFor ?? usage, step, profile)
      const differing = names(own, control).filter(
        (name) => comparable(own[name]) !== comparable(control[name]),
      )
      const declared = [...Object.keys(change.set ?? {}), ...(change.drop ?? [])]
      expect(declared, step.name).toEqual(expect.arrayContaining(differing))
      // What is right may happen to be the control itself; what is wrong must be wrong in all that it says.
      if (rejected) {
        const there = declared.filter((name) => name in control || name in own)
        expect(differing.toSorted(), step.name).toEqual([...new Set(there)].toSorted())
      }
    }
  })

  test('has the header of its control but for what its draft sets', () => {
    for (const { step, change, source, usage } of all) {
      const key = keyNamed(source.signer)
      const expected = {
        ...controlHeader(change.madeFor ?? usage, key, profile),
        ...(change.kid === 'own' ? { kid: firstKey(step.principal).kid } : {}),
      }
      const declared = Object.keys(change.header ?? {})
      expect(declared, step.name).toEqual(
        expect.arrayContaining(differingNames(members(source.header), expected)),
      )
    }
  })

  test('is signed by the party that its draft names, with the key that it asks for', () => {
    for (const { step, change, source, usage } of all) {
      const signer = EVERYTHING.principals.find(({ keys }) =>
        keys.some(({ name }) => name === source.signer),
      )
      const key = keyNamed(source.signer)
      expect(signer?.usage, step.name).toBe(change.madeFor ?? usage)
      expect(key.mark, step.name).toBe(change.key)
      if (change.algorithm !== undefined) expect(key.algorithm, step.name).toBe(change.algorithm)
      if (signer?.usage === partyNamed(step.principal).usage) {
        expect(signer.name === step.principal, step.name).toBe(change.signedBy === undefined)
      }
    }
  })

  test('has the form of its control but for what its draft sets', () => {
    for (const { step, draft } of all) {
      const { form } = draft
      const plain = plainParams(step)
      const ofForm = [form?.set, form?.repeat].flatMap((each) => Object.keys(each ?? {}))
      expect(differingParams(step, plain).toSorted(), step.name).toEqual(
        [...new Set([...ofForm, ...(form?.drop ?? [])])].toSorted(),
      )
      expect(step.http?.carrier, step.name).toBe(draft.http?.carrier)
      expect(step.http?.parts, step.name).toEqual(draft.http?.parts)
      expect(step.http?.authorization !== undefined, step.name).toBe(draft.http?.basic === true)
    }
  })
})

describe('a stimulus', () => {
  test('names another registered party by what that party is called', () => {
    const step = firstRound(planned()).find(({ name }) =>
      name.endsWith('rfc7521/4.2/client-id-mismatch:ca:another-client/ask'),
    )
    expect(step?.principal).toBe('hostile')
    expect(step?.params).toContainEqual(['client_id', 'client-spare'])
  })

  test('keeps the identifier that its draft chose for its own steps alone', () => {
    const chosen = firstRound(planned(CHECKS, [rfc7523bis, oidcCore], WITH_ENDPOINT)).filter(
      ({ name }) => name.includes('jti-same-other-body'),
    )
    const byCase = Map.groupBy(chosen, ({ caseId }) => caseId)
    const jtis = [...byCase.values()].map(
      (of) => new Set(of.map((step) => JSON.stringify(mintedClaims(step)[0]?.['jti']))),
    )
    expect(byCase.size).toBe(3)
    expect(jtis.map(({ size }) => size)).toEqual([1, 1, 1])
    expect(new Set(jtis.flatMap((each) => [...each])).size).toBe(3)
  })

  test('of a client assertion beside a grant carries both, the one under test last', () => {
    const step = firstRound(planned()).find(({ name }) =>
      name.endsWith('broken-signature/client-wrong'),
    )
    expect(Object.keys(step?.parts ?? {})).toEqual(['assertion', 'client_assertion'])
    expect(step?.params).toContainEqual([
      'grant_type',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
    ])
  })

  test('of another party is sent and signed by that party, with the identifier of the first', () => {
    const steps = firstRound(planned()).filter(({ caseId }) =>
      caseId.startsWith('rfc7523/3/jti-per-issuer:ca'),
    )
    expect(steps.map(({ principal }) => principal)).toEqual(['spare', 'honest', 'spare', 'spare'])
    const [before, first, other, after] = steps.map((step) => mintedClaims(step)[0])
    expect(other?.['iss']).toBe('client-spare')
    expect(other?.['jti']).toEqual(first?.['jti'])
    expect(new Set([before, first, after].map((each) => JSON.stringify(each?.['jti']))).size).toBe(
      3,
    )
  })

  test('of a profile that wants a client beside a grant brings that client’s own assertion', () => {
    const steps = firstRound(planned(CHECKS, [idJag], EVERYTHING))
    const grants = steps.filter(({ parts }) => 'assertion' in parts && !('dpop' in parts))
    expect(grants.length).toBeGreaterThan(100)
    for (const { name, parts } of grants) {
      expect(Object.keys(parts).toSorted(), name).toEqual(['assertion', 'client_assertion'])
    }
  })
})

describe('what a target declares of its leeway', () => {
  const rowsUnder = (leewaySeconds: { grant: number; refuse: number } | null) =>
    planned(CHECKS, ALONE, { ...FACTS, declares: { ...FACTS.declares, leewaySeconds } })
      .checks.flatMap(({ cases }) => cases)
      .filter(({ caseId }) => /(iat-future|exp-past):ca:(five-s|just)/.test(caseId))
      .map(({ expects }) => expects.find(({ when }) => Object.keys(when).length === 0)?.deserves)

  test('chooses the row that it is held to', () => {
    expect(rowsUnder({ grant: 10, refuse: 10 })).toEqual(['reject', 'accept'])
  })

  test('chooses none where it says less than the row takes', () => {
    expect(rowsUnder({ grant: 6, refuse: 21 })).toEqual(['either', 'either'])
    expect(rowsUnder(null)).toEqual(['either', 'either'])
  })
})

function isOf(caseId: string, check: string, name: string): boolean {
  return caseId.startsWith(`${check}:`) && caseId.endsWith(`:${name}`)
}

function partsOf({ parts, change }: StepDraft): readonly PartDraft[] {
  return parts ?? [{ kind: 'minted', ...(change === undefined ? {} : { change }) }]
}

function partOf(usage: Usage): string {
  switch (usage) {
    case 'client-authentication':
      return 'client_assertion'
    case 'authorization-grant':
      return 'assertion'
    case 'bearer-token':
      return 'authorization'
    case 'dpop-proof':
      return 'dpop'
  }
}

function mintedClaims(step: Step): readonly Members[] {
  return Object.values(step.parts)
    .filter((source) => source.kind === 'minted')
    .map(({ claims }) => members(claims))
}

function names(one: Members, other: Members): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
}

function differingNames(one: Members, other: Members): string[] {
  return names(one, other).filter(
    (name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]),
  )
}

type Params = readonly (readonly [string, string])[]

/** Parameters that stand in one of the two alone, or in both with different values. */
function differingParams({ params }: Step, plain: Params): readonly string[] {
  const texts = (of: Params): readonly string[] => of.map((each) => JSON.stringify(each))
  const only = (one: Params, other: Params): Params =>
    one.filter((param) => !texts(other).includes(JSON.stringify(param)))
  return [...new Set([...only(params, plain), ...only(plain, params)].map(([name]) => name))]
}

/** As text; a fresh identifier is like any other. */
function comparable(value: Json | undefined): string {
  return (JSON.stringify(value) ?? '').replace(/\{"\$jti":"[0-9a-f]{16}"\}/, '"fresh"')
}
