/** The ways of each kind of variation, and of whose credential it makes no difference: each by its exact outcome. */
import { describe, expect, test } from 'vitest'
import type { Json, Usage } from '../../../harness/model/plan.ts'
import type { Policy } from '../../../harness/model/policy.ts'
import type { Variation } from '../../../harness/model/property.ts'
import type { KeyFacts } from '../../../harness/model/target.ts'
import { varied, type Varying } from '../../../harness/plan/properties/ways.ts'
import { rfc7523bis } from '../../../suites/profiles/rfc7523bis.ts'
import { FACTS } from './facts.ts'

const CLIENT = 'client-authentication'
const GRANT = 'authorization-grant'

function varying(more: Partial<Varying> = {}): Varying {
  const [by] = FACTS.principals
  if (by === undefined) throw new RangeError('there is one')
  const { policy } = rfc7523bis
  return { usage: CLIENT, by, policy, supports: [], claims: { aud: 'x' }, ...more }
}

/** The ways of one variation; null where it is none of this credential. */
function ways(variation: object, more: Partial<Varying> = {}): readonly Json[] | null {
  const [found] = varied([variation as Variation], varying(more))
  return found?.others ?? null
}

const policy = (more: Partial<Policy>): Partial<Varying> => ({
  policy: { ...rfc7523bis.policy, ...more },
})

describe('the ways of a variation', () => {
  test.each<[string, object, readonly Json[]]>([
    ['that lists them are those', { kind: 'indent', others: [' ', '\t'] }, [' ', '\t']],
    ['of order are told by their names', { kind: 'order', ways: ['sorted'] }, ['sorted']],
    ['of length is the most', { kind: 'length', most: 9 }, [9]],
    ['of a list is one of the control’s audience', { kind: 'audience-list' }, [['x']]],
    [
      'of a named character set is that there is one',
      { kind: 'charset', usages: [CLIENT] },
      [true],
    ],
    [
      'of the order of parameters is another one',
      { kind: 'parameter-order', usages: [CLIENT] },
      [[1, 2, 3]],
    ],
    ['of claims that nobody knows are drawn', { kind: 'unknown-claims', most: 3 }, []],
    [
      'of parameters that nobody knows, too',
      { kind: 'unknown-parameters', most: 3, usages: [CLIENT] },
      [],
    ],
  ])('%s', (_, variation, others) => {
    expect(ways(variation)).toEqual(others)
  })

  test('of a list where the control has no audience is one of nothing', () => {
    expect(ways({ kind: 'audience-list' }, { claims: {} })).toEqual([[null]])
  })

  test('of algorithm are the further keys that its party is registered with and its profile allows', () => {
    const key = (algorithm: string, mark?: KeyFacts['mark']): KeyFacts => ({
      name: algorithm,
      algorithm,
      kid: algorithm,
      ...(mark === undefined ? {} : { mark }),
    })
    const keys = [key('HS256', 'weak'), key('ES256'), key('RS256'), key('PS256')]
    const by = { ...varying().by, keys }
    const of = (allow: Policy['alg.allow']) =>
      ways({ kind: 'algorithm' }, { by, ...policy({ 'alg.allow': allow }) })
    expect(of(['ES256', 'RS256'])).toEqual(['RS256'])
    expect(of(['PS256'])).toEqual(['PS256'])
    expect(of('any' as Policy['alg.allow'])).toEqual(['RS256', 'PS256'])
  })
})

describe('a variation makes no difference', () => {
  test('to the usages that it is for', () => {
    const charset = { kind: 'charset', usages: [GRANT] }
    expect(ways(charset)).toBeNull()
    expect(ways(charset, { usage: GRANT })).toEqual([true])
  })

  test('to a party of one key, where nothing else could choose one', () => {
    const nameless = { kind: 'header', name: 'kid', others: [null], needs: 'one-key' }
    expect(ways(nameless)).toEqual([null])
    const [key] = varying().by.keys
    const keys = key === undefined ? [] : [key, { ...key, name: 'second' }]
    expect(ways(nameless, { by: { ...varying().by, keys } })).toBeNull()
    expect(ways({ ...nameless, needs: undefined }, { by: { ...varying().by, keys } })).toEqual([
      null,
    ])
  })

  test('as a list of audiences, where one alone may stand in it', () => {
    const list = (usage: Usage, shapes: Partial<Policy>) =>
      ways({ kind: 'audience-list' }, { usage, ...policy(shapes) }) !== null
    const shaped = (ca: string, grant: string) =>
      ({ 'aud.ca.shape': ca, 'aud.grant.shape': grant }) as Partial<Policy>
    for (const open of ['any', 'string-or-one']) {
      expect(list(CLIENT, shaped(open, 'string'))).toBe(true)
      expect(list(GRANT, shaped('string', open))).toBe(true)
    }
    expect(list(CLIENT, shaped('string', 'any'))).toBe(false)
    expect(list(GRANT, shaped('any', 'string'))).toBe(false)
    expect(list('bearer-token', shaped('string', 'string'))).toBe(true)
  })

  test('in the header of a client only where any type, or one of its own, is right', () => {
    const typed = (type: string) =>
      ways(
        { kind: 'header', name: 'x', others: [1] },
        policy({ 'typ.ca': type } as Partial<Policy>),
      )
    expect([typed('any'), typed('explicit'), typed('none')]).toEqual([[1], [1], null])
    // A proof has its own type already, and may have further members.
    expect(ways({ kind: 'header', name: 'x', others: [1] }, { usage: 'dpop-proof' })).toEqual([1])
  })
})
