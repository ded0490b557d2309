/**
 * Makes the pictures of docs/reports.md anew, from two runs and the hostile record of the tests:
 *
 * `node tools/pictures.ts out/of-a-server-that-violates out/of-the-embedded-target`
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Page } from 'playwright-core'
import { parseRecord } from '../harness/formats/record.ts'
import type { RunRecord } from '../harness/model/record.ts'
import { page } from '../reports/html/page.ts'
import { hostile } from '../test/unit/reports/hostile.ts'

const DOCS = join(import.meta.dirname, '..', 'docs')
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const SCREEN = { width: 1280, height: 800 }

const [violates, conforms] = process.argv.slice(2)
if (violates === undefined || conforms === undefined)
  throw new RangeError('needs the folders of two runs: one that violates, one that conforms')

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
const folder = mkdtempSync(join(tmpdir(), 'cupel-pictures-'))
try {
  await taken(recordIn(violates), firstScreen('report-violates'))
  await taken(recordIn(conforms), firstScreen('report-conforms'))
  await taken(hostile(), firstScreen('report-hostile'))
  await taken(recordIn(conforms), overTime)
  await taken(recordIn(conforms), clocks)
} finally {
  await browser.close()
  rmSync(folder, { recursive: true })
}

function recordIn(run: string): RunRecord {
  const file = join(run, 'record.json')
  return parseRecord(readFileSync(file, 'utf8'), file)
}

async function taken(record: RunRecord, take: (shown: Page) => Promise<void>): Promise<void> {
  const file = join(folder, 'report.html')
  writeFileSync(file, page(record))
  const shown = await browser.newPage({ viewport: SCREEN, colorScheme: 'light' })
  await shown.goto(pathToFileURL(file).href)
  await take(shown)
  await shown.close()
}

function firstScreen(name: string) {
  return async (shown: Page): Promise<void> => {
    await shown.screenshot({ path: join(DOCS, `${name}.png`) })
  }
}

/** Scrolled to, in the dark. */
async function overTime(shown: Page): Promise<void> {
  await shown.emulateMedia({ colorScheme: 'dark' })
  await shown.setViewportSize({ width: 1120, height: 760 })
  await shown.locator('#over-time').evaluate((element) => element.scrollIntoView())
  await shown.screenshot({ path: join(DOCS, 'report-over-time.png') })
}

/** On a screen so tall that nothing is scrolled to, and the links above stay above. */
async function clocks(shown: Page): Promise<void> {
  await shown.setViewportSize({ width: SCREEN.width, height: 12_000 })
  await shown.locator('#clocks').screenshot({ path: join(DOCS, 'report-clocks.png') })
}
