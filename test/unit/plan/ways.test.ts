/** Which variations make no difference to whom: what a profile has otherwise is no variation of what is right under it. */
import { describe, expect, test } from 'vitest'
import type { Usage } from '../../../harness/model/plan.ts'
import type { Support } from '../../../harness/model/policy.ts'
import { varied } from '../../../harness/plan/properties/ways.ts'
import { assertions } from '../../../suites/properties/assertions.ts'
import { combinations } from '../../../suites/properties/combinations.ts'
import { PROFILES } from '../../../suites/profiles/index.ts'
import { EVERYTHING } from './facts.ts'

const VARIATIONS = [...assertions.variations, ...combinations.variations]

/** The names of what may differ in header or claims, besides claims that nobody knows. */
function varies(usage: Usage, profile: string, supports: readonly Support[] = []) {
  const policy = PROFILES.find(({ name }) => name === profile)?.policy
  const by = EVERYTHING.principals.find((each) => each.usage === usage)
  if (policy === undefined || by === undefined) throw new Error(`nobody for ${usage}`)
  const named = varied(VARIATIONS, { usage, by, policy, supports, claims: {} }).flatMap(
    ({ variation, others }) =>
      variation.kind === 'claim' || variation.kind === 'header'
        ? [`${variation.kind} ${variation.name}${others.includes(null) ? ' left out' : ''}`]
        : [],
  )
  return [...new Set(named)].toSorted()
}

const CA = 'client-authentication'
const JG = 'authorization-grant'
const V = 'bearer-token'

describe('what may differ', () => {
  test('is much where documents leave it open', () => {
    const open = [
      'claim cupel_unknown',
      'claim exp',
      'claim iat left out',
      'claim nbf',
      'header cupel_unknown',
      'header typ',
    ]
    expect(varies(CA, 'rfc7523bis')).toEqual(open)
    expect(varies(JG, 'rfc7523bis')).toEqual(open)
  })

  test('must not be the type or a member of the header of a JWT-SVID (JWT-SVID §2)', () => {
    expect(varies(CA, 'spiffe').filter((each) => each.startsWith('header'))).toEqual([])
    expect(varies(V, 'rfc7523bis', ['spiffe']).filter((each) => each.startsWith('header'))).toEqual(
      [],
    )
    expect(varies(V, 'rfc7523bis')).toContain('header cupel_unknown')
  })

  test('must not be the type or the time of issue of an identity assertion (ID-JAG §3.1)', () => {
    const named = varies(JG, 'id-jag')
    expect(named).not.toContain('header typ')
    expect(named).not.toContain('claim iat left out')
    expect(named).toContain('header cupel_unknown')
    expect(varies(CA, 'id-jag')).toEqual(varies(CA, 'rfc7523bis'))
  })

  test('must not be what any profile forbids, of a server that is only observed', () => {
    expect(varies(CA, 'observe').filter((each) => each.startsWith('header'))).toEqual([])
    expect(varies(JG, 'observe')).not.toContain('claim iat left out')
  })
})
