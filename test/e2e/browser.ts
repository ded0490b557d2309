/** A real browser on a page that lies on disk, and everything that the page did which it should not. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AxeResults } from 'axe-core'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { onTestFinished } from 'vitest'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']

export function openBrowser(): Promise<Browser> {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(
    existsSync,
  )
  if (found === undefined) throw new Error(`none of ${NAMES.join(', ')} is on the PATH`)
  // A container's root has no sandbox; the pages are ours.
  return chromium.launch({
    executablePath: found,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
}

export interface Opened {
  readonly page: Page
  /** What it said on its console, threw, asked for beyond itself, or opened. */
  readonly misdeeds: readonly string[]
}

export async function open(
  browser: Browser,
  file: string,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const misdeeds: string[] = []
  const url = pathToFileURL(file).href
  page.on('console', (message) => misdeeds.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => misdeeds.push(`threw ${error.message}`))
  page.on('dialog', (dialog) => {
    misdeeds.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    const asked = request.url()
    if (asked !== url && !asked.startsWith('data:')) misdeeds.push(`asked for ${asked}`)
  })
  await page.goto(url)
  return { page, misdeeds }
}

/** What axe-core finds wrong with roles, names, keyboard and contrast, in words. */
export async function barriers(page: Page): Promise<readonly string[]> {
  const file = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
  await page.evaluate(await readFile(file, 'utf8'))
  const { violations } = await page.evaluate<AxeResults>('axe.run()')
  return violations.flatMap(({ id, help, nodes }) =>
    nodes
      .slice(0, 3)
      .map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary ?? ''}`),
  )
}
