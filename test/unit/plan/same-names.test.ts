/** A stimulus that reads like its control after the change is none: of names without letters, of addresses without TLS. */
import { expect, test } from 'vitest'
import type { TargetFacts } from '../../../harness/model/target.ts'
import { planChecks } from '../../../harness/plan/checks/checks.ts'
import { seeded } from '../../../harness/random.ts'
import { CHECKS } from '../../../suites/index.ts'
import { rfc7523bis } from '../../../suites/profiles/rfc7523bis.ts'
import { EVERYTHING, FACTS } from './facts.ts'

function unsupportedOf(check: string, facts: TargetFacts): Readonly<Record<string, string>> {
  const { checks } = planChecks(CHECKS, [rfc7523bis], facts, seeded('7'))
  return checks.find(({ id }) => id === check)?.unsupported ?? {}
}

test('a name in letters of another size is not asked where it has no letters', () => {
  const numbered = FACTS.principals.map((each) => ({ ...each, id: '42', subject: '42' }))
  const unsupported = unsupportedOf('rfc7521/5.1/iss-compare', { ...FACTS, principals: numbered })
  expect(unsupported['ca:other-case']).toMatch(/read the same/)
  expect(unsupported['ca:slash-added']).toBe(undefined)
})

test('a proof for an address without TLS is right where there is no TLS, and must not be held against anybody', () => {
  const token = 'http://127.0.0.1:8080/token'
  const plain = { ...EVERYTHING, endpoints: { ...EVERYTHING.endpoints, token } }
  expect(unsupportedOf('rfc9449/4.3/htu-other', plain)).toEqual({
    'dp:plain-http': expect.stringMatching(/read the same/),
  })
  expect(unsupportedOf('rfc9449/4.3/htu-other', EVERYTHING)).toEqual({})
})
