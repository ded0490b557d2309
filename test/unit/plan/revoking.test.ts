/** Tokens that are revoked: where they are tried before and after, by whom, and when. */
import { describe, expect, test } from 'vitest'
import type { Stream } from '../../../harness/model/scenario.ts'
import { lacksFor, streamOf } from '../../../harness/plan/scenarios/stream.ts'
import { seeded } from '../../../harness/random.ts'
import { rfc7523bis } from '../../../suites/profiles/rfc7523bis.ts'
import { FACTS } from './facts.ts'

const STREAM: Stream = {
  name: 'some',
  attack: null,
  usage: 'client-authentication',
  by: 'hostile',
  arrivals: { kind: 'even', perSecond: 1, startSeconds: 0, endSeconds: 2 },
  copies: 1,
  release: 'in-turn',
  gapSeconds: 0,
  nodes: 'rotate',
  lifetimeSeconds: 60,
  revokes: { tries: 2, everySeconds: 0.5 },
}
const FEW = { ...FACTS, nodes: ['n1', 'n2'] }
const CONTEXT = { scenario: 's', policy: rfc7523bis.policy, facts: FEW, random: seeded('7') }

describe('a stream whose tokens are revoked', () => {
  const steps = [...streamOf(STREAM, CONTEXT)]
  const short = (name: string): string => name.replace('s/r0/some/', '')

  test('tries each at every node, revokes it where it came from, and tries it again at each in turn', () => {
    const second = steps
      .slice(8)
      .map(({ name, node, endpoint, due }) => [
        short(name),
        node,
        endpoint,
        'after' in due ? `${short(due.after)} + ${due.plusUs / 1e6}` : due.atUs / 1e6,
      ])
    expect(second).toEqual([
      ['1/c0', 'n2', 'token', 1],
      ['1/c0/before-1', 'n1', 'introspection', '1/c0 + 0'],
      ['1/c0/before-2', 'n2', 'introspection', '1/c0/before-1 + 0'],
      ['1/c0/revoked', 'n2', 'revocation', '1/c0/before-2 + 0'],
      ['1/c0/after-1-1', 'n1', 'introspection', '1/c0/revoked + 0'],
      ['1/c0/after-2-1', 'n2', 'introspection', '1/c0/revoked + 0'],
      ['1/c0/after-1-2', 'n1', 'introspection', '1/c0/after-1-1 + 0.5'],
      ['1/c0/after-2-2', 'n2', 'introspection', '1/c0/after-2-1 + 0.5'],
    ])
    expect(streamOf(STREAM, CONTEXT)).toHaveLength(16)
    expect(steps).toHaveLength(16)
  })

  test('asks each time as the client that got it, with an assertion of its own, and follows the token', () => {
    const [copy, ...later] = steps.slice(0, 8)
    for (const step of later) {
      expect(step).toMatchObject({
        caseId: 's/some/0',
        principal: copy?.principal,
        parts: {
          client_assertion: { kind: 'minted', signer: 'hostile-key', last: true },
          token: { kind: 'taken', step: copy?.name, what: 'access-token', follows: true },
        },
      })
    }
    const identifiers = steps.flatMap(({ parts: { client_assertion: source } }) =>
      source?.kind === 'minted' ? JSON.stringify(Object(source.claims)['jti']) : [],
    )
    expect(new Set(identifiers).size).toBe(16)
  })

  test('tries them in both ways where there is a resource as well', () => {
    const facts = { ...FEW, endpoints: { ...FACTS.endpoints, resource: 'https://api.example/' } }
    const both = streamOf(STREAM, { ...CONTEXT, facts })
    expect([...both].slice(1, 5).map(({ node, endpoint }) => [node, endpoint])).toEqual([
      ['n1', 'introspection'],
      ['n1', 'resource'],
      ['n2', 'introspection'],
      ['n2', 'resource'],
    ])
    expect(both).toHaveLength(2 * (2 + 4 * 3))
    expect([...both]).toHaveLength(2 * (2 + 4 * 3))
  })

  test('uses them where there is a resource and no introspection, with nothing beside them', () => {
    const { introspection: _, ...endpoints } = FACTS.endpoints
    const facts = { ...FEW, endpoints: { ...endpoints, resource: 'https://api.example/' } }
    const tries = [...streamOf(STREAM, { ...CONTEXT, facts })].filter(
      ({ endpoint }) => endpoint === 'resource',
    )
    expect(tries).toHaveLength(2 * 2 * 3)
    for (const { parts } of tries) expect(Object.keys(parts)).toEqual(['authorization'])
  })

  test('goes wherever it is sent where no node has a name', () => {
    const nameless = [...streamOf(STREAM, { ...CONTEXT, facts: { ...FACTS, nodes: [] } })]
    expect(nameless).toHaveLength(2 * 5)
    expect(new Set(nameless.map(({ node }) => node))).toEqual(new Set([null]))
    expect(streamOf(STREAM, { ...CONTEXT, facts: { ...FACTS, nodes: [] } })).toHaveLength(10)
  })

  test('cannot be sent where nothing can be revoked, or tried, and the reason is told', () => {
    const { introspection, ...others } = FACTS.endpoints
    const revocation = 'https://as.example/revoke'
    const lacking = (endpoints: object) => lacksFor(STREAM, { ...FACTS, endpoints })
    expect(lacking({ ...others, introspection })).toBe(
      'needs a revocation endpoint (endpoints.revocation in the target file)',
    )
    expect(lacking({ ...others, revocation })).toBe(
      'needs somewhere to try a token (endpoints.introspection or endpoints.resource in the target file)',
    )
    expect(lacking({ ...others, introspection, revocation })).toBeNull()
    const { revokes: __, ...plain } = STREAM
    expect(lacksFor(plain, { ...FACTS, endpoints: others })).toBeNull()
  })
})
