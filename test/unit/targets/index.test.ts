import { describe, expect, test } from 'vitest'
import { seeded } from '../../../harness/random.ts'
import { embedded, resource } from '../../../targets/embedded.ts'
import { FLAWS, namedTarget, TARGET_NAMES } from '../../../targets/index.ts'

describe('namedTarget', () => {
  test('makes the target of a name, whose facts say that name', async () => {
    for (const name of TARGET_NAMES) {
      const target = await namedTarget(name, seeded('1'))
      expect(target.facts.name).toBe(name)
    }
  })

  test('knows a flawed target for each flaw', () => {
    for (const { name } of FLAWS) expect(TARGET_NAMES).toContain(`flawed:${name}`)
  })

  test('names the nearest name when there is none', async () => {
    await expect(namedTarget('flawed:aud-prefx', seeded('1'))).rejects.toMatchObject({
      code: 'ERR_UNKNOWN_NAME',
      hint: expect.stringContaining('Did you mean flawed:aud-prefix?'),
    })
  })
})

describe('the facts of the embedded targets', () => {
  test('are the same for the same seed, keys included, and no key is anybody else’s', () => {
    const target = embedded(seeded('1'))
    expect(embedded(seeded('1')).keys).toEqual(target.keys)
    expect(embedded(seeded('2')).keys).not.toEqual(target.keys)
    const named = target.facts.principals.flatMap(({ keys }) => keys.map(({ name }) => name))
    expect(Object.keys(target.keys)).toEqual(named)
    const points = Object.values(target.keys).map((key) => JSON.stringify(key, ['x', 'n']))
    expect(new Set(points).size).toBe(named.length)
  })

  test('have keys of four algorithms where cases are presented, one more that is idle where hostile ones are, and one key elsewhere', () => {
    const { facts, keys } = embedded(seeded('1'))
    for (const { usage, roles, keys: own } of facts.principals) {
      const algorithms = own.map(({ algorithm }) => algorithm)
      const asks = roles.includes('honest') || roles.includes('hostile')
      const several = asks && usage !== 'bearer-token'
      const idle = own.filter(({ mark }) => mark === 'idle').map(({ algorithm }) => algorithm)
      expect(algorithms).toEqual([
        ...(several ? ['ES256', 'RS256', 'PS256', 'EdDSA'] : ['ES256']),
        ...idle,
        // The one that comes next, where keys change.
        ...(roles.includes('rotating') ? ['ES256'] : []),
      ])
      expect(idle).toEqual(several && roles.includes('hostile') ? ['ES384'] : [])
      for (const { name, algorithm, kid } of own) {
        expect(keys[name]).toMatchObject({ alg: algorithm, kid })
      }
    }
  })

  test('have one principal in each role that a run needs', () => {
    const { principals, usages } = embedded(seeded('1')).facts
    for (const usage of usages) {
      const roles = principals.filter((one) => one.usage === usage).flatMap((one) => one.roles)
      expect(roles).toEqual(expect.arrayContaining(['honest', 'hostile', 'spare']))
    }
  })

  test('say of the variant that it answers to its token endpoint too', async () => {
    const { facts } = await namedTarget('reference:token-endpoint-audience', seeded('1'))
    expect(facts.audiences).toEqual({
      values: [facts.issuer, facts.endpoints.token],
      complete: true,
    })
  })

  test('of the resource hold bearer tokens only', () => {
    const { facts } = resource(seeded('1'))
    expect(facts).toMatchObject({ kind: 'verifier', usages: ['bearer-token'], nodes: ['node-1'] })
  })
})
