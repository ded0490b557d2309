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
    await expect(`${summary(record, { meaning })}\n`).toMatchFileSnapshot(
      `__outputs__/summary-${name}.txt`,
    )
  })
  test('says the same with colours as without', () => {
    const painted = summary(SORRY, { paint: true })
    const plain = stripVTControlCharacters(painted)
    expect(plain).not.toBe(painted)
    expect(plain.replace(/ +$/gm, '')).toBe(summary(SORRY))
  })
  test('lets nothing of a target reach the terminal but text', () => {
    expect(summary(SORRY)).not.toMatch(ACTS)
    expect(stripVTControlCharacters(summary(SORRY, { paint: true }))).not.toMatch(ACTS)
  })
  test('is at most 110 columns wide', () => {
    for (const record of [aRecord(), SORRY, STOPPED]) {
      const lines = summary(record, { meaning: 'A sentence.' }).split('\n')
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110)
    }
  })
  test('says what a harness that is late can do about it: nothing where others have its core', () => {
    const said = (starvedShare: number, busyShare: number): string => {
      const { generator } = aRecord()
      const record = { ...aRecord(), generator: { ...generator, starvedShare, busyShare } }
      return summary(record).replaceAll(/\s+/g, ' ')
    }
    expect(said(0, 0.79)).not.toContain('--senders')
    expect(said(0, 0.97)).toContain(
      'had work for 97.0 % of a round, at its worst: with --senders 1',
    )
    expect(said(0.3, 0.97)).toContain('no core to do it on')
    expect(said(0.3, 0.97)).not.toContain('--senders')
  })
  test('says of nothing in sixty how much it may be at most', () => {
    expect(summary(aRecord())).toContain('0 of 60 (at most 4.87 % at 95 %)')
  })
  test('shows single nodes only where nothing stands for all of them', () => {
    const rates = [aRate({ node: 'node-1' }), aRate({ node: 'node-2' })]
    expect(summary(aRecord({ rates }))).toContain('node-2')
    expect(summary(aRecord({ rates: [...rates, aRate()] }))).not.toContain('node-2')
  })
  test('says which piece of the work it is, and of which a piece is missing', () => {
    const plan = { digest: 'd', repeat: 1, shard: { index: 2, of: 4 } }
    expect(summary(aRecord({ plan }))).toContain('2 of 4; `cupel merge` puts them together')
    const merged = { ...STOPPED, runIds: ['a', 'b'], interrupted: 'missing shard 2/4' }
    const text = summary(merged).replaceAll(/\s+/g, ' ')
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
    const text = summary(aRecord({ checks }))
    expect(text.split('no such key')).toHaveLength(2)
    expect(text).toContain('and 38 others for the same reason')
    expect(text).toContain('it was not asked')
    expect(text).not.toContain('all stand in record.json')
  })
  test('says in few lines why checks were not asked, what would help most first', () => {
    const check = SORRY.checks[0] ?? raise()
    const reasons = [
      ...['ES512', 'HS256', 'HS256'].map((key) => `needs a registered ${key} key`),
      ...['one', 'two', 'three', 'four', 'five', 'six'].map(
        (what) => `needs a target that takes ${what} (declares.supports in the target file)`,
      ),
      'needs a revocation endpoint (endpoints.revocation in the target file)',
      ...['a', 'b', 'c', 'd'].map((what) => `the target has no ${what}`),
    ]
    const checks = reasons.map((because) => ({
      ...check,
      verdict: 'unsupported' as const,
      because,
    }))
    const text = summary(aRecord({ checks }))
    const lines = text.replaceAll(/\n {4}/g, ' ').split('\n')
    const from = lines.findIndex((line) => line.includes('unsupported:'))
    expect(lines.slice(from, from + 6)).toEqual([
      '  6 cases unsupported: needs more in declares of the target file: a target that takes one (1), a target that takes two (1), a target that takes three (1), a target that takes four (1), a target that takes five (1), and 1 other',
      '  3 cases unsupported: needs a registered key: HS256 (2), ES512 (1)',
      '  1 case unsupported: needs more in endpoints of the target file: a revocation endpoint (1)',
      '  1 case unsupported: the target has no a',
      '  1 case unsupported: the target has no b',
      '  and 2 others; record.json says what each of them needs',
    ])
  })
  test('names how to see a finding again, and seed and exit code last', () => {
    const text = summary(SORRY, { meaning: 'It violates.' })
    expect(text).toContain('cupel replay replay-race/copies/0')
    expect(text.split('\n').at(-1)).toBe('seed 7 · exit 1: It violates.')
  })
})

function raise(): never {
  throw new Error('there is no check')
}
