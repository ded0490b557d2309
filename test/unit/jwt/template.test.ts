import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resolve } from '../../../harness/jwt/template.ts'
import type { Json } from '../../../harness/model/plan.ts'

const MOMENT = { atUs: 1_700_000_000_999_999, runId: 'ABCDEFGHIJKLMNOPQRSTUV' }

describe('claims from their template', () => {
  test('count from the whole second of sending, and end a jti with the run id', () => {
    const template = {
      iss: 'client-1',
      exp: { $now: 60 },
      nbf: { $now: -0.5 },
      jti: { $jti: 'case-7-' },
      act: [{ deep: { $now: 0 } }],
    }
    expect(resolve(template, MOMENT)).toEqual({
      iss: 'client-1',
      exp: 1_700_000_060,
      nbf: 1_699_999_999.5,
      jti: 'case-7-ABCDEFGHIJKLMNOPQRSTUV',
      act: [{ deep: 1_700_000_000 }],
    })
  })

  test.each<[string, Json]>([
    ['seconds that are no number', { exp: { $now: '60' } }],
    ['a text that is none', { jti: { $jti: 7 } }],
    ['company', { exp: { $now: 60, or: 61 } }],
    ['a planner that forgot it', { aud: { $audience: 'issuer' } }],
  ])('are refused for a marker with %s', (_, template) => {
    expect(() => resolve(template, MOMENT)).toThrow(RangeError)
  })

  test('are the template itself where it has no marker', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const template: Json = JSON.parse(JSON.stringify(value))
        expect(JSON.stringify(resolve(template, MOMENT))).toBe(JSON.stringify(template))
      }),
    )
  })
})
