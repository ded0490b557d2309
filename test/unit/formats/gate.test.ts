import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CupelError } from '../../../harness/errors.ts'
import { parseGate } from '../../../harness/formats/gate.ts'
import type { Gate } from '../../../harness/model/scenario.ts'
import { gateText } from '../../../reports/gate-text.ts'

const FAR: Gate = { metric: 'far', attack: null, phase: null, frame: 'world', below: 1e-3 }

function wrong(text: string): { readonly message: string; readonly hint: string | undefined } {
  try {
    parseGate(text)
  } catch (error) {
    if (error instanceof CupelError && error.code === 'ERR_CONFIG_INVALID') return error
    throw error
  }
  throw new Error(`${text} was taken`)
}

describe('a gate in one line', () => {
  test.each([
    ['far < 1e-3', FAR],
    ['far<0.001', FAR],
    ['  far  <  .1  % ', FAR],
    ['world far < 1E-3', FAR],
    ['code far < 1e-4', { ...FAR, frame: 'code', below: 1e-4 }],
    ['far[replay] < 1e-3', { ...FAR, attack: 'replay' }],
    ['frr@during < 5 %', { ...FAR, metric: 'frr', phase: 'during', below: 0.05 }],
    [
      'code unavailability [ wrong-audience ] @ after < 50%',
      {
        metric: 'unavailability',
        attack: 'wrong-audience',
        phase: 'after',
        frame: 'code',
        below: 0.5,
      },
    ],
  ])('%j', (text, gate) => {
    expect(parseGate(text)).toEqual(gate)
  })
  test('is read back from how it is told', () => {
    const gates = fc.record({
      metric: fc.constantFrom('far', 'frr', 'unavailability'),
      attack: fc.option(fc.constantFrom('replay', 'wrong-audience', 'ended-2-s-ago')),
      phase: fc.option(fc.constantFrom('steady', 'before', 'during', 'after')),
      frame: fc.constantFrom('world', 'code'),
      below: fc.double({ min: 1e-9, max: 0.999, noNaN: true }),
    }) as fc.Arbitrary<Gate>
    fc.assert(
      fc.property(gates, (gate) => {
        expect(parseGate(gateText(gate))).toEqual(gate)
      }),
    )
  })
})

describe('a gate that is none', () => {
  test.each([
    ['', 'expected a rate (far, frr, unavailability) at column 1, found nothing'],
    ['fra < 1e-3', 'expected a rate (far, frr, unavailability) at column 1, found "fra"'],
    ['faraway < 1e-3', 'at column 1, found "faraway"'],
    ['code < 1', 'expected a rate (far, frr, unavailability) at column 6, found "<"'],
    ['far', 'expected [class], @phase or < at column 4, found nothing'],
    ['far > 1e-3', 'expected [class], @phase or < at column 5, found ">"'],
    ['far <= 1e-3', 'expected a limit above 0 and below 1, such as 1e-3 or 0.1 % at column 6'],
    ['far[replay < 1e-3', 'expected ] at column 12, found "<"'],
    ['far[] < 1e-3', 'expected the name of an attack class at column 5, found "]"'],
    ['far[replay]= 1', 'expected @phase or < at column 12, found "="'],
    ['far@durin < 1e-3', 'expected a phase (steady, before, during, after) at column 5'],
    ['far@transition < 1e-3', 'expected a phase (steady, before, during, after) at column 5'],
    ['far@during[replay] < 1', 'expected < at column 11, found "["'],
    [
      'far < 0',
      'expected a limit above 0 and below 1, such as 1e-3 or 0.1 % at column 7, found "0"',
    ],
    ['far < 1', 'at column 7, found "1"'],
    ['far < 100 %', 'at column 7, found "100"'],
    ['far < -1e-3', 'at column 7, found "-1e-3"'],
    ['far < 1e-3 and more', 'expected nothing after the limit at column 12, found "and"'],
  ])('%j says where, and what was expected', (text, message) => {
    expect(wrong(text).message).toContain(message)
    expect(wrong(text).hint).toContain("'far < 1e-3'")
  })
  test('says what was probably meant', () => {
    expect(wrong('farr < 1e-3').hint).toContain('Did you mean far?')
    expect(wrong('far@durin < 1e-3').hint).toContain('Did you mean during?')
    expect(wrong('acceptance < 1e-3').hint).not.toContain('Did you mean')
  })
  test('never fails otherwise, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          const { below } = parseGate(text)
          expect(below > 0 && below < 1).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(CupelError)
        }
      }),
    )
  })
})
