import { describe, expect, test } from 'vitest'
import { compared } from '../../../harness/tally/compare.ts'
import { compareText } from '../../../reports/compare-text.ts'
import { aRate, aRecord } from './records.ts'
import { SORRY } from './sorry.ts'

/** The same target when it was well. */
const WELL = aRecord({
  target: SORRY.target,
  rates: [aRate(), aRate({ attack: 'gone', trials: 200 }), aRate({ node: 'node-1' })],
})

describe('a comparison', () => {
  test('is as in its file', async () => {
    const text = compareText(compared(WELL, SORRY), false)
    await expect(`${text}\n`).toMatchFileSnapshot('__outputs__/compare.txt')
  })
  test('of a run with itself finds nothing', async () => {
    const text = compareText(compared(WELL, WELL), false)
    await expect(`${text}\n`).toMatchFileSnapshot('__outputs__/compare-same.txt')
  })
  test('lets nothing of a target reach the terminal but text', () => {
    const text = compareText(compared(WELL, SORRY), false)
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u)
  })
})
