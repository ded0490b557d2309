/** Goal: the page tells what happened to whoever opens it, and does nothing a target would like it to. Method: Chromium. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunRecord } from '../../harness/model/record.ts'
import { compared } from '../../harness/tally/compare.ts'
import { comparePage } from '../../reports/html/compare-page.ts'
import { page as rendered } from '../../reports/html/page.ts'
import { hostile, thousands } from '../unit/reports/hostile.ts'
import { aRecord, STOPPED } from '../unit/reports/records.ts'
import { SORRY } from '../unit/reports/sorry.ts'
import { barriers, open, openBrowser } from './browser.ts'
import { cupel } from './command.ts'

const folder = mkdtempSync(join(tmpdir(), 'cupel-page-'))
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
})

function written(name: string, record: RunRecord): string {
  const file = join(folder, `${name}.html`)
  writeFileSync(file, rendered(record))
  return file
}

const RECORDS: readonly (readonly [string, RunRecord])[] = [
  ['well', aRecord()],
  ['stopped', STOPPED],
  ['wrong', SORRY],
  ['hostile', hostile()],
  ['huge', hostile('x'.repeat(10_000_000))],
  ['thousands', thousands(4_000)],
]

describe('a page', () => {
  test.each(RECORDS)('of %s says nothing on the console and asks nobody', async (name, record) => {
    const file = written(name, record)
    expect(statSync(file).size).toBeLessThan(3 * 1024 * 1024)
    const { page, misdeeds } = await open(browser, file)
    expect(await page.locator('h1').textContent()).toContain(record.verdict)
    expect(await page.locator('script, img, iframe, object, embed, form, base').count()).toBe(1)
    expect(await page.locator('[style], [onload], [onerror], [onclick]').count()).toBe(0)
    await page.locator('main').click({ position: { x: 1, y: 1 } })
    expect(misdeeds).toEqual([])
  })

  test('runs no script but its own, whatever gets into it', async () => {
    const { page } = await open(browser, written('policy', SORRY))
    await page.evaluate(`{
      const script = document.createElement('script')
      script.textContent = 'document.title = "owned"'
      document.body.append(script)
    }`)
    expect(await page.title()).toContain('violates')
  })

  test.each([
    ['light', 'wrong', SORRY],
    ['dark', 'wrong', SORRY],
    ['light', 'hostile', hostile()],
  ] as const)('in %s has no barrier that axe knows (%s)', async (colorScheme, name, record) => {
    const { page } = await open(browser, written(`axe-${name}`, record), { colorScheme })
    await page.evaluate(`for (const each of document.querySelectorAll('details')) each.open = true`)
    expect(await barriers(page)).toEqual([])
  })

  test('tells verdict, what failed, how often and what to do before anyone scrolls', async () => {
    const { page } = await open(browser, written('fold', SORRY))
    const texts = ['violates', 'What failed', 'Accepted what it must refuse', 'What to do']
    for (const text of texts) {
      const box = await page
        .locator('header')
        .getByText(text, { exact: false })
        .first()
        .boundingBox()
      expect((box?.y ?? Infinity) + (box?.height ?? 0), text).toBeLessThan(800)
    }
    const facts = await page.locator('.facts').boundingBox()
    expect((facts?.y ?? Infinity) + (facts?.height ?? 0)).toBeLessThan(800)
  })

  test('fits a phone', async () => {
    const phone = { viewport: { width: 360, height: 740 }, isMobile: true }
    for (const [name, record] of [
      ['phone', SORRY],
      ['phone-hostile', hostile()],
    ] as const) {
      const { page } = await open(browser, written(name, record), phone)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    }
  })

  test('filters and searches its checks by keyboard alone', async () => {
    const { page } = await open(browser, written('keys', SORRY))
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the evidence')
    const shown = page.getByRole('status')
    expect(await shown.textContent()).toBe('6 of 6 checks shown')
    const fail = page.getByRole('button', { name: 'fail', exact: true })
    await fail.focus()
    await page.keyboard.press('Space')
    expect(await fail.getAttribute('aria-pressed')).toBe('true')
    expect(await shown.textContent()).toBe('1 of 6 checks shown')
    await page.keyboard.press('Space')
    await page.getByLabel('Search').fill('no-store')
    expect(await shown.textContent()).toBe('1 of 6 checks shown')
    const check = page.locator('details.check:visible')
    await check.locator('summary').focus()
    await page.keyboard.press('Enter')
    expect(await check.locator('li').textContent()).toContain('refused without Cache-Control')
  })

  test('prints without what only a screen can use', async () => {
    const { page } = await open(browser, written('print', SORRY))
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('nav').isVisible()).toBe(false)
    expect(await page.locator('#filters').isVisible()).toBe(false)
    expect(await page.getByRole('heading', { name: 'Findings' }).isVisible()).toBe(true)
  })
})

describe('a comparison', () => {
  const compare = (before: RunRecord, after: RunRecord, name: string): string => {
    const file = join(folder, `compare-${name}.html`)
    writeFileSync(file, comparePage(compared(before, after)))
    return file
  }
  const { target } = hostile()

  test.each<readonly [name: string, before: RunRecord, after: RunRecord, word: string]>([
    ['worse', aRecord({ target: SORRY.target }), SORRY, 'worse'],
    ['itself', SORRY, SORRY, 'no worse'],
    ['hostile', aRecord({ target }), hostile(), 'worse'],
    ['huge', aRecord({ target }), hostile('x'.repeat(1_000_000)), 'worse'],
    ['thousands', aRecord({ target: SORRY.target }), thousands(4_000), 'worse'],
  ])('with %s says nothing on the console and asks nobody', async (name, before, after, word) => {
    const file = compare(before, after, name)
    expect(statSync(file).size).toBeLessThan(3 * 1024 * 1024)
    const { page, misdeeds } = await open(browser, file)
    expect(await page.locator('h1 .word').textContent()).toContain(word)
    expect(await page.locator('script, img, iframe, object, embed, form, base').count()).toBe(1)
    expect(await page.locator('[style], [onload], [onerror], [onclick]').count()).toBe(0)
    expect(misdeeds).toEqual([])
  })

  test.each(['light', 'dark'] as const)(
    'in %s has no barrier that axe knows',
    async (colorScheme) => {
      for (const [name, before, after] of [
        ['axe', aRecord({ target: SORRY.target }), SORRY],
        ['axe-hostile', aRecord({ target }), hostile()],
      ] as const) {
        const { page } = await open(browser, compare(before, after, name), { colorScheme })
        await page.evaluate(
          `for (const each of document.querySelectorAll('details')) each.open = true`,
        )
        expect(await barriers(page), name).toEqual([])
      }
    },
  )

  test('is read by keyboard alone, and fits a phone', async () => {
    const phone = { viewport: { width: 360, height: 740 }, isMobile: true }
    const narrow = await open(browser, compare(aRecord({ target }), hostile(), 'phone'), phone)
    expect(await narrow.page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    const file = compare(aRecord({ target: SORRY.target }), SORRY, 'keys')
    const { page } = await open(browser, file, phone)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the evidence')
    await page.keyboard.press('Enter')
    // Whatever is wider than the screen scrolls, and is reached without a mouse.
    const tables = page.locator('main .scroll')
    expect(await tables.count()).toBeGreaterThan(0)
    for (const each of await tables.all()) expect(await each.getAttribute('tabindex')).toBe('0')
  })
})

test('`cupel run` writes the page, with its charts, and `cupel report` the same again', async () => {
  const out = join(folder, 'run')
  const asked = ['--scenario', 'clock-skew', '--scenario', 'replay-race', '--seed', '7', '--quiet']
  const ran = await cupel([
    'run',
    '--target',
    'simulated:replay-check-then-set',
    ...asked,
    '--out',
    out,
  ])
  expect(ran.code, ran.stderr).toBe(1)
  expect(ran.stdout).toMatch(/Report: .*report\.html/)
  const again = await cupel([
    'report',
    join(out, 'latest'),
    '--report',
    'html,junit',
    '--out',
    join(out, 'again'),
  ])
  expect(again.code, again.stderr).toBe(0)
  const { page, misdeeds } = await open(browser, join(out, 'again', 'report.html'))
  expect(await page.getByRole('img', { name: /clock-skew over time/ }).isVisible()).toBe(true)
  expect(
    await page
      .getByRole('img', { name: /The witness along its time/ })
      .first()
      .isVisible(),
  ).toBe(true)
  expect(await page.getByRole('img', { name: /Latency by percentile/ }).isVisible()).toBe(true)
  expect(await page.locator('rect.fault:visible').count()).toBeGreaterThan(0)
  expect(misdeeds).toEqual([])
})
