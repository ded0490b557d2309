import { describe, expect, test } from 'vitest'
import type { Answer, Metadata } from '../../../harness/model/history.ts'
import type { Expectation } from '../../../harness/model/plan.ts'
import { granted, ISSUER, reply } from './histories.ts'
import { AFTER, BEFORE, row, stimulus, told, type Given } from './one-check.ts'

type Reply = Extract<Answer, { kind: 'reply' }>

function judgedOf(answer: Answer, faults: Expectation['faults'], given: Given = {}) {
  const expects = [row('accept', faults === undefined ? {} : { faults })]
  const { result, convictions } = told([BEFORE, stimulus(answer, {}), AFTER], { expects, ...given })
  return { verdict: result?.verdict, because: result?.because, convictions }
}

function issuing(issued: Partial<NonNullable<Reply['issued']>>): Answer {
  const plain = { type: 'Bearer', expiresSeconds: 60, scope: null, refresh: false }
  return { ...granted(), issued: { ...plain, ...issued } }
}

const FAULTS = { 'refresh-token': 'tokens/refresh-issued' }

describe('an answer that is right in substance', () => {
  test('violates a row that names what is wrong with it, at the level of its check', () => {
    const answer = issuing({ refresh: true })
    expect(judgedOf(answer, FAULTS, { level: 'must' }).convictions).toMatchObject([
      { finding: 'tokens/refresh-issued', obliges: true },
    ])
    expect(judgedOf(answer, FAULTS, { level: 'should' }).verdict).toBe('non-strict')
    expect(judgedOf(answer, FAULTS, { level: 'advisory' })).toMatchObject({
      verdict: 'informational',
      convictions: [],
    })
  })

  test('is right where no row speaks of it', () => {
    expect(judgedOf(issuing({ refresh: true }), undefined).verdict).toBe('pass')
    expect(judgedOf(issuing({}), FAULTS).verdict).toBe('pass')
  })

  test('is not asked for its form when its substance is wrong', () => {
    const { because } = judgedOf(reply(400, { code: 'invalid_client' }), FAULTS)
    expect(because).not.toContain('refresh')
  })

  test('outlives its assertion by more than an hour or not at all', () => {
    const faults = { 'outlives-assertion': 'tokens/outlives-assertion' }
    const within = (expiresSeconds: number | null) =>
      judgedOf(issuing({ expiresSeconds }), faults).verdict
    expect(within(3_500)).toBe('pass')
    expect(within(null)).toBe('pass')
    expect(within(3_800)).toBe('fail')
  })

  test('is unpragmatic where the profile cares', () => {
    const faults = { 'pragma-missing': 'answers/not-in-form' }
    expect(judgedOf(issuing({}), faults, { level: 'should' }).verdict).toBe('non-strict')
    expect(judgedOf(issuing({}), undefined).verdict).toBe('pass')
  })
})

describe('what a target publishes', () => {
  const RIGHT: Metadata = {
    issuer: ISSUER,
    authMethods: ['private_key_jwt'],
    authAlgorithms: ['ES256', 'RS256'],
    grantTypes: null,
    grantProfiles: null,
  }
  const faulty = (metadata: Partial<Metadata>, fault: string): boolean => {
    const answer: Answer = { ...reply(200, {}), metadata: { ...RIGHT, ...metadata }, token: 'tag' }
    const { verdict } = judgedOf(answer, { [fault]: 'metadata/issuer-differs' })
    return verdict === 'fail'
  }

  test.each<[string, Partial<Metadata>]>([
    ['issuer-differs', { issuer: `${ISSUER}/` }],
    ['issuer-differs', { issuer: null }],
    ['issuer-form', { issuer: `${ISSUER}?tenant=1` }],
    ['algorithms-absent', { authAlgorithms: null }],
    ['algorithms-none', { authAlgorithms: ['ES256', 'None'] }],
    ['algorithms-without-rs256', { authAlgorithms: ['ES256'] }],
    ['algorithm-unadvertised', { authAlgorithms: ['RS256'] }],
    ['asymmetric-unadvertised', { authMethods: ['client_secret_basic'] }],
    ['asymmetric-unadvertised', { authMethods: null }],
    ['grant-unadvertised', { grantProfiles: ['urn:ietf:params:oauth:grant-profile:id-jag'] }],
  ])('has the fault %s', (fault, metadata) => {
    expect(faulty(metadata, fault)).toBe(true)
    expect(faulty({}, fault)).toBe(false)
  })

  test('need not list algorithms where no assertion is offered', () => {
    const secrets = { authMethods: ['client_secret_basic'], authAlgorithms: null }
    expect(faulty(secrets, 'algorithms-absent')).toBe(false)
  })
})
