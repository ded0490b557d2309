/** Tokens that are tried: who asks about them, where, and when. */
import { describe, expect, test } from 'vitest'
import type { Stream } from '../../../harness/model/scenario.ts'
import { streamOf } from '../../../harness/plan/scenarios/stream.ts'
import { isTried, withTries } from '../../../harness/plan/scenarios/trying.ts'
import { seeded } from '../../../harness/random.ts'
import { rfc7523bis } from '../../../suites/profiles/rfc7523bis.ts'
import { FACTS } from './facts.ts'

const STREAM: Stream = {
  name: 'some',
  attack: null,
  usage: 'client-authentication',
  by: 'hostile',
  arrivals: { kind: 'in-turn', count: 2 },
  copies: 2,
  release: 'in-turn',
  gapSeconds: 0,
  nodes: 'rotate',
  lifetimeSeconds: 60,
  tries: true,
}
const CONTEXT = { scenario: 's', policy: rfc7523bis.policy, facts: FACTS, random: seeded('7') }

describe('a stream whose tokens are tried', () => {
  const steps = () => [...streamOf(STREAM, CONTEXT)]

  test('has the trial of a token after each copy, which the next copy waits for', () => {
    const awaited = steps().map(({ due }) =>
      'after' in due ? due.after.replace('s/r0/some/', '') : null,
    )
    expect(awaited).toEqual([
      null,
      '0/c0',
      '0/c0/token',
      '0/c1',
      '0/c1',
      '1/c0',
      '1/c0/token',
      '1/c1',
    ])
    expect(steps().map(({ name }) => name.replace('s/r0/some/', ''))).toEqual(
      ['0', '1'].flatMap((at) => [`${at}/c0`, `${at}/c0/token`, `${at}/c1`, `${at}/c1/token`]),
    )
    expect(streamOf(STREAM, CONTEXT)).toHaveLength(8)
  })

  test('asks the introspection endpoint about the token as the client that got it, freshly', () => {
    const [copy, trial] = steps()
    expect(trial).toMatchObject({
      endpoint: 'introspection',
      due: { after: copy?.name, plusUs: 0 },
      caseId: copy?.caseId,
      parts: {
        client_assertion: { kind: 'minted', signer: 'hostile-key' },
        token: {
          kind: 'taken',
          step: copy?.name,
          what: 'access-token',
          tells: 'client_assertion',
        },
      },
    })
    const named = steps().flatMap(({ parts: { client_assertion: source } }) =>
      source?.kind === 'minted' ? JSON.stringify(Object(source.claims)['jti']) : [],
    )
    expect(new Set(named).size).toBe(2 + 4)
  })

  test('leaves half a second to whoever revokes what a replay was given', () => {
    const [, , second, trial] = steps()
    expect(trial?.due).toEqual({ after: second?.name, plusUs: 500_000 })
  })

  test('uses the token where there is a resource and no introspection', () => {
    const { token = '' } = FACTS.endpoints
    const facts = { ...FACTS, endpoints: { token, resource: 'https://api.example/' } }
    const [, trial] = streamOf(STREAM, { ...CONTEXT, facts })
    expect(trial).toMatchObject({
      endpoint: 'resource',
      parts: { authorization: { kind: 'taken' } },
    })
    expect(Object.keys(trial?.parts ?? {})).toEqual(['authorization'])
  })

  test('is the same as any other where there is nowhere to try them, and the judge is told so', () => {
    const { token = '' } = FACTS.endpoints
    const facts = { ...FACTS, endpoints: { token } }
    expect([...streamOf(STREAM, { ...CONTEXT, facts })]).toHaveLength(4)
    expect(withTries(STREAM, facts)).not.toHaveProperty('tries')
    expect(withTries(STREAM, FACTS)).toBe(STREAM)
    const { tries: _, ...untried } = STREAM
    expect(withTries(untried, facts)).toBe(untried)
    expect(isTried(STREAM, FACTS)).toBe(true)
    expect([isTried(STREAM, facts), isTried(untried, FACTS)]).toEqual([false, false])
  })
})
