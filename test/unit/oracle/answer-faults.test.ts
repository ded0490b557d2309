import { describe, expect, test } from 'vitest'
import type { Answer, Metadata, Truth } from '../../../harness/model/history.ts'
import type { Expectation } from '../../../harness/model/plan.ts'
import type { Policy } from '../../../harness/model/policy.ts'
import { faultOf, furtherFormFaults } from '../../../harness/oracle/answers/answer-faults.ts'
import type { Sighting } from '../../../harness/oracle/sighting.ts'
import { exhibit } from './exhibits.ts'
import {
  asked,
  granted,
  ISSUER,
  LOST,
  policyNamed,
  presented,
  reply,
  SECOND_US,
  START_US,
  targetWith,
  truthAt,
} from './histories.ts'
import { CASE, AFTER, BEFORE, row, stimulus, told, type Given } from './one-check.ts'

type Reply = Extract<Answer, { kind: 'reply' }>

function judgedOf(answer: Answer, faults: Expectation['faults'], given: Given = {}) {
  const expects = [row('accept', faults === undefined ? {} : { faults })]
  const { result, convictions } = told([BEFORE, stimulus(answer, {}), AFTER], { expects, ...given })
  return { verdict: result?.verdict, because: result?.because, convictions }
}

function issuing(
  issued: Partial<NonNullable<Reply['issued']>>,
  headers: Reply['headers'] = {},
): Answer {
  const plain = { type: 'Bearer', expiresSeconds: 60, scope: null, refresh: false }
  return { ...granted(), headers, issued: { ...plain, ...issued } }
}

/** One answer, at 3 s, to an assertion that ends at 60 s. */
function seen(answer: Answer, truth = truthAt(0)): Sighting {
  const presentation = presented(truth)
  const answeredUs = START_US + 3 * SECOND_US
  const observation = asked({ step: `checks/r0/${CASE}/ask`, at: 2, answer, answeredUs })
  return { ...exhibit(2), presentation, observation }
}

const AROUND = {
  policy: policyNamed('rfc7523bis'),
  target: targetWith(),
  controls: { id: 'ca-1', before: null, between: [], after: null, afters: [] },
}

/** Asks one answer for the faults of a row; names the one that is found. */
function faultFound(faults: Expectation['faults'] & object) {
  return (answer: Answer, truth?: Truth): string | null =>
    faultOf(row('accept', { faults }), seen(answer, truth), AROUND)?.fault ?? null
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

  test('outlives it by what is left of the assertion when the answer came', () => {
    const faults = { 'outlives-assertion': 'tokens/outlives-assertion' }
    const at = faultFound(faults)
    // It is answered at 3 s and ends at 60 s: 57 s are left.
    expect(at(issuing({ expiresSeconds: 3_657 }))).toBeNull()
    expect(at(issuing({ expiresSeconds: 3_658 }))).toBe('outlives-assertion')
    const endless = truthAt(2, { expUs: null })
    expect(at(issuing({ expiresSeconds: 99_999_999 }), endless)).toBeNull()
  })

  test('is unpragmatic where no part of a header forbids to keep it', () => {
    const faults = { 'pragma-missing': 'answers/not-in-form' }
    expect(judgedOf(issuing({}), faults, { level: 'should' }).verdict).toBe('non-strict')
    expect(judgedOf(issuing({}), undefined).verdict).toBe('pass')
    const missing = (pragma: string): boolean =>
      faultFound(faults)(issuing({}, { pragma })) !== null
    for (const forbids of ['no-cache', 'No-Cache', 'x, no-cache', 'x,no-cache ,y']) {
      expect([forbids, missing(forbids)]).toEqual([forbids, false])
    }
    for (const other of ['', 'no-store', 'xno-cache', 'no-cachex', 'no-cache=x']) {
      expect([other, missing(other)]).toEqual([other, true])
    }
    expect(faultFound(faults)(reply(401))).toBeNull()
  })

  test('is not bound where a proof was given and the token is of another type', () => {
    const at = faultFound({ 'not-bound': 'tokens/not-bound' })
    expect(at(issuing({ type: 'Bearer' }))).toBe('not-bound')
    expect(at(issuing({ type: null }))).toBe('not-bound')
    expect(at(issuing({ type: 'DPoP' }))).toBeNull()
    expect(at(issuing({ type: 'dpop' }))).toBeNull()
    expect(at(reply(401))).toBeNull()
  })

  test('is 401 where a row asks for that alone', () => {
    const at = faultFound({ 'not-401': 'answers/not-in-form' })
    expect(at(reply(401))).toBeNull()
    expect(at(reply(400))).toBe('not-401')
  })

  test('must not be found in what never came', () => {
    expect(faultFound({ 'not-401': 'answers/not-in-form' })(LOST)).toBeNull()
  })

  test('is told in words of its own, or by its name', () => {
    const words = (fault: string): string | undefined => {
      const answer = reply(200, { form: [fault] })
      return faultOf(row('accept', { faults: { [fault]: 'x/y' } }), seen(answer), AROUND)?.because
    }
    expect(words('no-store-missing')).toBe('nothing forbids caches to store the token')
    expect(words('of-another-kind')).toBe('the answer is not in form: of-another-kind')
  })
})

describe('what a profile makes of the form of an answer', () => {
  const further = (answer: Answer, more: Partial<Policy> = {}, given: Partial<Expectation> = {}) =>
    furtherFormFaults(row('accept', given), seen(answer), { ...AROUND.policy, ...more })

  test('is a status that it does not have for a refusal of a client, named once', () => {
    const only401 = { 'err.ca.status': [401] }
    expect(further(reply(400), only401)).toEqual(['status 400'])
    expect(further(reply(499), only401)).toEqual(['status 499'])
    expect(further(reply(401), only401)).toEqual([])
    expect(further(reply(400, { form: ['status'] }), only401)).toEqual([])
    expect(further(reply(400), only401, { statuses: [400] })).toEqual([])
    expect(further(reply(401), only401, { statuses: [400] })).toEqual(['status 401'])
  })

  test('must not be the status of what is no refusal, or of a credential that is no client’s', () => {
    const only401 = { 'err.ca.status': [401] }
    for (const answer of [reply(200), reply(399), reply(500), LOST]) {
      expect(further(answer, only401)).toEqual([])
    }
    const grant = {
      ...seen(reply(400)),
      presentation: presented(truthAt(2), { usage: 'authorization-grant' }),
    }
    expect(furtherFormFaults(row('accept'), grant, { ...AROUND.policy, ...only401 })).toEqual([])
  })

  test('is nothing about the status where a history is older than the parameter', () => {
    const { 'err.ca.status': _, ...older } = AROUND.policy
    expect(furtherFormFaults(row('reject'), seen(reply(403)), older as Policy)).toEqual([])
  })

  test('is a missing pragma only where it requires one, of an answer with a token', () => {
    const required = { 'hdr.pragma': 'required' } as const
    expect(further(issuing({}), required)).toEqual(['pragma-missing'])
    expect(further(issuing({}, { pragma: 'no-cache' }), required)).toEqual([])
    expect(further(reply(401), required)).toEqual([])
    expect(further(issuing({}), { 'hdr.pragma': 'open' })).toEqual([])
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

  test('offers the profile of a grant where it offers the grant among others', () => {
    const grantProfiles = ['urn:ietf:params:oauth:grant-profile:id-jag', 'urn:example:other']
    const grantTypes = ['urn:ietf:params:oauth:grant-type:jwt-bearer', 'client_credentials']
    expect(
      faulty({ grantProfiles, grantTypes: ['client_credentials'] }, 'grant-unadvertised'),
    ).toBe(true)
    expect(faulty({ grantProfiles, grantTypes }, 'grant-unadvertised')).toBe(false)
    expect(faulty({ grantProfiles: ['urn:example:other'] }, 'grant-unadvertised')).toBe(false)
  })

  test('need not offer the algorithm of what was not accepted', () => {
    const answer: Answer = { ...reply(200), metadata: { ...RIGHT, authAlgorithms: ['RS256'] } }
    const faults = { 'algorithm-unadvertised': 'metadata/algorithm-unadvertised' }
    expect(faultFound(faults)(answer)).toBeNull()
    const accepted = { ...seen(granted()), outcome: 'accepted' } as const
    const withBefore = (before: Sighting) =>
      faultOf(row('accept', { faults }), seen(answer), {
        ...AROUND,
        controls: { ...AROUND.controls, before },
      })
    expect(withBefore(accepted)?.fault).toBe('algorithm-unadvertised')
    expect(withBefore({ ...accepted, outcome: 'rejected' })).toBeNull()
  })

  test('need not list algorithms where no assertion is offered', () => {
    const secrets = { authMethods: ['client_secret_basic'], authAlgorithms: null }
    expect(faulty(secrets, 'algorithms-absent')).toBe(false)
  })
})
