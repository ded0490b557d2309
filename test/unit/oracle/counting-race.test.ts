/** What races, and copies of one credential in phases of a fault, add to each rate. */
import { describe, expect, test } from 'vitest'
import type { Group } from '../../../harness/oracle/replay/use.ts'
import type { Exhibit } from '../../../harness/oracle/sighting.ts'
import { exhibit, VALID } from './exhibits.ts'
import { counted, refused } from './counted.ts'

describe('of a race', () => {
  const stream = { release: 'together', copies: 3 } as const
  const won = exhibit(1)
  const race = (uses: readonly Exhibit[], group: Partial<Group<Exhibit>> = {}) =>
    counted(uses, { stream, group })

  test('all further copies are one trial, as bad as the worst of them', () => {
    const lost = refused(1)
    const unknown = exhibit(1, { outcome: 'unanswered' })
    const second = exhibit(1)
    const double = { first: won, second, partner: won, needsUs: -1, straddles: [] }
    expect(race([won, lost, lost]).rates).toMatchObject({ far: '0/1/1' })
    expect(race([won, lost, unknown]).rates).toMatchObject({ far: '0/0/1' })
    const both = [won, lost, unknown, second]
    expect(race(both, { doubles: [double] }).rates).toMatchObject({ far: '1/1/1' })
    expect(race([won]).rates).not.toHaveProperty('far')
  })

  test('whose second acceptance a leeway decides on waits, and takes back what it counted for', () => {
    const second = exhibit(1)
    const double = { first: won, second, partner: won, needsUs: 5, straddles: [] }
    expect(race([won, second], { doubles: [double] }).late).toEqual(['far steady null'])
    const told = race([won, second, refused(1)], { doubles: [double] })
    expect(told.late).toEqual(['far steady other'])
    expect(told.rates).toMatchObject({ far: '1/1/1', 'far in code': '0/1/1' })
    const never = { ...double, needsUs: Infinity }
    expect(race([won, second], { doubles: [never] }).late).toEqual([])
  })

  test('that nothing excuses waits for no leeway, whatever further copies would need', () => {
    const [second, third] = [exhibit(1), exhibit(1)]
    const double = { first: won, second, partner: won, needsUs: -1, straddles: [] }
    const waits = { ...double, second: third, needsUs: 5 }
    const told = race([won, second, third], { doubles: [double, waits] })
    expect(told.late).toEqual([])
    expect(told.rates).toMatchObject({ far: '1/1/1' })
  })

  test('lies at the node that all its copies went to, or at none', () => {
    const at = (node: string) => {
      const second = exhibit(1, { node })
      const double = { first: won, second, partner: won, needsUs: 5, straddles: [] }
      return race([won, second], { doubles: [double] }).lateAt
    }
    expect(at('node-1')).toEqual(['node-1'])
    expect(at('node-2')).toEqual([null])
  })

  test('of which one copy is wrong by itself counts that apart', () => {
    const ended = exhibit(1, { world: { ...VALID, deserves: 'reject', rule: 'time' } })
    const double = { first: won, second: ended, partner: won, needsUs: -1, straddles: [] }
    expect(race([won, ended], { doubles: [double] }).rates).toMatchObject({ far: '1/1/1' })
  })

  test('lies in the phase that all its copies have in common, or between', () => {
    const during = { phase: 'during' } as const
    const second = exhibit(1, during)
    const double = { first: won, second, partner: won, needsUs: 5, straddles: [] }
    const phases = (one: Partial<Exhibit>) => {
      const first = exhibit(1, one)
      return race([first, second], { doubles: [{ ...double, first, partner: first }] }).late
    }
    expect(phases(during)).toEqual(['far during null'])
    expect(phases({})).toEqual(['far transition null'])
  })
})
