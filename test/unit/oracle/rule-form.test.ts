import { describe, expect, test } from 'vitest'
import type { Defect, Usage } from '../../../harness/model/plan.ts'
import { deserves } from '../../../harness/oracle/deserving/deserves.ts'
import { policyNamed, SECOND_US, START_US, targetWith, truthAt } from './histories.ts'

const NOW = { lowUs: START_US + SECOND_US, highUs: START_US + 1.01 * SECOND_US }

function ruling(defect: Defect, usage: Usage = 'client-authentication', issuer?: string) {
  const standard = { policy: policyNamed('rfc7523'), target: targetWith(), principal: 'honest' }
  const truth = truthAt(0, { defect, ...(issuer === undefined ? {} : { issuer }) })
  return deserves(truth, usage, standard, NOW)
}

describe('a defect of form', () => {
  test.each<Defect>([
    { kind: 'crit-unknown' },
    { kind: 'b64-false' },
    { kind: 'padded', segment: 'header' },
    { kind: 'payload-text', form: 'utf-16' },
    { kind: 'request', form: 'type-missing' },
    { kind: 'request', form: 'repeated' },
    { kind: 'claim-type', claim: 'nbf' },
  ])('that a document settles is rejected: $kind $form $claim', (defect) => {
    expect(ruling(defect)).toMatchObject({ deserves: 'reject', rule: 'form' })
  })

  test.each<Defect>([
    { kind: 'signature-trailing-bits' },
    { kind: 'header', member: 'typ' },
    { kind: 'claim-type', claim: 'iat' },
    { kind: 'request', form: 'something-new' },
    { kind: 'something-new' },
  ])('that no document settles is left open: $kind $form $claim', (defect) => {
    expect(ruling(defect)).toMatchObject({ deserves: 'either', rule: 'form' })
  })

  test('that is none, such as a space in the claims, takes nothing away', () => {
    expect(ruling({ kind: 'payload-spaced' }).deserves).toBe('accept')
  })
})

describe('an assertion made for the other use', () => {
  test('is rejected where its issuer is known for that use alone', () => {
    const grant = ruling({ kind: 'other-usage' }, 'client-authentication', 'https://idp.example')
    expect(grant).toMatchObject({ deserves: 'reject', rule: 'form' })
  })

  test('is left open where its issuer is nobody known, or a party of both', () => {
    const unknown = ruling({ kind: 'other-usage' }, 'client-authentication', 'https://who.example')
    expect(unknown.deserves).toBe('either')
    expect(ruling({ kind: 'other-usage' }).deserves).toBe('either')
  })
})
