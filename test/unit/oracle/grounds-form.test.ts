/** What documents make of bytes, headers and requests, by which section, and whose word settles what they leave open. */
import { describe, expect, test } from 'vitest'
import type { Defect } from '../../../harness/model/plan.ts'
import { BEARER, ground, GRANT, PROOF, RESOURCEFUL, told, type Given } from './ground-of.ts'

const refused = (spec: string) => told(['reject', 'form', spec, null])
const OPEN = told(['either', 'form', 'RFC 7515 §5.2', null])
const of = (defect: Defect, given: Given = {}) => ground({ defect }, given)

describe('a defect that', () => {
  test.each<readonly [defect: Defect, spec: string]>([
    [{ kind: 'crit-unknown' }, 'RFC 7515 §4.1.11'],
    [{ kind: 'respelt' }, 'RFC 7515 §2, §5.2'],
    [{ kind: 'payload-unencoded' }, 'RFC 7797 §7'],
    [{ kind: 'nested' }, 'RFC 8725 §3.3'],
    [{ kind: 'request', form: 'in-query' }, 'RFC 6749 §3.2; RFC 6750 §2.3'],
    [{ kind: 'request', form: 'client-id-mismatch' }, 'RFC 7521 §4.2'],
    [{ kind: 'claim-type', claim: 'nbf' }, 'RFC 7519 §4.1.5'],
    [{ kind: 'idle-key' }, 'RFC 8725 §3.1'],
  ])('a document settles is refused by it: %o', (defect, spec) => {
    expect(of(defect)).toEqual(refused(spec))
  })

  test.each<readonly [defect: Defect]>([
    [{ kind: 'request' }],
    [{ kind: 'request', form: 7 }],
    [{ kind: 'claim-type', claim: 'exp' }],
    [{ kind: 'claim-type' }],
    [{ kind: 'duplicate-claim' }],
    [{ kind: 'signature-trailing-bits' }],
  ])('no document settles is left open: %o', (defect) => {
    expect(of(defect)).toEqual(OPEN)
  })

  test('shows in the claims is for the rules about those, and other bytes for what is right are right', () => {
    for (const kind of ['claim', 'raw-claim', 'escaped-name', 'payload-spaced']) {
      expect(of({ kind }).deserves).toBe('accept')
    }
  })

  test('is left open is named as it is called', () => {
    expect(of({ kind: 'not-heard-of' })).toEqual(OPEN)
  })

  test('a profile settles is refused under that', () => {
    const twice = { policy: { 'dup.policy': 'reject' } } as const
    expect(of({ kind: 'duplicate-claim' }, twice)).toEqual(refused('RFC 7519 §4'))
    const spare = { policy: { 'b64.trailingBits': 'reject' } } as const
    expect(of({ kind: 'signature-trailing-bits' }, spare)).toEqual(refused('RFC 7515 §2, §5.2'))
  })
})

describe('another type', () => {
  const typed = (given: Given) => of({ kind: 'type' }, given)
  const SPEC = 'RFC 8725 §3.12'

  test('of a client assertion is refused where the profile looks at it', () => {
    for (const rule of ['explicit', 'plain'] as const) {
      expect(typed({ policy: { 'typ.ca': rule } })).toEqual(refused(SPEC))
    }
    for (const rule of ['any', 'open'] as const) {
      expect(typed({ policy: { 'typ.ca': rule } })).toEqual(OPEN)
    }
  })

  test('of a grant is refused where the profile names one', () => {
    const policy = { 'typ.grant': 'oauth-id-jag+jwt' }
    expect(typed({ ...GRANT, policy })).toEqual(refused(SPEC))
    expect(typed(GRANT)).toEqual(OPEN)
    expect(typed({ policy })).toEqual(OPEN)
    // Whatever types clients must have says nothing of grants.
    expect(typed({ ...GRANT, policy: { 'typ.ca': 'explicit' } })).toEqual(OPEN)
  })

  test('of a token or a proof always is', () => {
    expect(typed(BEARER)).toEqual(refused('RFC 9068 §4'))
    expect(typed(PROOF)).toEqual(refused('RFC 9449 §4.3'))
  })
})

describe('what was made for the other use of assertions', () => {
  const other = (issuer: string, given: Given = {}) =>
    ground({ issuer, defect: { kind: 'other-usage' } }, given)
  const SPEC = 'RFC 7523 §3; RFC 8725 §3.12'

  test('is refused of a party of that use alone', () => {
    expect(other('https://idp.example')).toEqual(refused(SPEC))
    expect(other('client-1', GRANT)).toEqual(refused(SPEC))
  })

  test('must not be refused of a party of both, nor of one that nobody knows', () => {
    const { principals } = RESOURCEFUL
    const asClient = { id: 'https://idp.example', subject: 'x', roles: ['honest'] } as const
    const both = {
      ...RESOURCEFUL,
      principals: { ...principals, both: { ...asClient, usage: 'client-authentication' as const } },
    }
    expect(other('https://idp.example', { target: both }).deserves).toBe('either')
    expect(other('https://who.example').deserves).toBe('either')
  })

  test('is no such thing of a token', () => {
    expect(other('client-1', BEARER).deserves).toBe('either')
  })
})
