import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { summary } from '../../../reports/summary.ts'
import { aRate, aRecord, STOPPED } from './records.ts'
import { SORRY } from './sorry.ts'

/** Whatever moves, colours, turns or hides; lines may end. */
const ACTS = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u

describe('the summary', () => {
  test.each([
    ['conforms', aRecord(), 'The target conforms to everything that was asked.'],
    ['violates', SORRY, 'The target violates what it is held to.'],
    ['stopped', STOPPED, null],
  ])('of a run that %s is as in its file', async (name, record, meaning) => {
    await expect(`${summary(record, false, meaning)}\n`).toMatchFileSnapshot(
      `__outputs__/summary-${name}.txt`,
    )
  })
  test('says the same with colours as without', () => {
    const painted = summary(SORRY, true)
    const plain = stripVTControlCharacters(painted)
    expect(plain).not.toBe(painted)
    expect(plain.replace(/ +$/gm, '')).toBe(summary(SORRY, false))
  })
  test('lets nothing of a target reach the terminal but text', () => {
    expect(summary(SORRY, false)).not.toMatch(ACTS)
    expect(stripVTControlCharacters(summary(SORRY, true))).not.toMatch(ACTS)
  })
  test('is at most 110 columns wide', () => {
    for (const record of [aRecord(), SORRY, STOPPED]) {
      const lines = summary(record, false, 'A sentence.').split('\n')
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110)
    }
  })
  test('says of nothing in sixty how much it may be at most', () => {
    expect(summary(aRecord(), false)).toContain('0 of 60 (at most 4.87 % at 95 %)')
  })
  test('shows single nodes only where nothing stands for all of them', () => {
    const rates = [aRate({ node: 'node-1' }), aRate({ node: 'node-2' })]
    expect(summary(aRecord({ rates }), false)).toContain('node-2')
    expect(summary(aRecord({ rates: [...rates, aRate()] }), false)).not.toContain('node-2')
  })
  test('says which piece of the work it is, and of which a piece is missing', () => {
    const plan = { digest: 'd', repeat: 1, shard: { index: 2, of: 4 } }
    expect(summary(aRecord({ plan }), false)).toContain('2 of 4; `cupel merge` puts them together')
    const merged = { ...STOPPED, runIds: ['a', 'b'], interrupted: 'missing shard 2/4' }
    const text = summary(merged, false).replaceAll(/\s+/g, ' ')
    expect(text).toContain('missing shard 2/4 Not all of the work was merged. What was seen stands')
    expect(text).not.toContain('The history has no end')
  })
  test('tells what is inconclusive once for each reason', () => {
    const check = SORRY.checks[0] ?? raise()
    const because =
      'refused, but a right request beside it was not accepted either: 400 invalid_client, "no such key"'
    const checks = Array.from({ length: 40 }, (_, index) => ({
      ...check,
      id: `rfc7523/3/case-${index}`,
      verdict: 'inconclusive' as const,
      because: index === 39 ? 'it was not asked' : because,
    }))
    const text = summary(aRecord({ checks }), false)
    expect(text.split('no such key')).toHaveLength(2)
    expect(text).toContain('and 38 others for the same reason')
    expect(text).toContain('it was not asked')
    expect(text).not.toContain('all stand in record.json')
  })
  test('names how to see a finding again, and seed and exit code last', () => {
    const text = summary(SORRY, false, 'It violates.')
    expect(text).toContain('cupel replay replay-race/copies/0')
    expect(text.split('\n').at(-1)).toBe('seed 7 · exit 1: It violates.')
  })
})

function raise(): never {
  throw new Error('there is no check')
}
