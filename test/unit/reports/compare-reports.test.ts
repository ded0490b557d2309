/** What `cupel compare` writes: the same facts in each form, and nothing of a target but text. */
import { expect, test } from 'vitest'
import { compared } from '../../../harness/tally/compare.ts'
import { COMPARISONS } from '../../../reports/comparisons.ts'
import { REPORTS } from '../../../reports/index.ts'
import { hostile } from './hostile.ts'
import { aRate, aRecord } from './records.ts'
import { SORRY } from './sorry.ts'

/** The same target when it was well. */
const WELL = aRecord({
  target: SORRY.target,
  rates: [aRate(), aRate({ attack: 'gone', trials: 200 }), aRate({ node: 'node-1' })],
})

async function written(name: string, ...[before, after]: Parameters<typeof compared>) {
  const writer = COMPARISONS.find((each) => each.name === name)
  return (await writer?.render(compared(before, after))) ?? ''
}

test('has the reports of a run, by their names', () => {
  const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name)
  const ours = ['json', 'html', 'text', 'junit', 'sarif', 'md', 'csv', 'badge', 'line']
  expect(names(COMPARISONS)).toEqual(ours)
  expect(names(REPORTS)).toEqual(expect.arrayContaining(ours))
  const files = [...COMPARISONS, ...REPORTS].map(({ file }) => file)
  // Beside the record they must not take the place of the run's own.
  expect(new Set(files).size).toBe(files.length)
})

test.each(COMPARISONS.filter(({ name }) => !['html', 'json', 'text'].includes(name)))(
  'as $name is as in its file',
  async ({ name, file }) => {
    await expect(await written(name, WELL, SORRY)).toMatchFileSnapshot(`__outputs__/${file}`)
  },
)

test('on a page tells what became worse before anything else, with both samples', async () => {
  const html = await written('html', WELL, SORRY)
  const order = ['✕ worse', 'Cells compared', 'Rates that rose', 'Every rate that both']
  const places = order.map((each) => html.indexOf(each))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(places[0]).toBeGreaterThan(0)
  expect(html).toContain('0 of 60 (0 %) to 20 of 20 (100 %)')
  expect(html).toContain('before from 0 % to 5.96 %, after from 83.2 % to 100 %')
  expect(html).toContain('1 rate, 1 check case, 1 scenario;')
})

test('of a run with itself accuses nobody', async () => {
  const html = await written('html', SORRY, SORRY)
  expect(html).toContain('✓ no worse')
  expect(html).toContain('Nothing that chance does not explain.')
  expect(html).not.toContain('id="worse"')
  expect(await written('md', SORRY, SORRY)).not.toContain('became worse')
})

test('of a hostile target has no markup but its own', async () => {
  const html = await written('html', aRecord({ target: hostile().target }), hostile())
  expect(html.match(/<script/g)).toHaveLength(1)
  expect(html).not.toMatch(/<(img|iframe|b>|svg onload)/)
  const markdown = await written('md', aRecord({ target: hostile().target }), hostile())
  expect(markdown).not.toMatch(/<(?!br>)|\]\(|^::/m)
})

test.each(COMPARISONS.filter(({ name }) => name !== 'json'))(
  'as $name of a hostile target has nothing that moves, hides, turns or is huge',
  async ({ name }) => {
    const before = aRecord({ target: hostile().target })
    for (const after of [hostile(), hostile('x'.repeat(1_000_000))]) {
      const text = await written(name, before, after)
      expect(text).not.toMatch(/[^\P{C}\r\n]|[\p{Zl}\p{Zp}]/u)
      expect(text.length).toBeLessThan(1_000_000)
    }
  },
)
