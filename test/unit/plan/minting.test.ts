/** The credentials of a stream: what all of them share, who signs, and who stands beside. */
import { describe, expect, test } from 'vitest'
import type { Change } from '../../../harness/model/check.ts'
import type { Usage } from '../../../harness/model/plan.ts'
import type { KeyFacts, TargetFacts } from '../../../harness/model/target.ts'
import {
  besides,
  mintingOf,
  signerFor,
  type Minting,
} from '../../../harness/plan/scenarios/minting.ts'
import { seeded } from '../../../harness/random.ts'
import { idJag } from '../../../suites/profiles/id-jag.ts'
import { rfc7523bis } from '../../../suites/profiles/rfc7523bis.ts'
import { streamOf } from '../oracle/histories.ts'
import { EVERYTHING, FACTS } from './facts.ts'

const CLIENT = 'client-authentication'
const GRANT = 'authorization-grant'

function place(usage: Usage, more: Partial<Minting> = {}): Minting {
  const by = EVERYTHING.principals.find((each) => each.usage === usage)
  if (by === undefined) throw new RangeError(usage)
  const { policy } = idJag
  const stream = streamOf({ usage, lifetimeSeconds: 30 })
  return { stream, by, facts: EVERYTHING, policy, random: seeded('7'), ...more }
}

const minted = (usage: Usage, change?: Change, more: Partial<Minting> = {}) => {
  const source = mintingOf(place(usage, more), change)('stem', false)
  if (source.kind !== 'minted') throw new RangeError('it is minted')
  return { ...source, claims: Object(source.claims) as Record<string, unknown> }
}

describe('a credential of a stream', () => {
  test('is the control of its usage, good for as long as the stream says, under an identifier of its own', () => {
    expect(minted(CLIENT)).toMatchObject({
      usage: CLIENT,
      signer: 'honest-client-authentication-ES256',
      defect: null,
      last: false,
      claims: { iss: 'client-honest', jti: { $jti: 'stem' }, exp: { $now: 30 } },
    })
    expect(minted(CLIENT).claims).not.toHaveProperty('client_id')
  })

  test('has the identifier that its change gives it, or none', () => {
    const jti = (change: Change) => minted(CLIENT, change).claims['jti']
    expect(jti({ set: { jti: { $jti: 'chosen' } }, defect: null })).toEqual({ $jti: 'chosen' })
    expect(jti({ set: { jti: 'plain' }, defect: null })).toBe('plain')
    expect(jti({ drop: ['jti'], defect: { kind: 'jti-absent' } })).toBeUndefined()
  })

  test('names the client that stands beside it where it is a grant and one must', () => {
    expect(minted(GRANT).claims['client_id']).toBe('client-honest')
    expect(minted(GRANT, undefined, { policy: rfc7523bis.policy }).claims).not.toHaveProperty(
      'client_id',
    )
    expect(minted('dpop-proof').claims).not.toHaveProperty('client_id')
  })

  test('that nobody can sign is an error of whoever plans it', () => {
    const change = { algorithm: 'none-such', defect: null }
    expect(() => mintingOf(place(CLIENT), change)).toThrow('nobody signs stream')
  })
})

describe('beside it', () => {
  test('stands a client with a fresh assertion of its own where one must, and else nobody', () => {
    const beside = besides(place(GRANT))
    const [one, other] = [beside('a'), beside('b')]
    expect(Object.keys(one)).toEqual(['client_assertion'])
    expect(one['client_assertion']).toMatchObject({ kind: 'minted', usage: CLIENT, last: true })
    expect(one).not.toEqual(other)
    expect(beside('a')).toEqual(one)
    expect(besides(place(GRANT, { policy: rfc7523bis.policy }))('a')).toEqual({})
    expect(besides(place(CLIENT))('a')).toEqual({})
  })
})

describe('who signs', () => {
  const key = (name: string, algorithm: string, mark?: KeyFacts['mark']): KeyFacts => ({
    name,
    algorithm,
    kid: name,
    ...(mark === undefined ? {} : { mark }),
  })
  const [by, , spare] = FACTS.principals
  const keys = [key('idle', 'ES256', 'idle'), key('first', 'ES256'), key('second', 'RS256')]
  const signed = (change?: Change, facts: TargetFacts = FACTS) => {
    if (by === undefined) throw new RangeError('there is one')
    const found = signerFor({ ...by, keys }, change, facts)
    return found === null ? null : [found.signer.name, found.key.name]
  }

  test('is the party with its first key that is for signing with, or the one that is asked for', () => {
    expect(signed()).toEqual(['honest', 'first'])
    expect(signed({ algorithm: 'RS256', defect: null })).toEqual(['honest', 'second'])
    expect(signed({ key: 'idle', defect: null })).toEqual(['honest', 'idle'])
    expect(signed({ key: 'idle', algorithm: 'RS256', defect: null })).toBeNull()
  })

  test('is another party where a change says so, and nobody without one', () => {
    const foreign: Change = { signedBy: 'another-registered-party', defect: null }
    expect(signed(foreign)).toEqual([spare?.name, 'spare-key'])
    expect(signed(foreign, { ...FACTS, principals: FACTS.principals.slice(0, 1) })).toBeNull()
  })
})
