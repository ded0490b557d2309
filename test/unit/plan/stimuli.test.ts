import { describe, expect, test } from 'vitest'
import type { Check } from '../../../harness/model/check.ts'
import type { Json, Source, Step } from '../../../harness/model/plan.ts'
import type { Profile } from '../../../harness/model/policy.ts'
import { planChecks } from '../../../harness/plan/checks.ts'
import { seeded } from '../../../harness/random.ts'
import { CHECKS } from '../../../suites/index.ts'
import { oidcCore } from '../../../suites/profiles/oidc-core.ts'
import { rfc7523bis } from '../../../suites/profiles/rfc7523bis.ts'
import { FACTS } from './facts.ts'

const ALONE: readonly [Profile] = [rfc7523bis]
/** The controls of profiles differ where the token endpoint is an audience too. */
const WITH_ENDPOINT = {
  ...FACTS,
  audiences: { values: [FACTS.issuer, 'https://as.example/token'], complete: true },
}

function planned(
  checks: readonly Check[] = CHECKS,
  profiles: readonly [Profile, ...Profile[]] = ALONE,
  facts = FACTS,
  seed = '7',
) {
  return planChecks(checks, profiles, facts, seeded(seed))
}

function firstRound(plan: ReturnType<typeof planned>): readonly Step[] {
  const next = plan.experiment.start()
  return 'ask' in next ? [...next.ask] : []
}

describe('a stimulus', () => {
  test('differs from its control in exactly what its draft changes', () => {
    const steps = firstRound(planned())
    const single = CHECKS.flatMap((check) =>
      check.cases
        .filter((draft) => draft.steps.length === 1)
        .map((draft) => ({ check, draft, change: draft.steps[0]?.change })),
    )
    for (const { check, draft, change } of single) {
      for (const step of steps.filter(
        ({ caseId }) => caseId.startsWith(`${check.id}:`) && caseId.endsWith(`:${draft.name}`),
      )) {
        const own = claims(Object.values(step.parts)[0])
        const control = claims(Object.values(controlOf(step, steps).parts)[0])
        const differing = [...new Set([...Object.keys(own), ...Object.keys(control)])].filter(
          (name) => comparable(own[name]) !== comparable(control[name]),
        )
        // What was made for another use names the parties of that use.
        const parties = change?.madeFor === undefined ? [] : ['iss', 'sub']
        const declared = [...Object.keys(change?.set ?? {}), ...(change?.drop ?? []), ...parties]
        expect(declared, step.name).toEqual(expect.arrayContaining(differing))
        // What is right may happen to be the control itself; what is wrong must be wrong in all that it says.
        if (draft.expects.some(({ deserves }) => deserves === 'reject')) {
          expect(differing.toSorted(), step.name).toEqual(declared.toSorted())
        }
      }
    }
  })

  test('has the header and the form of its control but for what its draft sets', () => {
    const steps = firstRound(planned())
    const single = CHECKS.flatMap((check) =>
      check.cases
        .filter((draft) => draft.steps.length === 1)
        .map((draft) => ({ check, draft, step: draft.steps[0] })),
    )
    for (const { check, draft, step: drafted } of single) {
      const { change, form } = drafted ?? {}
      for (const step of steps.filter(
        ({ caseId }) => caseId.startsWith(`${check.id}:`) && caseId.endsWith(`:${draft.name}`),
      )) {
        const control = controlOf(step, steps)
        const foreignKey = change?.signedBy ?? change?.madeFor
        const ofHeader = [
          ...Object.keys(change?.header ?? {}),
          ...(foreignKey === undefined ? [] : ['kid']),
        ]
        expect([...new Set(ofHeader)], step.name).toEqual(
          expect.arrayContaining(differingNames(header(step), header(control))),
        )
        const ofForm = [form?.set, form?.repeat].flatMap((each) => Object.keys(each ?? {}))
        expect(differingParams(step, control).toSorted(), step.name).toEqual(
          [...ofForm, ...(form?.drop ?? [])].toSorted(),
        )
      }
    }
  })

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

function controlOf(step: Step, steps: readonly Step[]): Step {
  const before = steps
    .slice(0, steps.indexOf(step))
    .findLast(({ caseId }) => caseId.endsWith('/before'))
  if (before === undefined) throw new Error(`no control before ${step.name}`)
  return before
}

function mintedClaims(step: Step): readonly Readonly<Record<string, Json>>[] {
  return Object.values(step.parts)
    .filter(({ kind }) => kind === 'minted')
    .map((source) => claims(source))
}

function claims(source: Source | undefined): Readonly<Record<string, Json>> {
  if (source?.kind !== 'minted') throw new Error('not minted')
  return source.claims as Readonly<Record<string, Json>>
}

function header(step: Step): Readonly<Record<string, Json>> {
  const [source] = Object.values(step.parts)
  if (source?.kind !== 'minted') throw new Error('not minted')
  return source.header as Readonly<Record<string, Json>>
}

function differingNames(
  one: Readonly<Record<string, Json>>,
  other: Readonly<Record<string, Json>>,
): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]),
  )
}

/** Parameters that stand in one of the two alone, or in both with different values. */
function differingParams(one: Step, other: Step): readonly string[] {
  const texts = ({ params }: Step): readonly string[] => params.map((each) => JSON.stringify(each))
  const only = [one, other].map((each, index) => {
    const others = texts(index === 0 ? other : one)
    return each.params.filter((param) => !others.includes(JSON.stringify(param)))
  })
  return [...new Set(only.flat().map(([name]) => name))]
}

/** As text; a fresh identifier is like any other. */
function comparable(value: Json | undefined): string {
  return (JSON.stringify(value) ?? '').replace(/"\$jti":"[0-9a-f]{8}"/, '"$jti":"fresh"')
}
