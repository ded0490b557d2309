/** Takes the recipes of CONTRIBUTING.md as they stand, applies them to a copy of the sources and runs their commands. */
import { spawn } from 'node:child_process'
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { scratch } from './command.ts'

const FOLDERS = [
  'api',
  'cli',
  'faults',
  'harness',
  'reports',
  'scenarios',
  'suites',
  'targets',
  'tools',
]
const FILES = ['package.json', 'tsconfig.json']

const text = await readFile('CONTRIBUTING.md', 'utf8')
const recipes = text
  .split(/^## /m)
  .slice(1)
  .map((section) => ({ title: section.slice(0, section.indexOf('\n')), section }))

test('there are four recipes', () => {
  expect(recipes.map(({ title }) => title)).toEqual(['A check', 'A fault', 'A target', 'A report'])
})

test.each(recipes)(
  '$title: what the recipe says happens',
  { timeout: 120_000 },
  async ({ section }) => {
    const folder = await copyOfSources()
    for (const { language, path, body } of blocksOf(section)) {
      if (language === 'diff') await patch(join(folder, path), body)
      else if (path !== '') await write(join(folder, path), body)
    }
    const command =
      blocksOf(section)
        .find(({ language }) => language === 'sh')
        ?.body.trim() ?? ''
    const promised = section.slice(section.lastIndexOf('```'))
    const { code, output } = await shell(command, folder)
    const exit = /`exit (\d+)`/.exec(promised)?.[1]
    expect(code, output).toBe(Number(exit))
    expect(output).toContain(`exit ${exit}`)
    for (const [, word] of promised.matchAll(/`([a-z]+[./][a-z-]+)`/g)) {
      if (word !== undefined && !word.endsWith('.md')) {
        expect(output + (await writtenBy(folder)), word).toContain(word)
      }
    }
  },
)

interface Block {
  readonly language: string
  readonly path: string
  readonly body: string
}

function blocksOf(section: string): readonly Block[] {
  return [...section.matchAll(/^```(\w+) ?(\S*)\n([\s\S]*?)^```/gm)].map(
    ([, language = '', path = '', body = '']) => ({ language, path, body }),
  )
}

async function copyOfSources(): Promise<string> {
  const folder = await scratch()
  for (const name of FOLDERS) await cp(name, join(folder, name), { recursive: true })
  for (const name of FILES) await cp(name, join(folder, name))
  await symlink(resolve('node_modules'), join(folder, 'node_modules'))
  return folder
}

async function write(file: string, body: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, body)
}

/** Lines with a space or a minus must stand in the file as they are; those with a minus go, those with a plus come. */
async function patch(file: string, diff: string): Promise<void> {
  const lines = diff.split('\n').filter((line) => line !== '')
  const side = (other: string): string =>
    lines
      .filter((line) => !line.startsWith(other))
      .map((line) => line.slice(1))
      .join('\n')
  const before = await readFile(file, 'utf8')
  expect(before, file).toContain(side('+'))
  await writeFile(file, before.replace(side('+'), side('-')))
}

function shell(
  command: string,
  cwd: string,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn('bash', ['-c', command], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((met) => {
    child.on('close', (code) => met({ code, output }))
  })
}

async function writtenBy(folder: string): Promise<string> {
  const { readdir } = await import('node:fs/promises')
  return (await readdir(join(folder, 'out', 'latest')).catch(() => [])).join('\n')
}
