/** Goal: the catalogue is whole, and no check is dead: each catches a server that is wrong in one thing. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Check } from '../../harness/model/check.ts'
import { planChecks } from '../../harness/plan/checks/checks.ts'
import { seeded } from '../../harness/random.ts'
import { SCENARIOS } from '../../scenarios/index.ts'
import { CATALOGUE } from '../../suites/catalogue.ts'
import { CHECKS } from '../../suites/index.ts'
import { PROFILES } from '../../suites/profiles/index.ts'
import { embedded } from '../../targets/embedded.ts'
import { FLAWS } from '../../targets/flawed/index.ts'
import { textOf, paths } from './tree.ts'

const DETECTIONS: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync('test/self/detections.json', 'utf8'),
)

/** Checks that bind and that no flaw of ours is caught by, each for a reason. */
const WITHOUT_A_FLAW: Readonly<Record<string, string>> = {
  'rfc7523/3/jti-same-other-body': 'only its first request binds, and that is a control',
  'bis/4/aud-issuer-string': 'it is the control: whoever refuses it cannot be asked at all',
  'bis/4/typ-absent': 'it is the control: whoever refuses it cannot be asked at all',
  'fapi1adv/5.2.2/aud': 'it is the control: whoever refuses it cannot be asked at all',
  'rfc7519/4/dup-claim-good-last': 'binds only where the target says that it refuses duplicates',
  'rfc7515/2/b64-trailing-bits': 'binds only where the target says that it refuses them',
  'rfc8725bis/3.13/p2c': 'whoever is caught does not answer, which proves nothing by itself',
  'rfc7521/4.1/reuse-valid': 'only its first request binds, and that is a control',
}

describe('the catalogue', () => {
  test('has 307 rows, each once, 141 of them core', () => {
    expect(new Set(CATALOGUE.map(({ id }) => id)).size).toBe(307)
    expect(CATALOGUE).toHaveLength(307)
    expect(CATALOGUE.filter(({ core }) => core)).toHaveLength(141)
  })

  test('names checks and situations that exist, and says why where it names none', () => {
    const ids = new Set(CHECKS.map(({ id }) => id))
    const situations = new Set([
      ...SCENARIOS.map((each) => (each instanceof URL ? '' : each.name)),
      ...paths('scenarios/*.yaml').map((path) => /^name: (\S+)$/m.exec(textOf(path))?.[1] ?? ''),
    ])
    for (const { id, by } of CATALOGUE) {
      if (by.kind === 'checks')
        expect(
          by.checks.filter((each) => !ids.has(each)),
          id,
        ).toEqual([])
      if (by.kind === 'situations')
        expect(
          by.situations.filter((each) => !situations.has(each)),
          id,
        ).toEqual([])
      if (by.kind === 'nothing') expect(`${by.about} ${by.why}`, id).toMatch(/^\p{Lu}.+[.]$/u)
    }
  })
})

test('the detections that are committed are of the flaws that there are', () => {
  expect(Object.keys(DETECTIONS)).toEqual(FLAWS.map(({ name }) => name))
})

test('every check that binds the embedded reference catches a flaw, or it is known why not', () => {
  const caught = new Set(Object.values(DETECTIONS).flat())
  const asked = askedChecks()
  const dead = CHECKS.filter((each) => binds(each) && asked.has(each.id) && !caught.has(each.id))
  expect(dead.map(({ id }) => id).filter((id) => WITHOUT_A_FLAW[id] === undefined)).toEqual([])
  expect(Object.keys(WITHOUT_A_FLAW).filter((id) => caught.has(id))).toEqual([])
})

function binds({ level, cases }: Check): boolean {
  const may = level === 'may' || level === 'advisory'
  return !may && cases.some(({ expects }) => expects.some(({ deserves }) => deserves !== 'either'))
}

/** Those of which the embedded reference is asked a case, under any profile. */
function askedChecks(): ReadonlySet<string> {
  const { facts } = embedded(seeded('7'))
  const planned = PROFILES.flatMap(
    (profile) => planChecks(CHECKS, [profile], facts, seeded('7')).checks,
  )
  return new Set(planned.filter(({ cases }) => cases.length > 0).map(({ id }) => id))
}
