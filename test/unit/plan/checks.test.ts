import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Check } from '../../../harness/model/check.ts'
import type { Json, Source, Step } from '../../../harness/model/plan.ts'
import type { Profile } from '../../../harness/model/policy.ts'
import { planChecks } from '../../../harness/plan/checks/checks.ts'
import { seeded } from '../../../harness/random.ts'
import { CHECKS } from '../../../suites/index.ts'
import { fapi2 } from '../../../suites/profiles/fapi2.ts'
import { oidcCore } from '../../../suites/profiles/oidc-core.ts'
import { rfc7523 } from '../../../suites/profiles/rfc7523.ts'
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

describe('a plan of checks', () => {
  test('stands between a control before and a control after, block by block', () => {
    const plan = planned()
    const steps = firstRound(plan)
    for (const { id } of plan.blocks) {
      const before = steps.findIndex(({ caseId }) => caseId === `control/${id}/before`)
      const after = steps.findIndex(({ caseId }) => caseId === `control/${id}/after`)
      const inside = steps
        .slice(before + 1, after)
        .filter(({ caseId }) => !caseId.startsWith(`control/${id}/between-`))
      expect(before, id).toBeGreaterThanOrEqual(0)
      expect(inside.length, id).toBeGreaterThan(0)
      const cases = plan.checks.flatMap((check) => check.cases.filter(({ block }) => block === id))
      expect(new Set(inside.map(({ caseId }) => caseId))).toEqual(
        new Set(cases.map(({ caseId }) => caseId)),
      )
    }
  })

  test('names every step once and waits only for steps before it', () => {
    const seen = new Set<string>()
    for (const step of firstRound(planned())) {
      expect(seen.has(step.name), step.name).toBe(false)
      if ('after' in step.due) expect(seen, step.name).toContain(step.due.after)
      seen.add(step.name)
    }
  })

  test('never lets one node, principal or control differ within a block', () => {
    const plan = planned()
    const steps = firstRound(plan)
    for (const { id } of plan.blocks) {
      const from = steps.findIndex(({ caseId }) => caseId === `control/${id}/before`)
      const to = steps.findIndex(({ caseId }) => caseId === `control/${id}/after`)
      const block = steps.slice(from, to + 1)
      expect(new Set(block.map(({ node }) => node)).size).toBe(1)
      // What takes two parties is sent by two; everything around it by one.
      const alone = block.filter(({ caseId }) => !caseId.includes('/jti-per-issuer:'))
      expect(new Set(alone.map(({ principal }) => principal)).size).toBe(1)
    }
  })

  test('is the same for the same seed and another for another', () => {
    expect(firstRound(planned())).toEqual(firstRound(planned()))
    expect(firstRound(planned(CHECKS, ALONE, FACTS, '8'))).not.toEqual(firstRound(planned()))
  })

  test('moves no jti of other cases when a check is added', () => {
    const jtis = (checks: readonly Check[]): ReadonlyMap<string, Json> =>
      new Map(
        firstRound(planned(checks))
          .filter(({ caseId }) => !caseId.startsWith('control/'))
          .map((step) => [step.name, mintedClaims(step).map((each) => each['jti'] ?? null)]),
      )
    const all = jtis(CHECKS)
    const fewer = jtis(CHECKS.slice(2))
    for (const [name, jti] of fewer) expect(all.get(name), name).toEqual(jti)
  })

  test('survives JSON and structuredClone unchanged: it is plain data', () => {
    const steps = firstRound(planned())
    expect(JSON.parse(JSON.stringify(steps))).toEqual(steps)
    expect(structuredClone(steps)).toEqual(steps)
  })
})

describe('controls', () => {
  test('that agree between profiles share their blocks; that differ get blocks of their own', () => {
    const facts = WITH_ENDPOINT
    expect(planned(CHECKS, [rfc7523bis, fapi2], facts).blocks.length).toBe(
      planned(CHECKS, ALONE, facts).blocks.length,
    )
    const both = planned(CHECKS, [rfc7523bis, oidcCore], facts)
    const ca = both.blocks.filter(({ usage }) => usage === 'client-authentication')
    expect(new Set(ca.map(({ profiles }) => profiles.join()))).toEqual(
      new Set(['rfc7523bis', 'oidc-core']),
    )
    const names = both.checks.flatMap(({ cases }) => cases.map(({ caseId }) => caseId))
    expect(new Set(names).size).toBe(names.length)
  })

  test('that were lost are sent again by parties that have not tried, three times and no more', () => {
    const { experiment, blocks } = planned()
    const block = blocks[0]?.id ?? ''
    const lost = { lost: [{ block, tries: 1 }] }
    const first = experiment.next(0, lost)
    const asked = 'ask' in first ? [...first.ask] : []
    expect(asked.map(({ caseId }) => caseId)).toEqual([`control/${block}/after-2`])
    expect(asked[0]?.principal).toBe('spare')
    const second = experiment.next(1, lost)
    expect('ask' in second && [...second.ask][0]?.principal).not.toBe('spare')
    expect(experiment.next(3, lost)).toEqual({ conclude: { retries: 3 } })
  })

  test('stand next to whatever is owed an acceptance', () => {
    const plan = planned()
    const steps = firstRound(plan)
    const owed = new Set(
      plan.checks.flatMap(({ cases }) =>
        cases.flatMap(({ expects }) =>
          expects.filter(({ deserves }) => deserves === 'accept').map(({ step }) => step),
        ),
      ),
    )
    expect(owed.size).toBeGreaterThan(50)
    for (const [index, step] of steps.entries()) {
      if (owed.has(step.name)) expect(steps[index - 1]?.caseId, step.name).toMatch(/^control\//)
    }
  })

  test('let no two blocks of one party be asked side by side', () => {
    const steps = firstRound(planned())
    const starts = steps.filter(
      ({ due, caseId }) => 'atUs' in due && /\/(?:before|bare)$/.test(caseId),
    )
    expect(starts.length).toBeGreaterThan(1)
    expect(new Set(starts.map(({ principal }) => principal)).size).toBe(starts.length)
  })

  test('enclose what a server failed over, asked once more under another identifier', () => {
    const { experiment, checks } = planned()
    const [its] = checks.find(({ id }) => id === 'rfc7523/3/exp-past')?.cases ?? []
    const caseId = its?.caseId ?? ''
    const next = experiment.next(0, { failed: [{ case: caseId }] })
    const asked = 'ask' in next ? [...next.ask] : []
    expect(asked.map((step) => [step.name, step.caseId])).toEqual([
      [`checks/r1/control/${its?.block}/between-1000`, `control/${its?.block}/between-1000`],
      [its?.steps[0]?.replace('checks/r0/', 'checks/r1/'), caseId],
      [`checks/r1/control/${its?.block}/between-1001`, `control/${its?.block}/between-1001`],
    ])
    const before = firstRound(planned()).find(({ name }) => name === its?.steps[0])
    const jti = (step: Step | undefined): Json | undefined =>
      step === undefined ? undefined : mintedClaims(step)[0]?.['jti']
    expect(jti(asked[1])).toBeDefined()
    expect(jti(asked[1])).not.toEqual(jti(before))
    expect(experiment.next(1, { failed: [{ case: caseId }] })).toEqual({ conclude: { retries: 1 } })
  })

  test('are not retried where nobody else is registered', () => {
    const facts = {
      ...FACTS,
      principals: FACTS.principals.filter(({ roles }) => roles.includes('honest')),
    }
    const { experiment, blocks } = planned(CHECKS, ALONE, facts)
    const lost = { lost: blocks.map(({ id }) => ({ block: id, tries: 1 })) }
    expect(experiment.next(0, lost)).toEqual({ conclude: { retries: 0 } })
  })
})

describe('what the target lacks', () => {
  test('is said case by case and never asked', () => {
    const { introspection: _, ...endpoints } = FACTS.endpoints
    const facts = { ...FACTS, endpoints, audiences: { ...FACTS.audiences, complete: false } }
    const plan = planned(CHECKS, ALONE, facts)
    const reasons = plan.checks.flatMap(({ unsupported }) => Object.values(unsupported))
    expect(reasons.some((text) => text.includes('introspection'))).toBe(true)
    expect(reasons.some((text) => text.includes('audiences'))).toBe(true)
    expect(firstRound(plan).some(({ endpoint }) => endpoint === 'introspection')).toBe(false)
  })

  test('includes a name with letters: an address in capitals is the same address', () => {
    const issuer = 'http://127.0.0.1:8080'
    const facts = { ...FACTS, issuer, audiences: { values: [issuer], complete: true } }
    const lookalike = planned(CHECKS, ALONE, facts).checks.find(
      ({ id }) => id === 'rfc7523/3/aud-lookalike',
    )
    expect(lookalike?.unsupported).toMatchObject({
      'ca:upper-case-host': 'this target’s names read the same after the change',
      'jg:upper-case-host': 'this target’s names read the same after the change',
    })
  })

  test('makes a whole check unsupported when no usage of it is offered', () => {
    const plan = planned()
    const verifier = plan.checks.find(({ id }) => id === 'rfc9068/4/exp')
    expect(verifier?.cases).toEqual([])
    expect(verifier?.unsupported).toEqual({ 'v:*': 'the target has no bearer-token' })
  })
})

test('every selection of checks gives a plan whose cases are all asked and all expected of', () => {
  fc.assert(
    fc.property(
      fc.subarray([...CHECKS]),
      fc.constantFrom(rfc7523, rfc7523bis),
      (checks, profile) => {
        const plan = planned(checks, [profile])
        const steps = new Set(firstRound(plan).map(({ name }) => name))
        for (const each of plan.checks.flatMap(({ cases }) => cases)) {
          expect(each.expects.length).toBeGreaterThan(0)
          for (const step of each.steps) expect(steps).toContain(step)
          for (const row of each.expects) expect(each.steps).toContain(row.step)
        }
      },
    ),
    { seed: 7, numRuns: 50 },
  )
})

function mintedClaims(step: Step): readonly Readonly<Record<string, Json>>[] {
  return Object.values(step.parts)
    .filter(({ kind }) => kind === 'minted')
    .map((source) => claims(source))
}

function claims(source: Source | undefined): Readonly<Record<string, Json>> {
  if (source?.kind !== 'minted') throw new Error('not minted')
  return source.claims as Readonly<Record<string, Json>>
}
