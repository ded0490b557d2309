/**
 * Goal: two agree. Where a check's table says what a credential deserves, the general rules of the oracle say the same, or
 * the row could never count; on a target that has everything, under every profile.
 */
import { describe, expect, test } from 'vitest'
import { ISSUED } from '../../../harness/drive/filled.ts'
import { truthOf, type MintContext } from '../../../harness/jwt/mint.ts'
import { alteredTruth } from '../../../harness/jwt/alter.ts'
import type { Truth } from '../../../harness/model/history.ts'
import type { Expectation, Source, Step, Usage } from '../../../harness/model/plan.ts'
import type { Policy, Profile } from '../../../harness/model/policy.ts'
import { agreed, deserves } from '../../../harness/oracle/deserving/deserves.ts'
import { rowsOf } from '../../../harness/oracle/checks/expectations.ts'
import { planChecks } from '../../../harness/plan/checks/checks.ts'
import { judgingOf } from '../../../harness/plan/judging.ts'
import { seeded } from '../../../harness/random.ts'
import { CHECKS } from '../../../suites/index.ts'
import { PROFILES } from '../../../suites/profiles/index.ts'
import { EVERYTHING } from './facts.ts'

const NOW_US = 1_800_000_000e6
const SOON_US = NOW_US + 50_000

const MINTING: MintContext = {
  keys: Object.fromEntries(
    EVERYTHING.principals.flatMap(({ keys }) =>
      keys.map(({ name, algorithm }) => [name, { kty: 'any', alg: algorithm }]),
    ),
  ),
  owners: Object.fromEntries(
    EVERYTHING.principals.flatMap(({ id, keys }) => keys.map(({ name }) => [name, id])),
  ),
  runId: 'run',
}

/** Both ways of naming the server are agreed, so that every control is right under its own profile. */
const FACTS = {
  ...EVERYTHING,
  audiences: { values: [EVERYTHING.issuer, EVERYTHING.endpoints.token ?? ''], complete: true },
  // A promise of single use leaves open what becomes of an assertion without an identifier.
  declares: { ...EVERYTHING.declares, replay: null, leewaySeconds: { grant: 10, refuse: 10 } },
}

describe.each(PROFILES)('under $name', (profile) => {
  const plan = planChecks(CHECKS, [profile], FACTS, seeded('7'))
  const next = plan.experiment.start()
  const steps = new Map(('ask' in next ? [...next.ask] : []).map((step) => [step.name, step]))
  const cases = plan.checks.flatMap((check) => check.cases.map((its) => ({ check, its })))

  test('every row that asks for something is agreed with', () => {
    const disputed = cases.flatMap(({ check, its }) =>
      rowsOf(its.expects, profile.policy)
        .filter(({ deserves: owed }) => owed !== 'either')
        .filter((row) => rulingFor(row, steps, profile.policy) !== row.deserves)
        .map((row) => [its.caseId, row.step.slice(row.step.lastIndexOf('/')), check.level]),
    )
    expect(disputed.filter(([caseId]) => !isReplayOf(String(caseId)))).toEqual([])
  })

  test('every control deserves acceptance', () => {
    for (const step of steps.values()) {
      if (!/^control\/.*\/(before|after)$/.test(step.caseId)) continue
      for (const part of Object.keys(step.parts)) {
        expect(generalFor(step, part, steps, profile.policy)?.deserves, step.name).toBe('accept')
      }
    }
  })
})

test('what the profile that only observes demands is demanded by every other', () => {
  const observe = profileNamed('observe')
  const others = PROFILES.filter(({ name }) => name !== 'observe')
  const { checks } = planChecks(CHECKS, [observe], FACTS, seeded('7'))
  const lone: string[] = []
  let demanded = 0
  for (const { expects, caseId } of checks.flatMap(({ cases }) => cases)) {
    const rows = rowsOf(expects, observe.policy).filter(({ deserves: owed }) => owed !== 'either')
    demanded += rows.length
    const differing = rows.flatMap((row) =>
      others.filter(({ policy }) => owedUnder(policy, expects, row) !== row.deserves),
    )
    lone.push(...differing.map(({ name }) => `${caseId} ${name}`))
  }
  expect(lone).toEqual([])
  expect(demanded).toBeGreaterThan(400)
})

function owedUnder(
  policy: Policy,
  expects: readonly Expectation[],
  { step, part }: Expectation,
): string | undefined {
  return rowsOf(expects, policy).find((row) => row.step === step && row.part === part)?.deserves
}

function rulingFor(
  row: Expectation,
  steps: ReadonlyMap<string, Step>,
  policy: Policy,
): string | undefined {
  const step = steps.get(row.step)
  const general = step === undefined ? undefined : generalFor(step, row.part, steps, policy)
  return general === undefined ? undefined : agreed(general, row.deserves)
}

function generalFor(
  step: Step,
  part: string,
  steps: ReadonlyMap<string, Step>,
  policy: Policy,
): ReturnType<typeof deserves> | undefined {
  const source = step.parts[part]
  if (source === undefined) return undefined
  const { usage, truth } = presented(source, steps)
  const standard = { policy, target: TARGET, principal: step.principal }
  return deserves(truth, usage, standard, { lowUs: NOW_US, highUs: SOON_US })
}

function presented(
  source: Source,
  steps: ReadonlyMap<string, Step>,
): { readonly usage: Usage; readonly truth: Truth } {
  switch (source.kind) {
    case 'minted':
      return { usage: source.usage, truth: truthOf(source, NOW_US, MINTING) }
    case 'again': {
      const origin = steps.get(source.step)?.parts[source.part]
      if (origin === undefined) throw new Error(`nothing is repeated of ${source.step}`)
      const first = presented(origin, steps)
      const { altered } = source
      return altered === null ? first : { ...first, truth: alteredTruth(first.truth, altered) }
    }
    case 'taken':
    case 'nothing':
      return { usage: 'bearer-token', truth: ISSUED }
  }
}

const TARGET = judgingOf({
  profiles: PROFILES,
  asked: [],
  strict: false,
  facts: FACTS,
  clocks: [],
  blocks: [],
  checks: [],
  scenarios: [],
}).target

/** A replay is judged by the ledger, which knows what came before. */
function isReplayOf(caseId: string): boolean {
  return /\/(replay-ca|replay-jg|replay):/.test(caseId)
}

function profileNamed(name: string): Profile {
  const found = PROFILES.find((each) => each.name === name)
  if (found === undefined) throw new Error(`there is no profile ${name}`)
  return found
}
